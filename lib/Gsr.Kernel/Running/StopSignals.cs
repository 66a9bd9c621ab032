using System.Runtime.InteropServices;

namespace Gsr.Kernel.Running;

/// <summary>Turns Ctrl-C and other signals into a cancellation, so that a command completes its files first.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly List<PosixSignalRegistration> _registrations;

    public StopSignals(CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
        _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, Stop))];
    }

    public CancellationToken Token => _stop.Token;

    /// <summary>Whether it was told by SIGTERM, as schedulers do when the time is over.</summary>
    public bool IsTerminated { get; private set; }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _stop.Dispose();
    }

    // The second signal finds the default action again: whoever asks twice does not want to wait.
    private void Stop(PosixSignalContext context)
    {
        IsTerminated |= context.Signal == PosixSignal.SIGTERM && !_stop.IsCancellationRequested;
        context.Cancel = !_stop.IsCancellationRequested;
        _stop.Cancel();
    }
}
