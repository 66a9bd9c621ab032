using Gsr.Kernel.Documents;

namespace Gsr.Kernel.Running;

/// <summary>What of a cell is to be executed.</summary>
internal static class CellSource
{
    /// <summary>True when there is anything to execute; Jupyter gives an empty cell no count either.</summary>
    public static bool HasCode(NotebookCell cell) =>
        cell.Kind == CellKind.Code && !string.IsNullOrWhiteSpace(cell.Source);

    /// <summary>
    /// The C# of a cell. Notebooks of .NET Interactive may begin a cell with <c>#!csharp</c>; the line is left empty, so that
    /// line numbers stay those of the cell.
    /// </summary>
    public static string Code(NotebookCell cell)
    {
        var source = cell.Source;
        var end = source.IndexOf('\n');
        var first = (end < 0 ? source : source[..end]).Trim();
        return first is "#!csharp" or "#!C#" or "#!c#" ? (end < 0 ? "" : source[end..]) : source;
    }

    /// <summary>
    /// The other language that a cell is written in, or null. Without this a cell of F# would be compiled as C#, and one
    /// that begins with <c>#!markdown</c> would be taken for a comment and for garbage.
    /// </summary>
    public static string? ForeignLanguage(NotebookCell cell)
    {
        var first = cell.Source.TrimStart().Split('\n', 2)[0].Trim();
        if (first is "#!fsharp" or "#!F#" or "#!f#" or "#!pwsh" or "#!powershell" or "#!javascript" or "#!js" or "#!html"
            or "#!markdown" or "#!mermaid" or "#!sql" or "#!kql" or "#!value")
            return first[2..];
        var kernel = Text(cell, "polyglot_notebook", "kernelName") ?? Text(cell, "dotnet_interactive", "language");
        return kernel is null or "csharp" || first.StartsWith("#!c", StringComparison.OrdinalIgnoreCase) ? null : kernel;
    }

    private static string? Text(NotebookCell cell, string group, string key) =>
        (cell.Metadata[group] as System.Text.Json.Nodes.JsonObject)?[key] is System.Text.Json.Nodes.JsonValue value
        && value.TryGetValue(out string? text) ? text : null;
}
