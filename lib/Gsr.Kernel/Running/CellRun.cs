using System.Diagnostics;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Outputs;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Running;

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
        // A cell that asks to be alone measures times.
        var mayReuse = options.Reuse && !cell.Tags.Contains(NotebookRunner.AloneTag);
        child.Send(new RunnerMessage.Execute(CellSource.Submission(cell, _name), mayReuse));
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
