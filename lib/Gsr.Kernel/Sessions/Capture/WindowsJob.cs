using System.Runtime.InteropServices;

namespace Gsr.Kernel.Sessions.Capture;

/// <summary>
/// The part of a process group on Windows: a job, which this process and all that it starts belong to. The system ends
/// what is in it when its last handle is closed, as it is when this process is killed.
/// </summary>
internal static partial class WindowsJob
{
    private const int ExtendedLimits = 9;
    private const uint KillOnClose = 0x2000;

    private static nint Job;

    /// <summary>Puts this process into a job of its own; where the system refuses, there is none.</summary>
    public static void Begin()
    {
        Job = CreateJob(0, 0);
        if (Job != 0 && SetLimits(KillOnClose))
            _ = AssignProcess(Job, -1);
    }

    /// <summary>What this process has started may outlive it.</summary>
    public static void Release()
    {
        if (Job != 0)
            _ = SetLimits(0);
    }

    private static bool SetLimits(uint flags)
    {
        var limits = new Limits { Flags = flags };
        return SetInformation(Job, ExtendedLimits, ref limits, Marshal.SizeOf<Limits>()) != 0;
    }

    [LibraryImport("kernel32", EntryPoint = "CreateJobObjectW")]
    private static partial nint CreateJob(nint attributes, nint name);

    [LibraryImport("kernel32", EntryPoint = "SetInformationJobObject")]
    private static partial int SetInformation(nint job, int kind, ref Limits limits, int size);

    [LibraryImport("kernel32", EntryPoint = "AssignProcessToJobObject")]
    private static partial int AssignProcess(nint job, nint process);

    // JOBOBJECT_EXTENDED_LIMIT_INFORMATION of the Windows API.
    [StructLayout(LayoutKind.Sequential)]
    private struct Limits
    {
        public long ProcessTime, JobTime;
        public uint Flags;
        public nuint SmallestWorkingSet, LargestWorkingSet;
        public uint Processes;
        public nuint Affinity;
        public uint Priority, Scheduling;
        public ulong Reads, Writes, Others, BytesRead, BytesWritten, OtherBytes;
        public nuint ProcessMemory, JobMemory, PeakProcessMemory, PeakJobMemory;
    }
}
