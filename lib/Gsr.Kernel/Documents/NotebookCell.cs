using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gsr.Kernel.Documents;

/// <summary>What a cell holds.</summary>
public enum CellKind
{
    /// <summary>Source that is executed.</summary>
    Code,

    /// <summary>Prose.</summary>
    Markdown,

    /// <summary>Text that is neither.</summary>
    Raw,
}

/// <summary>One cell: a view of its JSON, so that whatever this engine does not know stays as it was read.</summary>
public sealed class NotebookCell
{
    private readonly JsonObject _json;

    internal NotebookCell(JsonObject json, CellKind kind)
    {
        _json = json;
        Kind = kind;
        if (json["source"] is not JsonArray)
            json["source"] = MultilineText.Split(MultilineText.Join(json["source"]) ?? "");
        if (kind != CellKind.Code)
            return;
        if (json["outputs"] is not JsonArray)
            SetSorted("outputs", new JsonArray());
        if (!json.ContainsKey("execution_count"))
            SetSorted("execution_count", null);
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

    /// <summary>Forgets the last execution.</summary>
    public void Reset()
    {
        if (Kind != CellKind.Code)
            return;
        Outputs.Clear();
        ExecutionCount = null;
    }

    // Jupyter sorts keys; a key that was missing goes where Jupyter would have put it.
    private void SetSorted(string key, JsonNode? value)
    {
        _json.Remove(key);
        var index = 0;
        while (index < _json.Count && string.CompareOrdinal(_json.GetAt(index).Key, key) < 0)
            index++;
        _json.Insert(index, key, value);
    }
}
