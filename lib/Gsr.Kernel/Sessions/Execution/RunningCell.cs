using Gsr.Kernel.Outputs;
using Gsr.Kernel.Sessions.Capture;

namespace Gsr.Kernel.Sessions.Execution;

/// <summary>One execution of a cell, and everything that descends from it: its awaits, tasks and threads.</summary>
internal sealed class RunningCell(
    OutputRouter router, string name, Action<CellOutput> emit, CancellationToken interruption)
{
    private static readonly AsyncLocal<RunningCell?> CurrentCell = new();

    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(interruption);
    private readonly Lock _gate = new();
    private bool _abandoned;

    /// <summary>The cell that the running code descends from, on any thread; null in native callbacks.</summary>
    public static RunningCell? Current
    {
        get => CurrentCell.Value;
        set => CurrentCell.Value = value;
    }

    public OutputRouter Router { get; } = router;

    public string Name { get; } = name;

    /// <summary>Cancelled when somebody wants the cell to stop.</summary>
    public CancellationToken Interruption => _stop.Token;

    /// <summary>What its statements left in the flow of execution; null when nobody looked.</summary>
    public ExecutionContext? Context { get; set; }

    /// <summary>The first error of what the cell started and did not wait for; null when there was none.</summary>
    public ErrorOutput? Failure { get; private set; }

    /// <summary>Emits such an error; the cell, which may have ended, has failed.</summary>
    public void Fail(ErrorOutput error)
    {
        Failure ??= error;
        Router.Emit(error, this);
    }

    /// <summary>True when a thread of the cell will never return.</summary>
    public bool IsLost { get; private set; }

    /// <summary>A thread of the cell will never return: the cell has failed, and the rest of it shall stop.</summary>
    public void Lose(ErrorOutput error)
    {
        IsLost = true;
        Fail(error);
        _stop.Cancel();
    }

    /// <summary>True for the exception by which somebody's wish to stop the cell comes out of it.</summary>
    public bool WasStoppedBy(Exception e) => Interruption.IsCancellationRequested && IsInterruption(e);

    /// <summary>The answer to a cell that asks what something is.</summary>
    public MimeBundle? Help { get; set; }

    /// <summary>Hands an output to whoever asked for the execution; only the router calls it.</summary>
    public void Hand(CellOutput output) => emit(output switch
    {
        // Notebooks are the same on every system; what values show, their bundles see to.
        StreamOutput stream => stream with { Text = Lines(stream.Text) },
        ErrorOutput error => error with
        {
            Value = Lines(error.Value),
            Traceback = [.. error.Traceback.Select(Lines)],
        },
        _ => output,
    });

    /// <summary>Lets the cell change the state of its session, unless it was given up in the meantime.</summary>
    public void Commit(Action change)
    {
        lock (_gate)
        {
            if (!_abandoned)
                change();
        }
    }

    /// <summary>Gives the cell up: it may still come back, and must then change nothing.</summary>
    public void Abandon()
    {
        lock (_gate)
            _abandoned = true;
    }

    private static string Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    private static bool IsInterruption(Exception e) => e switch
    {
        OperationCanceledException or ThreadInterruptedException => true,
        AggregateException many => many.Flatten().InnerExceptions.All(IsInterruption),
        { InnerException: { } inner } => IsInterruption(inner),
        _ => false,
    };
}
