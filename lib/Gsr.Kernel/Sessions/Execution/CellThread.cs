using System.Collections.Concurrent;

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

    private readonly BlockingCollection<(Action Action, bool IsContinuation)> _queue = [];
    private readonly Queue<Action> _deferred = [];
    private readonly Action<Exception> _unhandled;
    private readonly Thread _thread;
    private int _state;

    /// <param name="unhandled">Told of exceptions that no cell awaits, such as those of <c>async void</c>.</param>
    public CellThread(Action<Exception> unhandled)
    {
        _unhandled = unhandled;
        _thread = new Thread(Pump, StackSize) { IsBackground = true, Name = "cells" };
        _thread.Start();
    }

    /// <summary>Runs <paramref name="work"/> on the thread, its continuations included.</summary>
    /// <param name="work">What to run.</param>
    /// <param name="giveUp">Ends the wait for work that has handed the thread back and merely awaits something.</param>
    public Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken giveUp)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() => _ = CompleteAsync(), isContinuation: false);
        var registration = giveUp.Register(() => Post(() => done.TrySetCanceled(giveUp), isContinuation: false));
        _ = done.Task.ContinueWith(_ => registration.Dispose(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
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

    /// <summary>Ends the thread as soon as it is idle.</summary>
    public void Dispose() => _queue.CompleteAdding();

    /// <summary>True on the thread itself.</summary>
    public bool IsCurrent => Thread.CurrentThread == _thread;

    /// <summary>True while it runs something, false while it waits for something to run.</summary>
    public bool IsBusy => Volatile.Read(ref _state) != Idle;

    /// <summary>Lets the thread run <paramref name="action"/> when it comes to it.</summary>
    public void Post(Action action, bool isContinuation)
    {
        try
        {
            _queue.Add((action, isContinuation));
        }
        catch (InvalidOperationException)
        {
            // The session is over: whatever still wants to continue has nobody left to continue for.
        }
    }

    /// <summary>
    /// On the thread itself, in the middle of a wait: runs one continuation if there is one. Cells and their ends stay
    /// where they are, since a cell must not start inside of another one.
    /// </summary>
    public bool TryRunContinuation()
    {
        while (_queue.TryTake(out var item))
        {
            if (!item.IsContinuation)
            {
                _deferred.Enqueue(item.Action);
                continue;
            }
            try
            {
                item.Action();
            }
            catch (Exception e) when (e is not ThreadInterruptedException)
            {
                _unhandled(e);
            }
            return true;
        }
        return false;
    }

    private void Pump()
    {
        SynchronizationContext.SetSynchronizationContext(new CellContext(this));
        while (!_queue.IsCompleted)
        {
            try
            {
                Run(_deferred.TryDequeue(out var deferred) ? deferred : _queue.Take().Action);
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

    private void Run(Action action)
    {
        Volatile.Write(ref _state, Busy);
        try
        {
            action();
        }
        catch (Exception e)
        {
            _unhandled(e);
        }
        finally
        {
            Settle();
        }
    }

    /// <summary>Wakes the thread from what it waits for, with an exception; if it runs, from what it waits for next.</summary>
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
}
