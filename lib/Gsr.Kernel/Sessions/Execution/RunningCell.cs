using Gsr.Kernel.Outputs;
using Gsr.Kernel.Sessions.Capture;

namespace Gsr.Kernel.Sessions.Execution;

/// <summary>One execution of a cell, and everything that descends from it: its awaits, tasks and threads.</summary>
internal sealed class RunningCell(
    OutputRouter router, string name, Action<CellOutput> emit, CancellationToken interruption)
{
    private static readonly AsyncLocal<RunningCell?> CurrentCell = new();

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
    public CancellationToken Interruption { get; } = interruption;

    /// <summary>The answer to a cell that asks what something is.</summary>
    public MimeBundle? Help { get; set; }

    /// <summary>Hands an output to whoever asked for the execution; only the router calls it.</summary>
    public void Hand(CellOutput output) => emit(output);

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
}
