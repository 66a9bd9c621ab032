using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gsr.Kernel.Documents;

/// <summary>
/// Reads .dib, the text notebooks of .NET Interactive: an optional block <c>#!meta</c> of JSON, then the cells, each begun by
/// a line such as <c>#!csharp</c>. One empty line after that line and one before the next are no part of the cell.
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
            throw new NotebookFormatException(name, "is empty", "restore it from version control or a backup");
        if (text.IndexOf('\0') is >= 0 and var nul)
            throw new NotebookFormatException(name, $"is no text: line {Line(text, nul)} holds a NUL character", "save it as UTF-8");

        var (meta, cellText) = ReadMeta(text, name);
        var kernelInfo = meta["kernelInfo"];
        DibKernels kernels;
        try
        {
            kernels = new DibKernels(kernelInfo);
        }
        catch (FormatException e)
        {
            throw new NotebookFormatException(name, $"{e.Message} in the {Meta} block", "mend the block or remove it", e);
        }
        var cells = ReadCells(cellText, kernels).ToList();
        var metadata = Metadata(meta, DibKernels.Describe(
            kernelInfo, cells.Where(cell => cell.Kind == CellKind.Code).Select(cell => cell.Kernel)));
        return NotebookFrom(cells, metadata);
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
                throw new NotebookFormatException(name, $"line {firstLine}: the {Meta} block holds no JSON object", "mend the block or remove it");
            var rest = json[length..].TrimStart(' ', '\t');
            if (rest.Length > 0 && rest[0] != '\n')
                throw new NotebookFormatException(name, $"line {firstLine + json.AsSpan(0, length).Count('\n')}: text follows the JSON of the {Meta} block", "put it on a line of its own");
            return (meta, rest.Length == 0 ? "" : rest[1..]);
        }
        catch (JsonException e)
        {
            throw new NotebookFormatException(name, $"line {firstLine + (e.LineNumber ?? 0)}: the JSON of the {Meta} block is not whole", "mend the block or remove it", e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw new NotebookFormatException(name, $"line {firstLine}: the {Meta} block holds the same key twice, or half a surrogate pair", "mend the block or remove it", e);
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
            ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = Notebook.KernelName },
            ["language_info"] = new JsonObject { ["file_extension"] = ".cs", ["mimetype"] = "text/x-csharp", ["name"] = "C#", ["pygments_lexer"] = "csharp" },
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

    private static Notebook NotebookFrom(List<DibCell> cells, JsonObject metadata)
    {
        var json = new JsonArray();
        var views = new List<NotebookCell>();
        foreach (var cell in cells)
        {
            var type = cell.Kind.ToString().ToLowerInvariant();
            // nbformat 4.5 wants an id; one from the place keeps a conversion the same each time.
            var node = new JsonObject { ["cell_type"] = type, ["id"] = $"cell-{json.Count + 1}", ["metadata"] = new JsonObject(), ["source"] = cell.Source };
            json.Add((JsonNode)node);
            var view = new NotebookCell(node, cell.Kind);
            if (cell.Kind == CellKind.Code)
                view.KernelName = cell.Kernel;
            views.Add(view);
        }
        return new Notebook(new JsonObject { ["cells"] = json, ["metadata"] = metadata, ["nbformat"] = 4, ["nbformat_minor"] = 5 }, views);
    }

    private static int Line(string text, int position) => 1 + text.AsSpan(0, position).Count('\n');

    private readonly record struct DibCell(string Kernel, string Source)
    {
        public CellKind Kind => Kernel switch { DibKernels.Markdown => CellKind.Markdown, DibKernels.Raw => CellKind.Raw, _ => CellKind.Code };
    }
}
