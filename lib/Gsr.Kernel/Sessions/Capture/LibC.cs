using System.Runtime.InteropServices;

namespace Gsr.Kernel.Sessions.Capture;

/// <summary>The few calls of the C library that .NET has no word for.</summary>
internal static partial class LibC
{
    public const short PollIn = 1;

    [LibraryImport("libc", EntryPoint = "dup", SetLastError = true)]
    public static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    public static partial int Duplicate(int descriptor, int target);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(ref PollDescriptor descriptor, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, Span<byte> buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, ReadOnlySpan<byte> buffer, nuint count);

    /// <summary>Makes a pipe that has a name.</summary>
    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int MakePipe(string path, uint mode);

    /// <summary>Lets the system end this process after a time, whatever its threads do; never where it is 0.</summary>
    [LibraryImport("libc", EntryPoint = "alarm")]
    public static partial uint Alarm(uint seconds);

    /// <summary>Makes a process, this one for 0, the first of a group, of which those that it starts will be.</summary>
    [LibraryImport("libc", EntryPoint = "setpgid", SetLastError = true)]
    public static partial int SetGroup(int process, int group);

    [LibraryImport("libc", EntryPoint = "getpgid", SetLastError = true)]
    public static partial int Group(int process);

    /// <summary>Sends a signal to a process, to the group of a negative number, or to one's own group for 0.</summary>
    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Signal(int process, int signal);

    /// <summary>Writes out the C library's own buffers, all of them where <paramref name="stream"/> is null.</summary>
    [LibraryImport("libc", EntryPoint = "fflush")]
    public static partial int Flush(nint stream);

    [StructLayout(LayoutKind.Sequential)]
    public struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Result;
    }
}
