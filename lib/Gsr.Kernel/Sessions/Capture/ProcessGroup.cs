using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Gsr.Kernel.Sessions.Capture;

/// <summary>
/// The processes that cells start, which outlive the process of the cells where that is killed. On Unix they are a
/// group with it, whoever their parent is then; on Windows a job is, and the system still knows whose children they were.
/// </summary>
internal static class ProcessGroup
{
    // SIGKILL, SIGSTOP, SIGCONT.
    private static readonly (int Kill, int Stop, int Continue) Signals =
        OperatingSystem.IsMacOS() ? (9, 17, 19) : (9, 19, 18);

    /// <summary>Makes this process the first of a group, which one that was started by itself is already.</summary>
    public static void Begin()
    {
        if (OperatingSystem.IsWindows())
            WindowsJob.Begin();
        else
            _ = LibC.SetGroup(0, 0);
    }

    /// <summary>This process ends as it should: what it has started may go on, as it may on Unix.</summary>
    public static void Release()
    {
        if (OperatingSystem.IsWindows())
            WindowsJob.Release();
    }

    /// <summary>Ends this process and those of its group.</summary>
    public static void KillOwn()
    {
        if (!OperatingSystem.IsWindows() && LibC.Group(0) == Environment.ProcessId)
            _ = LibC.Signal(0, Signals.Kill);
        Process.GetCurrentProcess().Kill();
    }

    /// <summary>Ends a process, which may be gone, with all that it started.</summary>
    public static void Kill(Process first)
    {
        try
        {
            first.Kill(entireProcessTree: true);
        }
        catch (Exception e)
            when (e is InvalidOperationException or AggregateException or System.ComponentModel.Win32Exception)
        {
            // Gone already, or in part.
        }
        Signal(first.Id, Signals.Kill);
    }

    /// <summary>From now on a terminal that stops or continues this process does so with the group too.</summary>
    public static IReadOnlyList<IDisposable> FollowTerminal(int first) => OperatingSystem.IsWindows() ? [] :
    [
        PosixSignalRegistration.Create(PosixSignal.SIGTSTP, signal =>
        {
            Signal(first, Signals.Stop);
            _ = LibC.Signal(Environment.ProcessId, Signals.Stop);
        }),
        PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ => Signal(first, Signals.Continue)),
    ];

    private static void Signal(int first, int signal)
    {
        if (!OperatingSystem.IsWindows())
            _ = LibC.Signal(-first, signal);
    }
}
