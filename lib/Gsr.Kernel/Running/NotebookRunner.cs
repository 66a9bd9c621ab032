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
    private const string AloneTag = "alone";

    private readonly Turns _turns = new(options.Jobs);

    /// <summary>Runs notebooks, as many side by side as there are jobs, and gives their outcomes in their order.</summary>
    /// <param name="jobs">The notebooks; their files are made one by one, as they run.</param>
    /// <param name="keepGoing">False to start no further one once one has failed.</param>
    /// <param name="cancellationToken">Stops those that run, and starts no other.</param>
    public async Task<IReadOnlyList<NotebookOutcome>> RunAsync(
        IReadOnlyList<NotebookJob> jobs, bool keepGoing, CancellationToken cancellationToken)
    {
        var outcomes = new NotebookOutcome?[jobs.Count];
        var next = -1;
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
    private Dictionary<string, string> Variables(NotebookJob job) => new(options.Variables)
    {
        ["GSR_PARAMETERS"] = ParameterCell.Values(job.Notebook).ToJsonString(),
    };

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
            var beside = Path.ChangeExtension(job.OutputPath, $".{DateTime.Now:yyyyMMdd-HHmmss}.ipynb");
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

/// <summary>How notebooks are run.</summary>
internal sealed record RunOptions
{
    /// <summary>How long one cell may take; null for as long as it likes.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How many notebooks run side by side; 1 by default.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>True to go on with the notebook's next cell after one has failed.</summary>
    public bool AllowErrors { get; init; }

    /// <summary>True to keep what an earlier run left, where it can stand for this one.</summary>
    public bool Resume { get; init; }

    /// <summary>Of the environment of the cells, beside those of this process.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>The browser that draws a picture beside each chart; null for no pictures.</summary>
    public string? Browser { get; init; }

    // Not killed at once: a machine that swaps, or a process stopped for a moment, should not cost an hour's training.
    /// <summary>After how long without a sign of life, which comes once a second, this is reported.</summary>
    public TimeSpan SilenceReported { get; init; } = TimeSpan.FromSeconds(3.5);

    /// <summary>After how long without a sign of life the process is killed.</summary>
    public TimeSpan SilenceKilled { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>One execution of a cell, watched: a timeout, a dead or a silent process end it with an error.</summary>
internal sealed class CellRun(
    CellPlace place, NotebookCell cell, NotebookRecord record, ChildProcess child, RunOptions options,
    ConsoleReporter reporter)
{
    /// <summary>The error's names: after <c>--timeout</c>, after Ctrl-C, and when the process is gone.</summary>
    public const string TimedOut = "CellTimeout", Stopped = "Interrupted", Died = "ProcessDied";

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(0.5);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly string _name = $"cell {place.Number}";
    private readonly CellRecorder _recorder = record.Begin($"cell {place.Number}", cell);
    private readonly List<ChildMessage.Aside> _aside = [];
    private TimeSpan _silence;
    private bool _silenceReported;
    private string _kind = Died;

    /// <returns>The error that ended it; null when it succeeded.</returns>
    public async Task<ErrorOutput?> RunAsync()
    {
        child.Send(new RunnerMessage.Execute(CellSource.Submission(cell, _name)));
        // Disposed of asynchronously, which waits for a tick under way: none may kill the child on account of a cell
        // that ended.
        await using var watch = new Timer(_ => Watch());
        watch.Change(Tick, Tick);
        ErrorOutput? error = null;
        await foreach (var message in child.Messages.ReadAllAsync())
        {
            switch (message)
            {
                case ChildMessage.Output { Cell: { Length: > 0 } name } late when name != _name:
                    record.AddLate(name, late.Value);
                    break;
                case ChildMessage.Output { Value: var output }:
                    error = output as ErrorOutput ?? error;
                    _recorder.Record(output);
                    break;
                case ChildMessage.Aside aside:
                    _aside.Add(aside);
                    break;
                case ChildMessage.Done done:
                    _aside.ForEach(text => _recorder.Record(new StreamOutput(text.Stream, text.Text)));
                    _recorder.Flush(done.ExecutionCount > 0 ? done.ExecutionCount : null);
                    return done.Succeeded ? null : error ?? new ErrorOutput("CellFailed", "The cell failed.", []);
            }
        }
        var reason = await child.DescribeEndAsync();
        if (reason == "stopped")
            _kind = Stopped;
        var (words, frames) = StackLines.OfRuntime(string.Concat(_aside.Select(aside => aside.Text)));
        error = new(
            _kind, $"Cell {place.Number}: {reason}{(words.Count > 0 ? ": " + string.Join(' ', words.Take(3)) : ".")}",
            [$"{_kind}: cell {place.Number}: {reason}.", .. words, .. frames]);
        _recorder.Record(error);
        _recorder.Flush(place.Number);
        return error;
    }

    // Counted in ticks of this process: a laptop that slept, or a stopped job, held both processes still.
    private void Watch()
    {
        _silence = child.WasHeard() ? TimeSpan.Zero : _silence + Tick;
        if (_silence == TimeSpan.Zero)
            _silenceReported = false;
        reporter.CellRuns(place, _clock.Elapsed);
        if (options.Timeout is { } timeout && _clock.Elapsed > timeout)
        {
            _kind = TimedOut;
            child.Kill($"it did not end within the {timeout.TotalSeconds:0.#} s of --timeout");
        }
        else if (_silence >= options.SilenceKilled)
        {
            child.Kill($"the process of the cells gave no sign of life for {_silence.TotalSeconds:0} s");
        }
        else if (_silence >= options.SilenceReported && !_silenceReported)
        {
            _silenceReported = true;
            reporter.Note(
                $"{place.Notebook}: cell {place.Number}: no sign of life from its process ({child.Id}) for " +
                $"{_silence.TotalSeconds:0.0} s; it is given {options.SilenceKilled.TotalSeconds:0} s");
        }
    }
}
