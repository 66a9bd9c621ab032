using System.Diagnostics;
using Gsr.Kernel.Assistance;
using Gsr.Kernel.Capture;
using Gsr.Kernel.Display;
using Gsr.Kernel.Outputs;
using Gsr.Kernel.Packages;
using Microsoft.CodeAnalysis.Scripting;

namespace Gsr.Kernel.Execution;

/// <summary>Executes cells one after another with state carried from cell to cell, and emits their outputs as events.</summary>
public sealed class Session : IAsyncDisposable
{
    private readonly string _workingDirectory;
    private readonly TimeSpan _gracePeriod;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly OutputRouter _router;
    private readonly FileDescriptorCapture? _descriptors;
    private readonly CellThread _thread;
    private readonly ReferenceSet _references;
    private readonly DirectiveRunner _directives;
    private readonly CellCompiler _compiler;
    private readonly Assistant _assistant;
    private ScriptState<object?>? _state;
    private int _count;
    private bool _disposed;

    /// <summary>Starts a session; from now on the process' console belongs to its cells.</summary>
    /// <param name="options">How it is set up.</param>
    public Session(SessionOptions options)
    {
        _workingDirectory = Path.GetFullPath(options.WorkingDirectory);
        _gracePeriod = options.GracePeriod;
        _router = new OutputRouter(output => OutputEmitted?.Invoke(output)) { ReadLine = options.ReadLine };
        _references = new ReferenceSet();
        var scripts = new LoadedScripts(_workingDirectory);
        _directives = new DirectiveRunner(_workingDirectory, _references, scripts);
        _compiler = new CellCompiler(_workingDirectory, scripts, _references);
        _assistant = new Assistant([.. _references.Pending], CellCompiler.Imports, scripts);
        _thread = new CellThread(ReportUnawaited);
        ConsoleCapture.Add(_router);
        if (options.CaptureFileDescriptors)
            _descriptors = FileDescriptorCapture.TryStart(_router);
        if (_descriptors is not null)
            _router.Drain = _descriptors.Drain;
    }

    /// <summary>Raised for every output, in order, on a thread of the session's choice.</summary>
    public event Action<CellOutput>? OutputEmitted;

