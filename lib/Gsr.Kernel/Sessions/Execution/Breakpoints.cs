using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Gsr.Kernel.Sessions.Execution;

/// <summary>
/// Where cells stop for somebody who debugs them. The engine weaves these calls before the statements of the cells that
/// are compiled meanwhile (<see cref="StopWeaver"/>); a stop holds the thread until it is told to go on.
/// </summary>
public static class Breakpoints
{
    private static readonly Lock Turn = new();
    private static FrozenSet<(int Cell, int Line)> Lines = [];

    /// <summary>How many frames deep the next statement may be that is stopped at by a step; -1 when none is.</summary>
    private static volatile int StepDepth = -1;

    /// <summary>Takes each stop, and null when it is over, on its thread; null while nobody debugs.</summary>
    internal static Action<Stop?>? Stopped { get; set; }

    /// <summary>The cell that is compiled now, as who debugs numbers it; 0 for one that nobody asked about.</summary>
    internal static int Cell { get; set; }

    /// <summary>Sets all lines, from 1, at which cells stop.</summary>
    internal static void Set(IEnumerable<(int Cell, int Line)> lines) => Lines = lines.ToFrozenSet();

    /// <summary>Lets the next statement stop that is no deeper than this; -1 lets none.</summary>
    internal static void Step(int depth) => StepDepth = depth;

    /// <summary>Whether to stop before the statement that begins on a line.</summary>
    /// <param name="cell">The cell's number.</param>
    /// <param name="line">The line, from 1.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool IsAt(int cell, int line) => Stopped is not null
        && (Lines.Contains((cell, line)) || (StepDepth is >= 0 and var depth && Depth() <= depth));

    /// <summary>Stops until who debugs lets it go on, or the cell is interrupted.</summary>
    /// <param name="cell">The cell's number.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="variables">What can be seen there.</param>
    /// <exception cref="OperationCanceledException">The cell was interrupted.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Stop(int cell, int line, params (string Name, object? Value)[] variables)
    {
        // Whatever waits for this thread shall not run in the middle of the statement that it stands at.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            lock (Turn)
            {
                StepDepth = -1;
                using var stop = new Stop(cell, line, Depth(), variables);
                Stopped?.Invoke(stop);
                stop.Wait(RunningCell.Current?.Interruption ?? CancellationToken.None);
            }
        }
        finally
        {
            Stopped?.Invoke(null);
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Depth() => new StackTrace(2, fNeedFileInfo: false).FrameCount;
}

/// <summary>A thread of a cell that stands before a statement.</summary>
internal sealed class Stop(int cell, int line, int depth, (string Name, object? Value)[] variables) : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];

    public int Cell => cell;

    public int Line => line;

    /// <summary>How many frames there are; one that is called from it has more.</summary>
    public int Depth => depth;

    /// <summary>What can be seen where it stands, inner names before outer ones.</summary>
    public (string Name, object? Value)[] Variables => variables;

    /// <summary>Runs something on the thread that stands: to show a value is to call into its library.</summary>
    public Task<T> AskAsync<T>(Func<T> question)
    {
        var answer = new Task<T>(question);
        _work.Add(answer.RunSynchronously);
        return answer;
    }

    /// <summary>Lets the thread go on.</summary>
    public void Leave() => _work.CompleteAdding();

    public void Wait(CancellationToken interruption)
    {
        foreach (var work in _work.GetConsumingEnumerable(interruption))
            work();
    }

    public void Dispose() => _work.Dispose();
}
