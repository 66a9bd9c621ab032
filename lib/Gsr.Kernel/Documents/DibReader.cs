using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using static Gsr.Kernel.Documents.NotebookFormatException;

namespace Gsr.Kernel.Documents;

/// <summary>
/// Reads .dib, the text notebooks of .NET Interactive: an optional block <c>#!meta</c> of JSON, then the cells, each
/// begun by a line such as <c>#!csharp</c>. One empty line after that line and one before the next are no part of the
/// cell.
/// </summary>
internal static class DibReader
{
    private const string Meta = "#!meta";

    /// <summary>True when a file's name says that it is a .dib.</summary>
    public static bool Reads(string path) => Path.GetExtension(path).Equals(".dib", StringComparison.OrdinalIgnoreCase);

    public static Notebook Parse(string text, string name)
    {
        text = text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal);
        if (string.IsNullOrWhiteSpace(text))
            throw Wrong(name, "is empty", "restore it from version control or a backup");
        if (text.IndexOf('\0') is >= 0 and var nul)
            throw Wrong(name, $"is no text: line {Line(text, nul)} holds a NUL character", "save it as UTF-8");

        var (meta, cellText) = ReadMeta(text, name);
        var kernelInfo = meta["kernelInfo"];
        DibKernels kernels;
        try
        {
            kernels = new DibKernels(kernelInfo);
        }
        catch (FormatException e)
        {
            throw Wrong(name, $"{e.Message} in the {Meta} block", "mend the block or remove it", e);
        }
        var cells = ReadCells(cellText, kernels).ToList();
        var metadata = Metadata(meta, DibKernels.Describe(
            kernelInfo, cells.Where(cell => cell.Kind == CellKind.Code).Select(cell => cell.Kernel)));
        return NotebookFrom(cells, metadata, kernels.Default);
    }

    // The JSON ends where its value ends: what follows it may be a cell that no line begins.
    private static (JsonObject Meta, string CellText) ReadMeta(string text, string name)
    {
        var start = text.Length - text.TrimStart().Length;
        var end = text.IndexOf('\n', start);
        if (text[start..(end < 0 ? text.Length : end)].TrimEnd() != Meta)
            return ([], text);
        var json = end < 0 ? "" : text[end..];
        var firstLine = Line(text, start);
        try
        {
            var bytes = Encoding.UTF8.GetBytes(json);
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = NotebookReader.Strict.MaxDepth });
            reader.Read();
            reader.Skip();
            var length = Encoding.UTF8.GetCharCount(bytes.AsSpan(0, (int)reader.BytesConsumed));
            if (JsonNode.Parse(json[..length], documentOptions: NotebookReader.Strict) is not JsonObject meta)
            {
                throw Wrong(
                    name, $"line {firstLine}: the {Meta} block holds no JSON object", "mend the block or remove it");
            }
            var rest = json[length..].TrimStart(' ', '\t');
            if (rest.Length > 0 && rest[0] != '\n')
            {
                throw Wrong(
                    name, $"line {firstLine - 1 + Line(json, length)}: text follows the JSON of the {Meta} block",
                    "put it on a line of its own");
            }
            return (meta, rest.Length == 0 ? "" : rest[1..]);
        }
        catch (JsonException e)
        {
            throw Wrong(
                name, $"line {firstLine + (e.LineNumber ?? 0)}: the JSON of the {Meta} block is not whole",
                "mend the block or remove it", e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw Wrong(
                name, $"line {firstLine}: the {Meta} block holds the same key twice, or half a surrogate pair",
                "mend the block or remove it", e);
        }
    }

    private static IEnumerable<DibCell> ReadCells(string text, DibKernels kernels)
    {
        var lines = text.Split('\n');
        string? kernel = null;
        var start = 0;
        for (var i = 0; i <= lines.Length; i++)
        {
            var next = i < lines.Length ? kernels.BegunBy(lines[i]) : null;
            if (next is null && i < lines.Length)
                continue;
            var source = Source(lines.AsSpan(start, i - start));
            // A cell that somebody began is a cell even when there is nothing in it.
            if (kernel is not null || !string.IsNullOrWhiteSpace(source))
                yield return new DibCell(kernel ?? kernels.Default, source);
            (kernel, start) = (next, i + 1);
        }
    }

    private static string Source(ReadOnlySpan<string> lines)
    {
        if (lines is ["", ..])
            lines = lines[1..];
        if (lines is [.., ""])
            lines = lines[..^1];
        return string.Join('\n', lines!);
    }

    private static JsonObject Metadata(JsonObject meta, JsonObject? kernelInfo)
    {
        var metadata = new JsonObject
        {
            ["kernelspec"] = new JsonObject
            {
                ["display_name"] = ".NET (C#)",
                ["language"] = "C#",
                ["name"] = Notebook.KernelName,
            },
            ["language_info"] = new JsonObject
            {
                ["file_extension"] = ".cs",
                ["mimetype"] = "text/x-csharp",
                ["name"] = "csharp",
                ["pygments_lexer"] = "csharp",
            },
        };
        foreach (var (key, value) in meta)
        {
            if (key is not ("kernelInfo" or "kernelspec" or "language_info"))
                metadata.SetSorted(key, value?.DeepClone());
        }
        if (kernelInfo is not null)
            metadata.Child("polyglot_notebook").SetSorted("kernelInfo", kernelInfo);
        return metadata;
    }

    private static Notebook NotebookFrom(List<DibCell> cells, JsonObject metadata, string defaultKernel)
    {
        var json = new JsonArray();
        var views = new List<NotebookCell>();
        foreach (var cell in cells)
        {
            var type = cell.Kind.ToString().ToLowerInvariant();
            // nbformat 4.5 wants an id; one from the place keeps a conversion the same each time.
            var node = new JsonObject
            {
                ["cell_type"] = type,
                ["id"] = $"cell-{json.Count + 1}",
                ["metadata"] = new JsonObject(),
                ["source"] = cell.Source,
            };
            json.Add((JsonNode)node);
            var view = new NotebookCell(node, cell.Kind, defaultKernel);
            if (cell.Kind == CellKind.Code)
                view.KernelName = cell.Kernel;
            views.Add(view);
        }
        return new Notebook(new JsonObject(
            [new("cells", json), new("metadata", metadata), new("nbformat", 4), new("nbformat_minor", 5)]), views);
    }

    private static int Line(string text, int position) => 1 + text.AsSpan(0, position).Count('\n');

    private readonly record struct DibCell(string Kernel, string Source)
    {
        public CellKind Kind => Kernel == DibKernels.Markdown ? CellKind.Markdown
            : Kernel == DibKernels.Raw ? CellKind.Raw : CellKind.Code;
    }
}

