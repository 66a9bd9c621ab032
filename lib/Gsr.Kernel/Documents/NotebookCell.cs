using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gsr.Kernel.Documents;

/// <summary>What a cell holds.</summary>
internal enum CellKind
{
    /// <summary>Source that is executed.</summary>
    Code,

    /// <summary>Prose.</summary>
    Markdown,

    /// <summary>Text that is neither.</summary>
    Raw,
}

/// <summary>One cell: a view of its JSON, so that whatever this engine does not know stays as it was read.</summary>
internal sealed class NotebookCell
{
    public const string CSharp = "csharp";

    private readonly JsonObject _json;

    public NotebookCell(JsonObject json, CellKind kind)
    {
        _json = json;
        Kind = kind;
        if (json["source"] is not JsonArray)
            json["source"] = MultilineText.Split(MultilineText.Join(json["source"]) ?? "");
        if (kind != CellKind.Code)
            return;
        if (json["outputs"] is not JsonArray)
            json.SetSorted("outputs", new JsonArray());
        if (!json.ContainsKey("execution_count"))
            json.SetSorted("execution_count", null);
    }

    /// <summary>Code, Markdown or raw.</summary>
    public CellKind Kind { get; }

    /// <summary>The cell's text.</summary>
    public string Source
    {
        get => MultilineText.Join(_json["source"]) ?? "";
        set
        {
            // Untouched text keeps its own division into lines, which Jupyter makes at more places than '\n'.
            if (value != Source)
                _json["source"] = MultilineText.Split(value);
        }
    }

    /// <summary>The count shown beside an executed code cell; null when it was not executed.</summary>
    public int? ExecutionCount
    {
        get => _json["execution_count"] is JsonValue value && value.TryGetValue(out int count) ? count : null;
        set => _json["execution_count"] = value;
    }

    /// <summary>The outputs as nbformat has them; empty for other than code cells.</summary>
    public JsonArray Outputs => _json["outputs"] as JsonArray ?? [];

    /// <summary>The cell's metadata; empty when there is none.</summary>
    public JsonObject Metadata => _json["metadata"] as JsonObject ?? [];

    /// <summary>Images that Markdown refers to as <c>attachment:name</c>; empty when there are none.</summary>
    public JsonObject Attachments => _json["attachments"] as JsonObject ?? [];

    /// <summary>The tags that people and tools put on the cell.</summary>
    public IEnumerable<string> Tags => Metadata["tags"] is JsonArray tags
        ? tags.Where(tag => tag?.GetValueKind() == JsonValueKind.String).Select(tag => tag!.GetValue<string>())
        : [];

    /// <summary>
    /// The kernel that executes a code cell, by .NET Interactive's name for it: <c>csharp</c> unless the metadata say otherwise.
    /// </summary>
    public string KernelName
    {
        get => (Metadata["polyglot_notebook"] as JsonObject).Text("kernelName") is { Length: > 0 } name ? name
            : (Metadata["dotnet_interactive"] as JsonObject).Text("language") is { Length: > 0 } language ? language
            : CSharp;
        set
        {
            if (value == KernelName)
                return;
            var metadata = _json.Child("metadata");
            metadata.Child("polyglot_notebook")["kernelName"] = value;
            if (metadata["dotnet_interactive"] is JsonObject older)
                older["language"] = value;
        }
    }

    /// <summary>Forgets the last execution.</summary>
    public void Reset()
    {
        if (Kind != CellKind.Code)
            return;
        Outputs.Clear();
        ExecutionCount = null;
    }

    /// <summary>Puts a tag on the cell, unless it has it.</summary>
    public void AddTag(string tag)
    {
        if (Tags.Contains(tag))
            return;
        var metadata = _json.Child("metadata");
        if (metadata["tags"] is not JsonArray tags)
            metadata.SetSorted("tags", tags = []);
        tags.Add((JsonNode)tag);
    }
}
