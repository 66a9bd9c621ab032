using System.Runtime.CompilerServices;

namespace Gsr.Kernel.Sessions.Execution;

/// <summary>
/// Where a cell notices that it shall stop. The engine weaves these calls into the loops, functions and awaits of
/// cells; a library's long loop may call <see cref="Check"/> itself.
/// </summary>
public static class Interruption
{
    // Code that cleans up after the exception runs through polls too, and must come to its end. Code that catches the
    // exception and goes on gets it again and again after that.
    private const int QuietMilliseconds = 20;

    // How long the tasks of a cell that has stopped may take to notice.
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(2);

    // Volatile: a compiler that may keep the value in a register takes the poll out of the loop.
    private static volatile int Pending;

    [ThreadStatic]
    private static (RunningCell? Cell, long Until) Quiet;

    /// <summary>Throws when the cell of the running code was interrupted; else costs one comparison.</summary>
    /// <exception cref="OperationCanceledException">The cell was interrupted.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Check()
    {
        if (Pending != 0)
            CheckCell();
    }

    /// <summary>
    /// <see cref="Check"/> between the statements of a cell; keeps for the next cell what they set for the flow of
    /// execution, as the current culture.
    /// </summary>
    /// <exception cref="OperationCanceledException">The cell was interrupted.</exception>
    public static void Step()
    {
        Check();
        if (RunningCell.Current is { } cell)
            cell.Context = ExecutionContext.Capture();
    }

    /// <summary>
    /// <see cref="Check"/> at the start of a function; also throws where so many functions call each other that the
    /// stack is about to overflow, which would end the process.
    /// </summary>
    /// <exception cref="OperationCanceledException">The cell was interrupted.</exception>
    /// <exception cref="InsufficientExecutionStackException">The functions call each other without end.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Enter()
    {
        Check();
        RuntimeHelpers.EnsureSufficientExecutionStack();
    }

    /// <summary>Makes the wait for a task end with the interruption of the cell.</summary>
    /// <param name="task">What is awaited.</param>
    public static Task Await(Task task) => Token(task) is { } token ? task.WaitAsync(token)
        : Overflow(task) is { } overflow ? Task.FromException(overflow) : task;

    /// <inheritdoc cref="Await(Task)"/>
    public static Task<T> Await<T>(Task<T> task) => Token(task) is { } token ? task.WaitAsync(token)
        : Overflow(task) is { } overflow ? Task.FromException<T>(overflow) : task;

    /// <inheritdoc cref="Await(Task)"/>
    public static ValueTask Await(ValueTask task) =>
        task.IsCompletedSuccessfully ? task : new(Await(task.AsTask()));

    /// <inheritdoc cref="Await(Task)"/>
    public static ValueTask<T> Await<T>(ValueTask<T> task) =>
        task.IsCompletedSuccessfully ? task : new(Await(task.AsTask()));

    /// <summary>Other awaitables are awaited as they are.</summary>
    /// <typeparam name="T">The type of the awaitable.</typeparam>
    /// <param name="awaitable">What is awaited.</param>
    public static T Await<T>(T awaitable) => awaitable;

    /// <summary>From now on polls look whether it is their cell that shall stop.</summary>
    internal static void Raise() => Interlocked.Increment(ref Pending);

    /// <summary>Called once for each <see cref="Raise"/>, when the cell has stopped.</summary>
    internal static void Lower() => _ = Task.Delay(Aftermath).ContinueWith(
        _ => Interlocked.Decrement(ref Pending),
        CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private static CancellationToken? Token(Task? task) =>
        task is not { IsCompleted: false } || RunningCell.Current is not { } cell ? null : cell.Interruption;

    // Of functions that await each other without end, each adds its frame to those of all below it: that takes minutes.
    private static InsufficientExecutionStackException? Overflow(Task? task) =>
        task is { IsFaulted: true, Exception.InnerException: InsufficientExecutionStackException e }
            ? new(e.Message) : null;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CheckCell()
    {
        if (RunningCell.Current is not { Interruption.IsCancellationRequested: true } cell)
            return;
        var now = Environment.TickCount64;
        if (Quiet.Cell != cell)
            Quiet = (cell, now + QuietMilliseconds);
        else if (now < Quiet.Until)
            return;
        throw new OperationCanceledException("The cell was interrupted.", cell.Interruption);
    }
}
