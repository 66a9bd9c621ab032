using System.Collections.Concurrent;

namespace Gsr.Kernel.Execution;

/// <summary>
/// The one thread on which every cell runs, continuations after <c>await</c> included: native libraries keep state per
/// thread (libtorch's grad mode among it), and that state must not change over an <c>await</c>.
/// </summary>
internal sealed class CellThread : IDisposable
{
    private const int Idle = 0, Busy = 1, Interrupting = 2, Interrupted = 3;

    // A notebook's recursion is as deep as its author likes.
    private const int StackSize = 16 * 1024 * 1024;

    private readonly BlockingCollection<Action> _queue = [];
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

    /// <summary>
    /// Runs <paramref name="work"/> on the thread. A cancellation wakes its waits; where it has handed the thread back
    /// and merely awaits something, the wait for it is given up. Work that ignores the interruption stays running.
    /// </summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() => _ = CompleteAsync());
        await using var registration = cancellationToken.Register(() =>
        {
            Interrupt();
            Post(() => done.TrySetCanceled(cancellationToken));
        });
        return await done.Task.ConfigureAwait(false);

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

    private void Post(Action action)
    {
        try
        {
            _queue.Add(action);
        }
        catch (InvalidOperationException)
        {
            // The session is over: whatever still wants to continue has nobody left to continue for.
        }
    }

    private void Pump()
    {
        SynchronizationContext.SetSynchronizationContext(new Context(this));
        while (!_queue.IsCompleted)
        {
            try
            {
                Run(_queue.Take());
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

    private void Interrupt()
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

    private sealed class Context(CellThread owner) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => owner.Post(() => d(state));

        public override void Send(SendOrPostCallback d, object? state)
        {
            if (Thread.CurrentThread == owner._thread)
            {
                d(state);
                return;
            }
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            owner.Post(() =>
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
            });
            done.Task.GetAwaiter().GetResult();
        }

        public override SynchronizationContext CreateCopy() => this;
    }
}
