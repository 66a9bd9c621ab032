using System.Text.Json;
using System.Text.Json.Nodes;
using Gsr.Internals;

namespace Gsr.Kernel.Documents;

/// <summary>
/// A Jupyter notebook of format 4. It is held as the JSON that was read, so that unknown keys survive in their order;
/// only sources, outputs and execution counts are ever changed.
/// </summary>
internal sealed class Notebook(JsonObject json, IReadOnlyList<NotebookCell> cells)
{
    /// <summary>The name of the kernel that C# notebooks ask for, since .NET Interactive.</summary>
    public const string KernelName = ".net-csharp";

    public IReadOnlyList<NotebookCell> Cells => cells;

    public JsonObject Metadata => json["metadata"] as JsonObject ?? [];

    /// <summary>Reads a notebook file; one that ends in <c>.dib</c> as .NET Interactive's text format.</summary>
    public static Notebook Load(string path) => NotebookReader.Load(path);

    /// <summary>Reads a notebook from JSON; messages name it <paramref name="name"/>.</summary>
    public static Notebook Parse(string text, string name) => NotebookReader.Parse(text, name);

    /// <summary>The notebook's text as Jupyter would write it.</summary>
    public override string ToString() => JupyterJson.Write(json);

    /// <summary>Writes the notebook as JSON; at every moment the file is the old one or the new one, whole.</summary>
    /// <exception cref="IOException">It cannot be written; the message names it.</exception>
    public void Save(string path) => AtomicFile.Write(path, file =>
    {
        using var text = new StreamWriter(file); // UTF-8 without a mark
        JupyterJson.Write(text, json);
    });

    /// <summary>Whether a file's name is that of a notebook.</summary>
    public static bool IsNamed(string path) =>
        Path.GetExtension(path).ToLowerInvariant() is ".ipynb" or ".dib";
}

/// <summary>What a cell holds: source that is executed, prose, or text that is neither.</summary>
internal enum CellKind { Code, Markdown, Raw }

/// <summary>One cell: a view of its JSON, so that whatever this engine does not know stays as it was read.</summary>
internal sealed class NotebookCell
{
    public const string CSharp = "csharp";

    private readonly JsonObject _json;
    private readonly string _defaultKernel;

    /// <param name="json">The cell as it was read.</param>
    /// <param name="kind">What it holds.</param>
    /// <param name="defaultKernel">The kernel of a code cell that names none.</param>
    public NotebookCell(JsonObject json, CellKind kind, string defaultKernel = CSharp)
    {
        (_json, _defaultKernel) = (json, defaultKernel);
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

    public CellKind Kind { get; }

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

    public JsonArray Outputs => _json["outputs"] as JsonArray ?? [];

    public JsonObject Metadata => _json["metadata"] as JsonObject ?? [];

    /// <summary>Images that Markdown refers to as <c>attachment:name</c>; empty when there are none.</summary>
    public JsonObject Attachments => _json["attachments"] as JsonObject ?? [];

    public IEnumerable<string> Tags => Metadata["tags"] is JsonArray tags
        ? tags.Where(tag => tag?.GetValueKind() == JsonValueKind.String).Select(tag => tag!.GetValue<string>())
        : [];

    /// <summary>
    /// The language of a code cell, as VS Code's picker or else .NET Interactive noted it; the notebook's by default.
    /// </summary>
    public string KernelName
    {
        get => (Metadata["vscode"] as JsonObject).Text("languageId") is { Length: > 0 } picked
                && !picked.Contains("dotnet-interactive", StringComparison.Ordinal) && picked != "polyglot-notebook"
                    ? picked
            : (Metadata["polyglot_notebook"] as JsonObject).Text("kernelName") is { Length: > 0 } name ? name
            : (Metadata["dotnet_interactive"] as JsonObject).Text("language") is { Length: > 0 } language ? language
            : _defaultKernel;
        set
        {
            if (value == KernelName)
                return;
            var metadata = _json.Child("metadata");
            metadata.Remove("vscode");
            metadata.Child("polyglot_notebook")["kernelName"] = value;
            if (metadata["dotnet_interactive"] is JsonObject older)
                older["language"] = value;
        }
    }

    /// <summary>True when the cell is to be passed over as it is; Jupyter knows the tag.</summary>
    public bool IsSkipped => Tags.Contains("skip-execution");

    /// <summary>True when an error of the cell is what its author wants to show; Jupyter knows the tag.</summary>
    public bool MayFail => Tags.Contains("raises-exception");

    public void Reset()
    {
        if (Kind != CellKind.Code)
            return;
        Outputs.Clear();
        ExecutionCount = null;
    }

    /// <summary>Shows what another execution of the same code showed.</summary>
    public void TakeOutputs(NotebookCell other)
    {
        Reset();
        ExecutionCount = other.ExecutionCount;
        foreach (var output in other.Outputs)
            Outputs.Add(output?.DeepClone());
    }

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
