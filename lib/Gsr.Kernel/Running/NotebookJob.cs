using Gsr.Kernel.Documents;

namespace Gsr.Kernel.Running;

/// <summary>A notebook to run and where its results go.</summary>
/// <param name="SourcePath">The notebook's file; its folder is where its cells run.</param>
/// <param name="Notebook">What was read from it, parameters already set.</param>
/// <param name="OutputPath">Where the executed notebook is written.</param>
/// <param name="PagePath">Where the page is written; null for none.</param>
public sealed record NotebookJob(string SourcePath, Notebook Notebook, string OutputPath, string? PagePath)
{
    /// <summary>How people call it: the file's name.</summary>
    public string Name => Path.GetFileName(SourcePath);
}

/// <summary>How the run of a notebook ended.</summary>
/// <param name="Job">The notebook.</param>
/// <param name="CellsRun">How many code cells ran to their end without an error.</param>
/// <param name="CellsTotal">How many code cells hold code.</param>
/// <param name="Elapsed">Wall-clock time, start of the process included.</param>
/// <param name="PeakMemory">The most memory that the process held, in bytes.</param>
/// <param name="Problem">What went wrong, in a few words; null when nothing did.</param>
public sealed record NotebookOutcome(
    NotebookJob Job, int CellsRun, int CellsTotal, TimeSpan Elapsed, long PeakMemory, string? Problem)
{
    /// <summary>True when every cell succeeded.</summary>
    public bool Succeeded => Problem is null;
}
