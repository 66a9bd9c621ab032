using System.Diagnostics;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Documents.Parameters;
using Gsr.Kernel.Outputs;
using Gsr.Kernel.Pages.Html;
using Gsr.Kernel.Pages.Pictures;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Running;

/// <summary>Runs notebooks, each in a process of its own, and saves the file after every cell.</summary>
/// <param name="options">How they are run.</param>
/// <param name="reporter">Who is told of it.</param>
/// <param name="pages">Where their pages go; null for no pages.</param>
internal sealed class NotebookRunner(
    RunOptions options, ConsoleReporter reporter, PageFolder? pages = null)
{
    /// <summary>The tag of a cell during which no cell of another notebook runs: it measures times.</summary>
    public const string AloneTag = "alone";

    private readonly Turns _turns = new(options.Jobs);
    private ProcessorFolder? _processors;

    /// <summary>Runs notebooks, as many side by side as there are jobs, and gives their outcomes in their order.</summary>
    /// <param name="jobs">The notebooks; their files are made one by one, as they run.</param>
    /// <param name="keepGoing">False to start no further one once one has failed.</param>
    /// <param name="cancellationToken">Stops those that run, and starts no other.</param>
    public async Task<IReadOnlyList<NotebookOutcome>> RunAsync(
        IReadOnlyList<NotebookJob> jobs, bool keepGoing, CancellationToken cancellationToken)
    {
        var outcomes = new NotebookOutcome?[jobs.Count];
        var next = -1;
        using var processors = _processors = ProcessorFolder.For(Math.Min(options.Jobs, jobs.Count));
        await Task.WhenAll(Enumerable.Range(0, Math.Min(options.Jobs, jobs.Count)).Select(_ => Task.Run(Work)));
        return [.. outcomes.OfType<NotebookOutcome>()];

        async Task Work()
        {
            while (!cancellationToken.IsCancellationRequested
                && (keepGoing || outcomes.All(outcome => outcome is null or { Succeeded: true }))
                && Interlocked.Increment(ref next) is var i && i < jobs.Count)
                outcomes[i] = await RunAsync(jobs[i], cancellationToken);
        }
    }

    /// <summary>Runs a notebook's cells from top to bottom; when it is stopped, what ran so far is kept.</summary>
    public async Task<NotebookOutcome> RunAsync(NotebookJob job, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var cells = job.Notebook.Cells.Where(CellSource.HasCode).ToList();
        var tally = new Tally();
        var kept = false;
        try
        {
            kept = options.Resume && EarlierRun.TakeOver(job);
            if (kept)
            {
                tally.SavedAs = job.OutputPath;
                tally.Succeeded = cells.Count;
                reporter.Note($"{job.Name}  kept: {job.OutputPath} holds the same code, executed without error");
            }
            else
            {
                await RunCellsAsync(job, cells, tally, cancellationToken);
            }
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
        if (pages is not null && !cancellationToken.IsCancellationRequested)
            WritePage(job, tally);
        reporter.NotebookEnded(job.Name);
        return new NotebookOutcome(
            job, tally.Succeeded, cells.Count, clock.Elapsed, tally.PeakMemory, tally.Problem, kept)
        {
            SavedAs = tally.SavedAs,
            PagePath = tally.PagePath,
        };
    }

    private async Task RunCellsAsync(
        NotebookJob job, List<NotebookCell> cells, Tally tally, CancellationToken cancellationToken)
    {
        foreach (var cell in job.Notebook.Cells.Where(cell => !cell.IsSkipped))
            cell.Reset();
        var folder = Path.GetDirectoryName(Path.GetFullPath(job.SourcePath))!;
        await using var child = await StartAsync(job, cells, folder, tally, cancellationToken);
        using var stop = cancellationToken.Register(() => child.Kill("stopped"));
        await RunCellsAsync(job, cells, child, tally, cancellationToken);
        tally.PeakMemory = child.PeakMemory;
    }

    private async Task<ChildProcess> StartAsync(
        NotebookJob job, List<NotebookCell> cells, string folder, Tally tally, CancellationToken cancellationToken)
    {
        try
        {
            return await ChildProcess.StartAsync(folder, Variables(job), cancellationToken);
        }
        catch (IOException e) when (cells.Count > 0)
        {
            // Whoever looks at the notebook shall not take its old outputs for those of this run.
            var recorder = new NotebookRecord().Begin("", cells[0]);
            recorder.Record(new ErrorOutput(CellRun.Died, e.Message, [$"{CellRun.Died}: {e.Message}"]));
            TrySave(job, tally);
            throw;
        }
    }

    // Its parameters are what a notebook may want to know of its run; where no runner is, they are missing.
    private Dictionary<string, string> Variables(NotebookJob job)
    {
        var variables = new Dictionary<string, string>(options.Variables)
        {
            ["GSR_PARAMETERS"] = ParameterCell.Values(job.Notebook).ToJsonString(),
        };
        if (_processors is { } shared) variables[ProcessorFolder.Variable] = shared.Path;
        return variables;
    }

    private async Task RunCellsAsync(NotebookJob job, List<NotebookCell> cells, ChildProcess child, Tally tally,
        CancellationToken cancellationToken)
    {
        var record = new NotebookRecord();
        for (var i = 0; i < cells.Count && !(child.IsGone && tally.Problem is not null); i++)
        {
            var place = new CellPlace(job.Name, i + 1, cells.Count);
            using var turn = await _turns.TakeAsync(alone: cells[i].Tags.Contains(AloneTag), cancellationToken);
            reporter.CellStarted(place);
            var clock = Stopwatch.StartNew();
            var error = await new CellRun(place, cells[i], record, child, options, reporter).RunAsync();
            // First what nobody can give back, then the report of it.
            TrySave(job, tally);
            if (cells[i].MayFail && !child.IsGone)
                error = null;
            reporter.CellEnded(place, clock.Elapsed, error);
            if (error is null)
                tally.Succeeded++;
            else
                tally.Problem ??= Describe(place, error, child);
            ReportLate(job, record, tally);
            if (tally.Problem is not null && !options.AllowErrors)
                break;
        }
        await foreach (var (output, cell) in child.EndAsync())
            record.AddLate(cell, output);
        ReportLate(job, record, tally);
        SaveAtEnd(job, tally);
    }

    // A file that cannot be written for a while, since an editor holds it, is no reason to lose what the next cells do.
    private void TrySave(NotebookJob job, Tally tally)
    {
        try
        {
            job.Notebook.Save(job.OutputPath);
            tally.SavedAs = job.OutputPath;
        }
        catch (IOException e)
        {
            if (tally.Unsaved++ == 0)
                reporter.Note($"{job.Name}: {e.Message} The run goes on, and tries again after each cell.");
        }
    }

    private static void SaveAtEnd(NotebookJob job, Tally tally)
    {
        try
        {
            job.Notebook.Save(job.OutputPath);
            tally.SavedAs = job.OutputPath;
        }
        catch (IOException e)
        {
            var beside = RunPlan.Beside(job.OutputPath);
            job.Notebook.Save(beside);
            tally.SavedAs = beside;
            throw new IOException($"{e.Message} The executed notebook is {beside}.", e);
        }
    }

    // What a cell left behind may fail after the cell has succeeded.
    private void ReportLate(NotebookJob job, NotebookRecord record, Tally tally)
    {
        foreach (var (cell, error) in record.TakeLateErrors())
        {
            tally.Problem ??= $"failed in {cell}, after its end";
            reporter.Note($"{job.Name}: {cell}, after its end: {string.Join("\n    ", error.Traceback)}");
        }
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
            job.Notebook.Save(job.OutputPath);
            foreach (var line in (string[])[tally.ToString(), .. tally.Problems])
                reporter.Note($"{job.Name}: {line}");
        }
        catch (OperationCanceledException)
        {
            reporter.Note($"{job.Name}: stopped while drawing charts; the notebook is complete without the pictures");
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
            NotebookPage.Save(job.Notebook, job.SourcePath, pages!, reporter.Note);
            tally.PagePath = job.PagePath;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            tally.Problem ??= "no page";
            reporter.Note($"{job.Name}: the page could not be written: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    private sealed class Tally
    {
        public int Succeeded;
        public long PeakMemory;
        public int Unsaved;
        public string? Problem;
        public string? SavedAs;
        public string? PagePath;
    }
}
