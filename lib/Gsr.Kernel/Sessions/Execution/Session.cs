using System.Diagnostics;
using Gsr.Kernel.Outputs;
using Gsr.Kernel.Sessions.Assistance;
using Gsr.Kernel.Sessions.Capture;
using Gsr.Kernel.Sessions.Commands;
using Gsr.Kernel.Sessions.Languages;
using Gsr.Kernel.Sessions.Packages;
using Microsoft.CodeAnalysis;
using Microsoft.DotNet.Interactive.Formatting;

namespace Gsr.Kernel.Sessions.Execution;

/// <summary>Executes cells one after another, with state carried from cell to cell, and emits their outputs.</summary>
public sealed class Session : IAsyncDisposable
{
    // A poll takes effect at once. A wait is only woken where that did not do, since the exception of a woken wait may
    // hit a library at a bad moment; an await that nothing ends is given up last.
    private static readonly TimeSpan UntilWoken = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan UntilGivenUp = TimeSpan.FromMilliseconds(40);

    private readonly string _workingDirectory;
    private readonly TimeSpan _gracePeriod;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly OutputRouter _router;
    private readonly FileDescriptorCapture? _descriptors;
    private readonly CSharpLanguage _csharp;
    private readonly LanguageSet _languages;
    private readonly CommandSet _commands = new();
    private CellThread _thread;
    private ExecutionContext? _context;
    private int _count;
    private bool _disposed;

    static Session() => Formatter.SubscribeToDisplayedValues(CellCommands.Show);

    /// <summary>Starts a session; from now on the process' console belongs to its cells.</summary>
    public Session(SessionOptions options)
    {
        _workingDirectory = Path.GetFullPath(options.WorkingDirectory);
        _gracePeriod = options.GracePeriod;
        _router = new OutputRouter(options.MostTextAtOnce) { ReadLine = options.ReadLine };
        var references = new ReferenceSet();
        var scripts = new LoadedScripts(_workingDirectory);
        var directives = new DirectiveRunner(_workingDirectory, references, scripts);
        _csharp = new CSharpLanguage(_workingDirectory, scripts, directives, references);
        _languages = new LanguageSet(
            // The libraries of a session are forgotten before C# begins anew.
            new LibraryLanguage(_csharp, directives, references, _workingDirectory), _csharp,
            new FSharpLanguage(directives, references), MarkupLanguage.Html, MarkupLanguage.Markdown,
            new JavaScriptLanguage(), MarkupLanguage.Mermaid, new ValueLanguage(_workingDirectory));
        _thread = new CellThread(BackgroundErrors.Report);
        ConsoleCapture.Add(_router);
        BackgroundErrors.Watch();
        if (options.CaptureFileDescriptors)
            _descriptors = FileDescriptorCapture.TryStart(_router);
        if (_descriptors is not null)
            _router.Drain = _descriptors.Drain;
    }

