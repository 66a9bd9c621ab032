using System.Text.Json.Nodes;

namespace Gsr.Kernel.Documents;

/// <summary>The names that begin a cell of a .dib file: .NET Interactive's own kernels, and those that a notebook lists.</summary>
internal sealed class DibKernels
{
    public const string Markdown = "markdown", Raw = "raw";

    private static readonly string[][] NamesAndAliases =
    [
        [NotebookCell.CSharp, "c#", "cs"], ["fsharp", "f#", "fs"], ["html"], ["http"], ["javascript", "js"], ["kql"], [Markdown, "md"],
        ["mermaid"], ["pwsh", "powershell"], [Raw], ["sql"], ["value"],
    ];

    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes the kernels of a notebook.</summary>
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

    /// <summary>
    /// The kernelInfo that a notebook with these code cells should have: the one it has, completed, or null where all is C#
    /// and nothing need be said.
    /// </summary>
    public static JsonObject? Describe(JsonNode? info, IEnumerable<string> used)
    {
        var kernels = new DibKernels(info);
        var described = info?.DeepClone().AsObject();
        foreach (var name in used.Distinct())
        {
            if (described is null && name == NotebookCell.CSharp)
                continue;
            described ??= new JsonObject { ["defaultKernelName"] = NotebookCell.CSharp, ["items"] = new JsonArray(Item(NotebookCell.CSharp)) };
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
        ["aliases"] = new JsonArray([.. NamesAndAliases.FirstOrDefault(known => known[0] == name, [name]).Skip(1).Select(alias => (JsonNode)alias)]),
    };

    private static IEnumerable<string> Texts(JsonNode? node) =>
        (node as JsonArray ?? []).OfType<JsonValue>().Select(value => value.TryGetValue(out string? text) ? text : "").Where(text => text.Length > 0);

    private void Add(string name, IEnumerable<string> spellings)
    {
        foreach (var spelling in spellings)
            _names[spelling.Trim()] = name;
    }
}
