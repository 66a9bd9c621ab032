using System.Diagnostics;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Outputs;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Running;

/// <summary>
/// One execution of one cell, watched: a cell that takes too long, a process that dies, and one that falls silent all
/// end with an error in the notebook that says so.
/// </summary>
internal sealed class CellRun(
    CellPlace place, NotebookCell cell, NotebookRecord record, ChildProcess child, RunOptions options, ConsoleReporter reporter)
{
    /// <summary>The error's name after <c>--timeout</c>.</summary>
    public const string TimedOut = "CellTimeout";

    /// <summary>The error's name after Ctrl-C.</summary>
    public const string Stopped = "Interrupted";

    /// <summary>The error's name when the process is gone.</summary>
    public const string Died = "ProcessDied";

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(0.5);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly string _name = $"cell {place.Number}";
    private readonly CellRecorder _recorder = record.Begin($"cell {place.Number}", cell);
    private TimeSpan _silence;
    private bool _silenceReported;
    private string _kind = Died;

    /// <summary>Runs the cell and leaves its outputs in the notebook.</summary>
    /// <returns>The error that ended it; null when it succeeded.</returns>
    public async Task<ErrorOutput?> RunAsync()
    {
        child.Send(new RunnerMessage.Execute(CellSource.Submission(cell, _name)));
        // Disposed of asynchronously, which waits for a tick under way: none may kill the child on account of a cell that ended.
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
                case ChildMessage.Done done:
                    _recorder.Flush(done.ExecutionCount > 0 ? done.ExecutionCount : null);
                    return done.Succeeded ? null : error ?? new ErrorOutput("CellFailed", "The cell failed.", []);
            }
        }
        var reason = await child.DescribeEndAsync();
        if (reason == "stopped")
            _kind = Stopped;
        return End(place.Number, new ErrorOutput(_kind, $"Cell {place.Number}: {reason}.", [$"{_kind}: cell {place.Number}: {reason}."]));
    }

    private ErrorOutput End(int? executionCount, ErrorOutput error)
    {
        _recorder.Record(error);
        _recorder.Flush(executionCount);
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
