using System.Globalization;
using System.Text.RegularExpressions;
using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Running;

/// <summary>Reports a run as text: one rewritten line on a terminal, a line per cell in a log (no width).</summary>
internal sealed partial class ConsoleReporter(TextWriter output, int? terminalWidth)
{
    private const int LongestTraceback = 30;

    private readonly Lock _writing = new();
    // What is said of each notebook that runs, in the order in which they started.
    private readonly OrderedDictionary<string, string> _running = [];
    private int _shown;

    public void CellStarted(CellPlace place) => Show(place, $"{Where(place)} ...");

    /// <summary>A cell is still running; called about twice a second.</summary>
    public void CellRuns(CellPlace place, TimeSpan elapsed) => Show(place, $"{Where(place)} ... {Seconds(elapsed)}");

    /// <summary>No cell of the notebook will run any more.</summary>
    public void NotebookEnded(string notebook)
    {
        lock (_writing)
            _running.Remove(notebook);
    }

    /// <summary>A cell has ended, with the error that ended it; null when it succeeded.</summary>
    public void CellEnded(CellPlace place, TimeSpan elapsed, ErrorOutput? error)
    {
        var result = $"{Where(place)} {(error is null ? "ok" : "FAILED")} {Seconds(elapsed)}";
        if (error is null && terminalWidth is not null)
        {
            Show(place, result);
            if (place.Number == place.Total)
                Print(result);
            return;
        }
        Print(result);
        if (error is null)
            return;
        var lines = error.Traceback.SelectMany(entry => entry.Split('\n')).ToList();
        if (lines.Count == 0)
            lines.Add($"{error.Name}: {error.Value}");
        foreach (var line in lines.Take(LongestTraceback))
            Print("    " + ControlSequence().Replace(line, "").TrimEnd());
        if (lines.Count > LongestTraceback)
            Print($"    ... {lines.Count - LongestTraceback} more lines in the notebook");
    }

    /// <summary>Something to know that is no cell's result, in one line.</summary>
    public void Note(string text) => Print(text);

    public void RunEnded(IReadOnlyList<NotebookOutcome> outcomes)
    {
        string[][] rows =
        [
            ["notebook", "cells", "seconds", "peak memory", "result"],
            .. outcomes.Select(outcome => new[]
            {
                outcome.Job.Name,
                $"{outcome.CellsRun}/{outcome.CellsTotal}",
                outcome.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture),
                outcome.PeakMemory == 0 ? "-" : $"{outcome.PeakMemory / (1024 * 1024)} MB",
                outcome.Problem ?? (outcome.Kept ? "kept" : "ok"),
            }),
        ];
        var widths = Enumerable.Range(0, rows[0].Length)
            .Select(column => rows.Max(row => row[column].Length)).ToArray();
        Print("");
        foreach (var row in rows)
            // Numbers to the right, words to the left.
            Print(string.Join("  ", row.Select((text, i) => i is 1 or 2 or 3
                ? text.PadLeft(widths[i]) : text.PadRight(widths[i]))).TrimEnd());
        Print("");
        foreach (var folder in outcomes.Select(outcome => outcome.SavedAs).OfType<string>().GroupBy(Folder))
            Print($"executed notebooks: {folder.Key}");
        foreach (var page in outcomes.Select(outcome => outcome.PagePath).OfType<string>())
            Print($"page: {Path.GetFullPath(page)}");
    }

    private static string Folder(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;

    private static string Where(CellPlace place) => $"{place.Notebook}  cell {place.Number} of {place.Total}";

    private static string Seconds(TimeSpan elapsed) =>
        elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";

    private void Show(CellPlace place, string text)
    {
        if (terminalWidth is not { } width)
            return;
        lock (_writing)
        {
            _running[place.Notebook] = text;
            var line = string.Join(" | ", _running.Values);
            // A line that wrapped could not be rewritten.
            line = line.Length < width ? line : line[..(width - 1)];
            output.Write("\r" + line.PadRight(_shown));
            output.Flush();
            _shown = line.Length;
        }
    }

    private void Print(string line)
    {
        lock (_writing)
        {
            if (_shown > 0)
                output.Write("\r" + new string(' ', _shown) + "\r");
            _shown = 0;
            output.WriteLine(line);
            output.Flush();
        }
    }

    [GeneratedRegex(@"\e\[[0-?]*[ -/]*[@-~]")]
    private static partial Regex ControlSequence();
}

/// <summary>The notebook's file name, the cell's number among those with code, from 1, and their count.</summary>
internal readonly record struct CellPlace(string Notebook, int Number, int Total);
