using System.Text.Json.Nodes;

namespace Gsr.Kernel.Documents;

/// <summary>
/// A Jupyter notebook of format 4. It is held as the JSON that was read, so that unknown keys survive in their order;
/// only sources, outputs and execution counts are ever changed.
/// </summary>
public sealed class Notebook
{
    /// <summary>The name of the kernel that C# notebooks ask for, since .NET Interactive.</summary>
    public const string KernelName = ".net-csharp";

    private readonly JsonObject _json;

    internal Notebook(JsonObject json, IReadOnlyList<NotebookCell> cells)
    {
        _json = json;
        Cells = cells;
    }

    /// <summary>The cells from top to bottom.</summary>
    public IReadOnlyList<NotebookCell> Cells { get; }

    /// <summary>The notebook's metadata; empty when there is none.</summary>
    public JsonObject Metadata => _json["metadata"] as JsonObject ?? [];

    /// <summary>The minor version of the format, 0 to 5.</summary>
    public int MinorVersion => _json["nbformat_minor"]?.GetValue<int>() ?? 0;

    /// <summary>The first Markdown heading, without its mark-up; null when there is none.</summary>
    public string? Title => Cells
        .Where(cell => cell.Kind == CellKind.Markdown)
        .SelectMany(cell => cell.Source.Split('\n'))
        .Where(line => line.StartsWith('#') && line.TrimStart('#').StartsWith(' '))
        .Select(line => line.Trim('#', ' ', '\r', '\t'))
        .FirstOrDefault(line => line.Length > 0);

    /// <summary>Reads a notebook file.</summary>
    /// <param name="path">The file; one that ends in <c>.dib</c> is read as .NET Interactive's text format.</param>
    /// <exception cref="NotebookFormatException">The file cannot be read, or is no C# notebook of format 4 and no .dib.</exception>
    public static Notebook Load(string path) => NotebookReader.Load(path);

    /// <summary>Reads a notebook from text.</summary>
    /// <param name="text">The JSON.</param>
    /// <param name="name">How messages call the notebook.</param>
    /// <exception cref="NotebookFormatException">The text is no C# notebook of format 4.</exception>
    public static Notebook Parse(string text, string name) => NotebookReader.Parse(text, name);

    /// <summary>The notebook's text as Jupyter would write it.</summary>
    public override string ToString() => JupyterJson.Write(_json);

    /// <summary>Writes the notebook as JSON, so that the file is at every moment either the old one or the new one, whole.</summary>
    /// <param name="path">Where to.</param>
    public void Save(string path) => AtomicFile.WriteAllText(path, ToString());
}