    /// <summary>Executes one cell; cells asked for while another one runs wait for it.</summary>
    /// <param name="code">The cell's source, C# with directives.</param>
    /// <param name="cellName">How the cell is named in compile errors and stack traces, for example "cell 3".</param>
    /// <param name="cancellationToken">
    /// Interrupts the cell: its waits end, an <c>await</c> is given up. A cell that computes without waiting is not
    /// stopped: after the grace period standard error says so, and the task stays incomplete until it ends by itself.
    /// </param>
    public async Task<CellResult> ExecuteAsync(
        string code, string cellName, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var watch = Stopwatch.StartNew();
            var count = ++_count;
            _router.Open();
            var outcome = await RunAsync(code, cellName, cancellationToken).ConfigureAwait(false);
            _state = outcome.State ?? _state;
            if (outcome.State is not null)
            {
                _assistant.Add(code, _references.Pending.Take(outcome.References));
                _references.Commit(outcome.References);
            }
            if (outcome.Result is not null)
                _router.Emit(new ResultOutput(outcome.Result));
            if (outcome.Error is not null)
                _router.Emit(outcome.Error);
            return new CellResult(count, watch.Elapsed, outcome.Error);
        }
        finally
        {
            _router.Close();
            _turn.Release();
        }
    }

    /// <summary>Evaluates an expression in the state that the cells left; what it declares is not kept.</summary>
    /// <param name="expression">A C# expression.</param>
    /// <param name="name">How it is named in compile errors.</param>
    /// <param name="cancellationToken">Interrupts it.</param>
    /// <returns>Its value, null for null; or what went wrong.</returns>
    public async Task<(MimeBundle? Value, ErrorOutput? Error)> EvaluateAsync(
        string expression, string name, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var outcome = await RunAsync(expression, name, cancellationToken).ConfigureAwait(false);
            return (outcome.Result, outcome.Error);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// What could stand at a position of a cell that is being written, by what the finished cells left; it does not wait
    /// for a cell that runs.
    /// </summary>
    /// <param name="code">The cell's source so far.</param>
    /// <param name="position">An index into it; outside of it nothing is found.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Completions> CompleteAsync(string code, int position, CancellationToken cancellationToken = default) =>
        _assistant.CompleteAsync(code, position, cancellationToken);

    /// <summary>What is known of the symbol at a position, or of the call around it; null when there is none.</summary>
    /// <param name="code">The cell's source so far.</param>
    /// <param name="position">An index into it; outside of it nothing is found.</param>
    /// <param name="detailed">True for all overloads, with their parameters.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Inspection?> InspectAsync(
        string code, int position, bool detailed = false, CancellationToken cancellationToken = default) =>
        _assistant.InspectAsync(code, position, detailed, cancellationToken);

    /// <summary>Gets ready to complete and inspect in the background; unasked, the first question does and waits for it.</summary>
    public void WarmAssistant() => _assistant.Warm();

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            _descriptors?.Dispose();
            ConsoleCapture.Remove(_router);
            _thread.Dispose();
            _compiler.Dispose();
            _assistant.Dispose();
            _router.Dispose();
        }
        return ValueTask.CompletedTask;
    }

    private async Task<Outcome> RunAsync(string code, string cellName, CancellationToken cancellationToken)
    {
        try
        {
            var running = _thread.RunAsync(
                () => RunOnThreadAsync(code, cellName, cancellationToken), cancellationToken);
            await using var registration = cancellationToken.Register(() => _ = ReportIfIgnoredAsync(running, cellName));
            return await running.ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or ThreadInterruptedException
            && cancellationToken.IsCancellationRequested)
        {
            return new Outcome(Error: ErrorDescription.OfInterruption());
        }
        catch (CellException e)
        {
            return new Outcome(Error: e.Error);
        }
    }

    // Nothing here touches the session's state: a cell that was given up may still come back, and must then be harmless.
    private async Task<Outcome> RunOnThreadAsync(string code, string cellName, CancellationToken cancellationToken)
    {
        OutputRouter.Current = _router;
        var previous = _state;
        var text = await _directives.RunAsync(code, cellName, cancellationToken);
        var script = _compiler.Compile(text, cellName, previous, cancellationToken);
        var references = _references.Pending.Count;
        var state = previous is null
            ? await script.RunAsync(globals: null, static _ => true, cancellationToken)
            : await script.RunFromAsync(previous, static _ => true, cancellationToken);
        if (state.Exception is { } e)
        {
            var interrupted = cancellationToken.IsCancellationRequested
                && e is ThreadInterruptedException or OperationCanceledException;
            var error = interrupted ? ErrorDescription.OfInterruption() : ErrorDescription.OfException(e);
            return new Outcome(state, references, Error: error);
        }
        return Present(state, references);
    }

    // On the cell thread: to show a value is to call into the library that it comes from.
    private static Outcome Present(ScriptState<object?> state, int references)
    {
        try
        {
            return new Outcome(state, references, Result: Represent(state.ReturnValue));
        }
        catch (Exception e)
        {
            return new Outcome(state, references, Error: ErrorDescription.OfException(e));
        }
    }

    private static MimeBundle? Represent(object? value) => value switch
    {
        // Nothing to show, shown already, or a promise of nothing.
        null or DisplayedValue => null,
        Task task when !HasResult(task) => null,
        _ => value as MimeBundle ?? MimeFormatter.Format(value),
    };

    // An async method without a result returns a Task<VoidTaskResult> in disguise.
    private static bool HasResult(Task task) =>
        task.GetType().GetProperty("Result") is { PropertyType.IsVisible: true };

    // Somebody waits for the cell to stop, and nothing else tells that it does not.
    private async Task ReportIfIgnoredAsync(Task running, string cellName)
    {
        await Task.WhenAny(running, Task.Delay(_gracePeriod)).ConfigureAwait(false);
        if (!running.IsCompleted)
            _router.Write("stderr", $"{cellName} was interrupted and is still running; what it computes cannot be stopped.\n");
    }

    private void ReportUnawaited(Exception e)
    {
        var error = ErrorDescription.OfException(e);
        _router.Write("stderr", $"Unhandled exception in background work: {string.Join('\n', error.Traceback)}\n");
    }

    private sealed record Outcome(
        ScriptState<object?>? State = null, int References = 0, MimeBundle? Result = null, ErrorOutput? Error = null);
}
