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
