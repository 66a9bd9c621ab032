using Gsr.Kernel.Documents;

namespace Gsr.Kernel.Sessions.Execution;

/// <summary>What of a cell is to be executed.</summary>
internal static class CellSource
{
    /// <summary>True when there is anything to execute; Jupyter gives an empty cell no count either.</summary>
    public static bool HasCode(NotebookCell cell) =>
        cell.Kind == CellKind.Code && !string.IsNullOrWhiteSpace(cell.Source) && !cell.IsSkipped;

    /// <summary>The cell as a session takes it, in the language that .NET Interactive noted in its metadata.</summary>
    public static Submission Submission(NotebookCell cell, string name) => new(cell.Source, name, cell.KernelName);
}
