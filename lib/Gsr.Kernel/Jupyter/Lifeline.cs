using System.Diagnostics;
using System.Runtime.InteropServices;
using Gsr.Kernel.Sessions.Capture;

namespace Gsr.Kernel.Jupyter;

/// <summary>Ends the kernel when its front end is gone, or the runtime has crashed and does not exit.</summary>
internal sealed partial class Lifeline : IDisposable
{
    // Longer than the longest garbage collection; a front end shows the kernel as dead after this time.
    private const uint PatienceInSeconds = 20;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ManualResetEventSlim _ended = new();

    private Lifeline(Func<bool> isOrphan) =>
        // Not a timer, which waits for the thread pool that cells may fill.
        new Thread(() => Watch(isOrphan)) { IsBackground = true, Name = "lifeline" }.Start();

    /// <summary>Starts to watch; dispose of the result to stop.</summary>
    public static Lifeline Start()
    {
        if (OperatingSystem.IsWindows())
        {
            var starter = WindowsParent();
            return new(() => starter is { HasExited: true });
        }
        // An orphan is given to another process; one that was started from a terminal in the background keeps its
        // parent.
        var parent = ParentId();
        return new(() => ParentId() != parent);
    }

    public void Dispose() => _ended.Set();

    private void Watch(Func<bool> isOrphan)
    {
        while (!_ended.Wait(Interval))
        {
            if (isOrphan())
                ProcessGroup.KillOwn();
            // The system's alarm ends a process whose threads stand still; a debugger lets them.
            if (!OperatingSystem.IsWindows())
                _ = LibC.Alarm(Debugger.IsAttached ? 0 : PatienceInSeconds);
        }
        if (!OperatingSystem.IsWindows())
            _ = LibC.Alarm(0);
    }

    private static Process? WindowsParent()
    {
        var information = new ProcessInformation();
        try
        {
            if (QueryProcess(-1, 0, ref information, Marshal.SizeOf<ProcessInformation>(), out _) != 0)
                return null;
            var parent = Process.GetProcessById((int)information.ParentId);
            _ = parent.SafeHandle; // from now on the number belongs to nobody else
            return parent;
        }
        catch (Exception e)
            when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null; // gone already, or not ours to look at
        }
    }

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int ParentId();

    [LibraryImport("ntdll", EntryPoint = "NtQueryInformationProcess")]
    private static partial int QueryProcess(
        nint process, int kind, ref ProcessInformation information, int size, out int written);

    // PROCESS_BASIC_INFORMATION of the Windows API.
    [StructLayout(LayoutKind.Sequential)]
    private struct ProcessInformation
    {
        public nint ExitStatus, Environment, Affinity, Priority, Id, ParentId;
    }
}
