using System.Text.Json.Nodes;

namespace Gsr.Kernel.Documents;

/// <summary>
/// A Jupyter notebook of format 4. It is held as the JSON that was read, so that unknown keys survive in their order;
/// only sources, outputs and execution counts are ever changed.
/// </summary>
internal sealed class Notebook
{
    /// <summary>The name of the kernel that C# notebooks ask for, since .NET Interactive.</summary>
    public const string KernelName = ".net-csharp";

    private readonly JsonObject _json;

    public Notebook(JsonObject json, IReadOnlyList<NotebookCell> cells)
    {
        _json = json;
        Cells = cells;
    }

    /// <summary>The cells from top to bottom.</summary>
    public IReadOnlyList<NotebookCell> Cells { get; }

    /// <summary>The notebook's metadata; empty when there is none.</summary>
    public JsonObject Metadata => _json["metadata"] as JsonObject ?? [];

    /// <summary>The first Markdown heading, without its mark-up; null when there is none.</summary>
    public string? Title => Cells
        .Where(cell => cell.Kind == CellKind.Markdown)
        .SelectMany(cell => cell.Source.Split('\n'))
        .Where(line => line.StartsWith('#') && line.TrimStart('#').StartsWith(' '))
        .Select(line => line.Trim('#', ' ', '\r', '\t'))
        .FirstOrDefault(line => line.Length > 0);

    /// <summary>Reads a notebook file; one that ends in <c>.dib</c> as .NET Interactive's text format.</summary>
    /// <exception cref="NotebookFormatException">The file cannot be read, or is no C# notebook of format 4 and no .dib.</exception>
    public static Notebook Load(string path) => NotebookReader.Load(path);

    /// <summary>Reads a notebook from JSON; messages name it <paramref name="name"/>.</summary>
    /// <exception cref="NotebookFormatException">The text is no C# notebook of format 4.</exception>
    public static Notebook Parse(string text, string name) => NotebookReader.Parse(text, name);

    /// <summary>The notebook's text as Jupyter would write it.</summary>
    public override string ToString() => JupyterJson.Write(_json);

    /// <summary>Writes the notebook as JSON, so that the file is at every moment either the old one or the new one, whole.</summary>
    public void Save(string path) => AtomicFile.WriteAllText(path, ToString());
}
