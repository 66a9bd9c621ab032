using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Running;

/// <summary>Takes part in a run as its audience.</summary>
public interface IRunReporter
{
    /// <summary>A cell is about to run.</summary>
    /// <param name="place">Which.</param>
    void CellStarted(CellPlace place);

    /// <summary>A cell is still running; called about twice a second.</summary>
    /// <param name="place">Which.</param>
    /// <param name="elapsed">For how long.</param>
    void CellRuns(CellPlace place, TimeSpan elapsed);

    /// <summary>A cell has ended.</summary>
    /// <param name="place">Which.</param>
    /// <param name="elapsed">After how long.</param>
    /// <param name="error">The error that ended it; null when it succeeded.</param>
    void CellEnded(CellPlace place, TimeSpan elapsed, ErrorOutput? error);

    /// <summary>Something to know that is no cell's result.</summary>
    /// <param name="text">One line.</param>
    void Note(string text);

    /// <summary>All is over.</summary>
    /// <param name="outcomes">How each notebook ended.</param>
    void RunEnded(IReadOnlyList<NotebookOutcome> outcomes);
}

/// <summary>Where the run is.</summary>
/// <param name="Notebook">The notebook's file name.</param>
/// <param name="Number">
/// The cell's number among those with code, from 1: what stands in the brackets beside it once it has run.
/// </param>
/// <param name="Total">How many there are.</param>
public readonly record struct CellPlace(string Notebook, int Number, int Total);