    /// <summary>Executes one cell; cells asked for while another one runs wait for it.</summary>
    /// <param name="submission">The cell.</param>
    /// <param name="output">
    /// Takes each output of the cell, in order, on a thread of the session's choice; also after the cell's end, when
    /// tasks that it started in the background go on.
    /// </param>
    /// <param name="cancellationToken">
    /// Interrupts the cell: its loops, waits and awaits end. A call that cannot be stopped is given up after the grace
    /// period; it goes on in the background without any effect on the session.
    /// </param>
    public async Task<CellResult> ExecuteAsync(
        Submission submission, Action<CellOutput> output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(submission);
        return await InTurnAsync(async () =>
        {
            var watch = Stopwatch.StartNew();
            var count = ++_count;
            var cell = new RunningCell(_router, submission.Name, output, cancellationToken);
            _router.Open(cell);
            var error = await RunAsync(cell, () => RunPartsAsync(submission, cell)).ConfigureAwait(false);
            _router.Close();
            _context = cell.Context ?? _context;
            // Of a cell that lost a thread, this only says that it was stopped.
            if (error is not null && !cell.IsLost)
                _router.Emit(error, cell);
            return new CellResult(count, watch.Elapsed, (cell.IsLost ? null : error) ?? cell.Failure)
            {
                Help = cell.Help,
            };
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Evaluates a C# expression in the state that the cells left; what it declares is not kept. Gives its value, null
    /// for null, or what went wrong.
    /// </summary>
    internal Task<(MimeBundle? Value, ErrorOutput? Error)> EvaluateAsync(
        string expression, string name, CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        MimeBundle? value = null;
        var cell = new RunningCell(_router, name, static _ => { }, cancellationToken);
        var error = await RunAsync(cell, async () => value = CSharpLanguage.Represent(
            (await _csharp.SubmitAsync(expression, name, cell, isKept: false)).Value)).ConfigureAwait(false);
        return error is null ? (value, (ErrorOutput?)null) : (null, error);
    }, cancellationToken);

    /// <summary>
    /// Calls what a cell left to be called as if it were a cell: in its turn, on the cell thread. What it throws goes
    /// to standard error.
    /// </summary>
    internal Task CallAsync(
        Action handler, string name, Action<CellOutput> output, CancellationToken cancellationToken) =>
        InTurnAsync(async () =>
        {
            var cell = new RunningCell(_router, name, output, cancellationToken);
            _router.Open(cell);
            var error = await RunAsync(cell, () =>
            {
                handler();
                return Task.CompletedTask;
            }).ConfigureAwait(false);
            _router.Close();
            if (error is not null)
                _router.Emit(new StreamOutput("stderr", string.Join('\n', error.Traceback) + "\n"), cell);
            return error;
        }, cancellationToken);

    /// <summary>
    /// What could stand at a position of a cell that is being written, by what the finished cells left; it does not
    /// wait for a cell that runs.
    /// </summary>
    internal Task<Completions> CompleteAsync(
        string code, int position, CancellationToken cancellationToken = default) =>
        Draft.At(code, position, _languages, _commands.Contains) switch
        {
            { Magic: not null } draft => Task.FromResult(draft.CompleteMagic(
                [.. _languages.All.Select(language => language.Name), .. _commands.All.Select(command => command.Name)],
                position)),
            { CSharp: { } csharp } => _csharp.Assistant.CompleteAsync(csharp, position, cancellationToken),
            _ => Task.FromResult(Completions.None(position)),
        };

    /// <summary>
    /// What is known of the symbol at a position, or of the call around it, in detail with all overloads and their
    /// parameters; null when there is none.
    /// </summary>
    internal Task<Inspection?> InspectAsync(
        string code, int position, bool detailed = false, CancellationToken cancellationToken = default) =>
        Draft.At(code, position, _languages, _commands.Contains).CSharp is { } csharp
            ? _csharp.Assistant.InspectAsync(csharp, position, detailed, cancellationToken)
            : Task.FromResult<Inspection?>(null);

    /// <summary>The signatures of the call around a position; null outside of calls.</summary>
    internal Task<Signatures?> FindSignaturesAsync(
        string code, int position, CancellationToken cancellationToken = default) =>
        Draft.At(code, position, _languages, _commands.Contains).CSharp is { } csharp
            ? _csharp.Assistant.FindSignaturesAsync(csharp, position, cancellationToken)
            : Task.FromResult<Signatures?>(null);

    /// <summary>What the compiler finds wrong with the C# of a cell: in its meaning only if asked for.</summary>
    internal Task<IReadOnlyList<Diagnostic>> DiagnoseAsync(
        string code, bool isSemantic, CancellationToken cancellationToken = default) =>
        _csharp.Assistant.DiagnoseAsync(
            Draft.CSharpOf(code, _languages, _commands.Contains), isSemantic, cancellationToken);

    /// <summary>What the cells left; to be looked at in turn with them (<see cref="CallAsync"/>).</summary>
    internal IEnumerable<(string Language, CellVariable Variable)> Variables =>
        _languages.All.SelectMany(language => language.Variables.Select(variable => (language.Name, variable)));

    /// <summary>
    /// Gets ready for the first cell while nobody asks for anything, and for completion where there is an editor then;
    /// ends when somebody asks. False when it did not come to its end.
    /// </summary>
    internal Task<bool> WarmUp(Func<bool> hasEditor, CancellationToken stop)
    {
        var isWarm = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        // Where .NET leaves priorities to the system (Linux), this is as any other thread. It shall be no lower there: it
        // may hold a lock that the first cell needs, and would keep it for long where all processors are busy.
        new Thread(() => isWarm.TrySetResult(WarmUpCells(hasEditor, stop)))
        { IsBackground = true, Name = "warm-up", Priority = ThreadPriority.Lowest }.Start();
        return isWarm.Task;
    }

    /// <summary>Prepares completion and inspection in the background; else the first request waits for it.</summary>
    internal void WarmAssistant() => _csharp.Assistant.Warm();

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            _descriptors?.Dispose();
            ConsoleCapture.Remove(_router);
            _thread.Dispose();
            _csharp.Dispose();
            _router.Dispose();
        }
        return ValueTask.CompletedTask;
    }

