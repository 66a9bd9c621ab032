using System.Diagnostics;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Outputs;
using Gsr.Kernel.Pages.Html;
using Gsr.Kernel.Pages.Pictures;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Running;

/// <summary>Runs one notebook after another, each in a process of its own, and keeps the file up to date after every cell.</summary>
internal sealed class NotebookRunner(RunOptions options, ConsoleReporter reporter)
{
    /// <summary>Runs a notebook's cells from top to bottom; when it is stopped, what ran so far is kept.</summary>
    public async Task<NotebookOutcome> RunAsync(NotebookJob job, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var cells = job.Notebook.Cells.Where(CellSource.HasCode).ToList();
        foreach (var cell in job.Notebook.Cells)
            cell.Reset();
        var tally = new Tally();
        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(job.SourcePath))!;
            await using var child = await ChildProcess.StartAsync(folder, cancellationToken);
            using var stop = cancellationToken.Register(() => child.Kill("stopped"));
            await RunCellsAsync(job, cells, child, tally);
            tally.PeakMemory = child.PeakMemory;
        }
        catch (OperationCanceledException)
        {
            tally.Problem ??= "stopped";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            tally.Problem ??= e.Message.ReplaceLineEndings(" ");
            reporter.Note($"{job.Name}: {tally.Problem}");
        }
        if (options.Browser is not null && !cancellationToken.IsCancellationRequested)
            await DrawChartsAsync(job, options.Browser, cancellationToken);
        if (job.PagePath is not null && !cancellationToken.IsCancellationRequested)
            WritePage(job, tally);
        return new NotebookOutcome(job, tally.Succeeded, cells.Count, clock.Elapsed, tally.PeakMemory, tally.Problem);
    }

    private async Task RunCellsAsync(NotebookJob job, List<NotebookCell> cells, ChildProcess child, Tally tally)
    {
        var record = new NotebookRecord();
        for (var i = 0; i < cells.Count && !(child.IsGone && tally.Problem is not null); i++)
        {
            var place = new CellPlace(job.Name, i + 1, cells.Count);
            reporter.CellStarted(place);
            var clock = Stopwatch.StartNew();
            var error = await new CellRun(place, cells[i], record, child, options, reporter).RunAsync();
            // First what nobody can give back, then the report of it.
            job.Notebook.Save(job.OutputPath);
            reporter.CellEnded(place, clock.Elapsed, error);
            if (error is null)
            {
                tally.Succeeded++;
                continue;
            }
            tally.Problem ??= Describe(place, error, child);
            if (!options.AllowErrors)
                return;
        }
        if (cells.Count == 0)
            job.Notebook.Save(job.OutputPath);
    }

    private static string Describe(CellPlace place, ErrorOutput error, ChildProcess child) => error.Name switch
    {
        CellRun.Stopped => $"stopped in cell {place.Number}",
        CellRun.TimedOut => $"timed out in cell {place.Number}",
        _ when child.IsGone => $"died in cell {place.Number}",
        _ => $"failed in cell {place.Number}",
    };

    // A picture is an extra: that it could not be had is said, and is no failure of the run.
    private async Task DrawChartsAsync(NotebookJob job, string browser, CancellationToken cancellationToken)
    {
        try
        {
            var tally = await ChartPictures.AddAsync(job.Notebook, new ChartPainter(browser), cancellationToken);
            if (tally.Drawn > 0)
                job.Notebook.Save(job.OutputPath);
            foreach (var line in (string[])[tally.ToString(), .. tally.Problems])
                reporter.Note($"{job.Name}: {line}");
        }
        catch (OperationCanceledException)
        {
            reporter.Note($"{job.Name}: stopped while its charts were drawn; the notebook is whole without the pictures");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reporter.Note($"{job.Name}: no pictures: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    private void WritePage(NotebookJob job, Tally tally)
    {
        try
        {
            NotebookPage.Save(job.Notebook, job.SourcePath, job.PagePath!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            tally.Problem ??= "no page";
            reporter.Note($"{job.Name}: the page could not be written: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    private sealed class Tally
    {
        public int Succeeded { get; set; }

        public long PeakMemory { get; set; }

        public string? Problem { get; set; }
    }
}

/// <summary>How notebooks are run.</summary>
internal sealed record RunOptions
{
    /// <summary>How long one cell may take; null for as long as it likes.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>True to go on with the notebook's next cell after one has failed.</summary>
    public bool AllowErrors { get; init; }

    /// <summary>The browser that draws a picture beside each chart; null for no pictures.</summary>
    public string? Browser { get; init; }

    /// <summary>
    /// After how long without a sign of life from a process that gives one a second this is reported. It is not killed at
    /// once: a machine that swaps, or a reader who stopped the process for a moment, should not cost an hour's training.
    /// </summary>
    public TimeSpan SilenceReported { get; init; } = TimeSpan.FromSeconds(3.5);

    /// <summary>After how long without a sign of life the process is killed.</summary>
    public TimeSpan SilenceKilled { get; init; } = TimeSpan.FromSeconds(60);
}
