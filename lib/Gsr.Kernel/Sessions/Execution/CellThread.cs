using System.Collections.Concurrent;
using System.Diagnostics;

namespace Gsr.Kernel.Sessions.Execution;

/// <summary>
/// The one thread on which every cell runs, continuations after <c>await</c> included: native libraries keep state per
/// thread (libtorch's grad mode among it), and that state must not change over an <c>await</c>.
/// </summary>
internal sealed class CellThread : IDisposable
{
    private const int Idle = 0, Busy = 1, Interrupting = 2, Interrupted = 3;

    // A notebook's recursion is as deep as its author likes.
    private const int StackSize = 16 * 1024 * 1024;

    private readonly BlockingCollection<Work> _queue = [];
    private readonly Queue<Work> _deferred = [];
    private readonly Action<Exception, RunningCell?> _unhandled;
    private readonly Thread _thread;
    private int _state;

    /// <param name="unhandled">
    /// Takes exceptions that no cell awaits, such as those of <c>async void</c>, and the cell that they descend from.
    /// </param>
    public CellThread(Action<Exception, RunningCell?> unhandled)
    {
        _unhandled = unhandled;
        _thread = new Thread(Pump, StackSize) { IsBackground = true, Name = "cells" };
        _thread.Start();
    }

    /// <summary>Runs <paramref name="work"/> on the thread, its continuations included.</summary>
    /// <param name="work">What to run.</param>
    /// <param name="giveUp">Ends the wait for work that has left the thread and only awaits something.</param>
    public Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken giveUp)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() => _ = CompleteAsync(), isContinuation: false);
        var registration = giveUp.Register(() => Post(() => done.TrySetCanceled(giveUp), isContinuation: false));
        _ = done.Task.ContinueWith(
            _ => registration.Dispose(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return done.Task;

        async Task CompleteAsync()
        {
            try
            {
                done.TrySetResult(await work());
            }
            catch (Exception e)
            {
                done.TrySetException(e);
            }
        }
    }

    public void Dispose() => _queue.CompleteAdding();

    public bool IsCurrent => Thread.CurrentThread == _thread;

    /// <summary>True while it runs something, false while it waits for something to run.</summary>
    public bool IsBusy => Volatile.Read(ref _state) != Idle;

    /// <summary>Lets the thread run <paramref name="action"/> when it comes to it.</summary>
    public void Post(Action action, bool isContinuation)
    {
        try
        {
            _queue.Add(new(action, isContinuation, RunningCell.Current));
        }
        catch (InvalidOperationException)
        {
            // The session is over: whatever still wants to continue has nobody left to continue for.
        }
    }

    /// <summary>In the middle of a wait, runs one continuation if there is one; cells stay queued.</summary>
    public bool TryRunContinuation()
    {
        while (_queue.TryTake(out var item))
        {
            if (!item.IsContinuation)
            {
                _deferred.Enqueue(item);
                continue;
            }
            try
            {
                item.Action();
            }
            catch (Exception e) when (e is not ThreadInterruptedException)
            {
                _unhandled(e, item.Cell);
            }
            return true;
        }
        return false;
    }

    /// <summary>
    /// Runs the continuations that have come by now: an <c>async void</c> of a cell goes on where the cell lets it, and
    /// what it throws shall count as the cell's.
    /// </summary>
    public void RunContinuations()
    {
        // Twice, since what it throws comes as a continuation of its own.
        for (var round = 0; round < 2 && IsCurrent; round++)
        {
            for (var left = _queue.Count; left > 0 && TryRunContinuation(); left--)
            {
            }
        }
    }

    private void Pump()
    {
        SynchronizationContext.SetSynchronizationContext(new CellContext(this));
        while (!_queue.IsCompleted)
        {
            try
            {
                Run(_deferred.TryDequeue(out var deferred) ? deferred : _queue.Take());
            }
            catch (ThreadInterruptedException)
            {
                // Meant for a cell that had already ended.
            }
            catch (InvalidOperationException)
            {
                return;
            }
        }
    }

    private void Run(Work work)
    {
        Volatile.Write(ref _state, Busy);
        try
        {
            work.Action();
        }
        catch (Exception e)
        {
            _unhandled(e, work.Cell);
        }
        finally
        {
            Settle();
        }
    }

    /// <summary>Ends what the thread waits for, now or next, with an exception.</summary>
    public void Wake()
    {
        if (Interlocked.CompareExchange(ref _state, Interrupting, Busy) != Busy)
            return;
        _thread.Interrupt();
        Volatile.Write(ref _state, Interrupted);
    }

    // An interruption that met no wait stays pending and would hit the next cell; it is used up here. No lock and no
    // yielding spin: both are waits themselves.
    private void Settle()
    {
        if (Interlocked.CompareExchange(ref _state, Idle, Busy) == Busy)
            return;
        while (Volatile.Read(ref _state) == Interrupting)
            Thread.SpinWait(20);
        try
        {
            Thread.Sleep(1);
        }
        catch (ThreadInterruptedException)
        {
        }
        Volatile.Write(ref _state, Idle);
    }

    private readonly record struct Work(Action Action, bool IsContinuation, RunningCell? Cell);
}

/// <summary>
/// Brings continuations back to the cell thread. When a cell blocks on a task (<c>.Result</c>, <c>.Wait()</c>), the
/// continuations that the task needs would wait behind the cell for ever; so the wait runs them in between.
/// </summary>
internal sealed class CellContext : SynchronizationContext
{
    // A wait for a lock is shorter than this, and nothing foreign should run in the middle of one.
    private const int Grace = 15;

    private readonly CellThread _thread;

    public CellContext(CellThread thread)
    {
        _thread = thread;
        SetWaitNotificationRequired();
    }

    public override void Post(SendOrPostCallback d, object? state) =>
        _thread.Post(() => d(state), isContinuation: true);

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (_thread.IsCurrent)
        {
            d(state);
            return;
        }
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _thread.Post(
            () =>
            {
                try
                {
                    d(state);
                    done.SetResult();
                }
                catch (Exception e)
                {
                    done.SetException(e);
                }
            },
            isContinuation: true);
        done.Task.GetAwaiter().GetResult();
    }

    public override SynchronizationContext CreateCopy() => this;

    public override int Wait(IntPtr[] waitHandles, bool waitAll, int millisecondsTimeout)
    {
        if (!_thread.IsCurrent || !_thread.IsBusy || millisecondsTimeout is >= 0 and <= Grace)
            return WaitHelper(waitHandles, waitAll, millisecondsTimeout);
        var watch = Stopwatch.StartNew();
        var slice = Grace;
        while (true)
        {
            var left = millisecondsTimeout < 0 ? int.MaxValue : millisecondsTimeout - watch.ElapsedMilliseconds;
            var result = WaitHelper(waitHandles, waitAll, (int)Math.Clamp(left, 0, slice));
            if (result != WaitHandle.WaitTimeout || left <= 0)
                return result;
            // Where one continuation came, the next is likely to follow soon.
            slice = _thread.TryRunContinuation() ? 1 : Math.Min(2 * slice, Grace);
        }
    }
}