/// <summary>The names that begin a cell of a .dib file: .NET Interactive's kernels and the notebook's own.</summary>
internal sealed class DibKernels
{
    public const string Markdown = "markdown", Raw = "raw";

    private static readonly string[][] NamesAndAliases =
    [
        [NotebookCell.CSharp, "c#", "cs"], ["fsharp", "f#", "fs"], ["html"], ["http"], ["javascript", "js"], ["kql"],
        [Markdown, "md"], ["mermaid"], ["pwsh", "powershell"], [Raw], ["sql"], ["value"],
    ];

    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="info">What .NET Interactive calls kernelInfo; null when the notebook has none.</param>
    /// <exception cref="FormatException">It does not list kernels; the message says where.</exception>
    public DibKernels(JsonNode? info)
    {
        foreach (var known in NamesAndAliases)
            Add(known[0], known);
        if (info is null)
            return;
        if (info is not JsonObject listed)
            throw new FormatException("kernelInfo is no object");
        if (listed["items"] is not (null or JsonArray))
            throw new FormatException("kernelInfo.items is no list");
        var items = listed["items"] as JsonArray ?? [];
        for (var i = 0; i < items.Count; i++)
        {
            if ((items[i] as JsonObject).Text("name") is not { } name)
                throw new FormatException($"kernelInfo.items[{i}] has no name");
            Add(name, [name, .. Texts(items[i]!["aliases"])]);
        }
        if (listed.Text("defaultKernelName") is { Length: > 0 } main)
            Default = _names.GetValueOrDefault(main, main);
    }

    /// <summary>The kernel of a cell that no line begins.</summary>
    public string Default { get; } = NotebookCell.CSharp;

    /// <summary>The kernel of the cell that a line begins; null when the line is a part of a cell.</summary>
    public string? BegunBy(string line) =>
        line.StartsWith("#!", StringComparison.Ordinal) ? _names.GetValueOrDefault(line[2..].TrimEnd()) : null;

    /// <summary>The kernelInfo for a notebook with these code cells; null where all is C#.</summary>
    public static JsonObject? Describe(JsonNode? info, IEnumerable<string> used)
    {
        var kernels = new DibKernels(info);
        var described = info?.DeepClone().AsObject();
        foreach (var name in used.Distinct())
        {
            if (described is null && name == NotebookCell.CSharp)
                continue;
            described ??= new JsonObject
            {
                ["defaultKernelName"] = NotebookCell.CSharp,
                ["items"] = new JsonArray(Item(NotebookCell.CSharp)),
            };
            var items = described["items"] as JsonArray;
            if (items is null)
                described["items"] = items = [];
            // Listed, or meant by the line all the same: nothing is to be said twice.
            if (items.Any(item => (item as JsonObject).Text("name") == name) && kernels.BegunBy("#!" + name) == name)
                continue;
            items.Add((JsonNode)Item(name));
        }
        return described;
    }

    private static JsonObject Item(string name) => new()
    {
        ["name"] = name,
        ["aliases"] = new JsonArray(
            [.. NamesAndAliases.FirstOrDefault(known => known[0] == name, []).Skip(1).Select(a => (JsonNode)a)]),
    };

    private static IEnumerable<string> Texts(JsonNode? node) =>
        (node as JsonArray ?? []).OfType<JsonValue>()
            .Select(value => value.TryGetValue(out string? text) ? text : "").Where(text => text.Length > 0);

    private void Add(string name, IEnumerable<string> spellings)
    {
        foreach (var spelling in spellings)
            _names[spelling.Trim()] = name;
    }
}