    private bool WarmUpCells(Func<bool> hasEditor, CancellationToken stop)
    {
        try
        {
            _csharp.WarmUp(stop);
            stop.ThrowIfCancellationRequested();
            // Each by itself: the runtime's pauses are those of all threads.
            if (hasEditor())
                _csharp.Assistant.Warm(stop)?.Join();
            _csharp.Practise(stop);
            // What getting ready left behind, 14 MB, goes back to the system. Once, while nothing is a cell's: this waits
            // for everything.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
            return true;
        }
        catch (Exception)
        {
            return false; // nobody has asked yet; whoever does will see it
        }
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task RunPartsAsync(Submission submission, RunningCell cell)
    {
        List<Action> atEnd = [];
        foreach (var part in CellParts.Split(submission, _languages, _commands.Contains))
        {
            try
            {
                await RunPartAsync(part, cell, atEnd);
            }
            catch (CommandException e)
            {
                throw new CellException(ErrorDescription.OfCommand(submission.Name, part.Line, e.Message), e);
            }
        }
        atEnd.ForEach(action => action());
    }

    private async Task RunPartAsync(CellPart part, RunningCell cell, List<Action> atEnd)
    {
        if (part is CommandPart command)
        {
            await _commands[command.Name].RunAsync(new(
                command, cell, _languages, _commands, _workingDirectory,
                imported => RunPartsAsync(imported, cell), atEnd));
        }
        else if (part is CodePart { Language: CSharpLanguage } asking && Question.Parse(asking.Code) is { } question)
        {
            cell.Help = await _csharp.Assistant.AnswerAsync(question, cell.Interruption)
                ?? throw new CommandException($"Nothing is known of {question.Name}.");
        }
        else if (part is CodePart code && await code.Language.RunAsync(code, cell) is { } value)
        {
            _router.Emit(new ResultOutput(value));
        }
    }

    private async Task<ErrorOutput?> RunAsync(RunningCell cell, Func<Task> work)
    {
        using var giveUp = new CancellationTokenSource();
        var thread = _thread;
        var running = thread.RunAsync(() => RunOnThreadAsync(thread, _context, cell, work), giveUp.Token);
        var interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cell.Interruption.Register(() =>
        {
            Interruption.Raise();
            _ = running.ContinueWith(_ => Interruption.Lower(), TaskScheduler.Default);
            interrupted.TrySetResult();
        });
        await Task.WhenAny(running, interrupted.Task).ConfigureAwait(false);
        if (running.IsCompleted || await EndsWithinAsync(running, UntilWoken).ConfigureAwait(false))
            return await running.ConfigureAwait(false);
        thread.Wake();
        if (await EndsWithinAsync(running, UntilGivenUp).ConfigureAwait(false))
            return await running.ConfigureAwait(false);
        await giveUp.CancelAsync().ConfigureAwait(false);
        var ended = await EndsWithinAsync(running, cell.IsLost ? TimeSpan.Zero : _gracePeriod).ConfigureAwait(false);
        if (ended && !running.IsCanceled)
            return await running.ConfigureAwait(false);
        // What now still comes back has nobody who waits for it.
        cell.Abandon();
        if (ended)
            return ErrorDescription.OfInterruption();
        thread.Dispose();
        _thread = new CellThread(BackgroundErrors.Report);
        return ErrorDescription.OfAbandonment(cell.Name, _gracePeriod);
    }

    private static async Task<bool> EndsWithinAsync(Task task, TimeSpan time) =>
        await Task.WhenAny(task, Task.Delay(time)).ConfigureAwait(false) == task;

    private static async Task<ErrorOutput?> RunOnThreadAsync(
        CellThread thread, ExecutionContext? context, RunningCell cell, Func<Task> work)
    {
        if (context is not null)
            ExecutionContext.Restore(context);
        RunningCell.Current = cell;
        try
        {
            await work();
            thread.RunContinuations();
            return null;
        }
        catch (Exception e) when (cell.WasStoppedBy(e))
        {
            return ErrorDescription.OfInterruption();
        }
        catch (CellException e)
        {
            return e.Error;
        }
        catch (Exception e)
        {
            // To show a value is to call into the library that it comes from.
            return ErrorDescription.OfException(e);
        }
    }
}
