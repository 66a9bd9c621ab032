using System.Diagnostics;

namespace Gsr.SingleCell;

/// <summary>
/// Says how far a step of preparation has come, where it takes longer than a second, and ends it when it is cancelled.
/// </summary>
/// <param name="progress">Takes a line up to four times a second, such as "variable genes: 34 %, 0:12 left".</param>
/// <param name="cancellation">Looked at for every block.</param>
internal sealed class Watch(Action<string>? progress, CancellationToken cancellation)
{
    private static readonly TimeSpan Silent = TimeSpan.FromSeconds(1), Interval = TimeSpan.FromMilliseconds(250),
        Longest = TimeSpan.FromHours(24);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private string _step = "";
    private TimeSpan _next = Silent;

    /// <summary>Begins a step.</summary>
    public Watch Step(string name)
    {
        _step = name;
        _next = Silent;
        _clock.Restart();
        return this;
    }

    /// <summary>Throws where the work was cancelled.</summary>
    /// <exception cref="OperationCanceledException">It was.</exception>
    public void Check() => cancellation.ThrowIfCancellationRequested();

    /// <summary>Says which share of the step is done, or, where none is known, for how long it has been going on.</summary>
    public void Report(double? done = null)
    {
        Check();
        var elapsed = _clock.Elapsed;
        if (progress is null || elapsed < _next) return;
        _next = elapsed + Interval;
        progress(done is { } share && share > elapsed / Longest
            ? FormattableString.Invariant(
                $"{_step}: {100 * share:F0} %, {elapsed * ((1 - share) / share):h\\:mm\\:ss} left")
            : FormattableString.Invariant($"{_step}: since {elapsed:h\\:mm\\:ss}"));
    }

    /// <summary>The same from several threads at once.</summary>
    public void ReportOne(double done)
    {
        Check();
        if (!Monitor.TryEnter(_clock)) return;
        try
        {
            Report(done);
        }
        finally
        {
            Monitor.Exit(_clock);
        }
    }

    /// <summary>
    /// Waits for work that cannot be divided, such as a decomposition; cancelled, it is left to itself.
    /// </summary>
    public T Await<T>(Func<T> work)
    {
        if (progress is null && !cancellation.CanBeCanceled) return work();
        var task = Task.Run(work, CancellationToken.None);
        // Waited for by its handle, since waiting for itself would wrap its exception.
        while (!((IAsyncResult)task).AsyncWaitHandle.WaitOne(0))
        {
            WaitHandle.WaitAny([((IAsyncResult)task).AsyncWaitHandle, cancellation.WaitHandle], Interval);
            Report();
        }
        return task.GetAwaiter().GetResult();
    }
}
