using System.Diagnostics;

namespace Gsr.Kernel.Sessions.Execution;

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

    public override void Post(SendOrPostCallback d, object? state) => _thread.Post(() => d(state), isContinuation: true);

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
