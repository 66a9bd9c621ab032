using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text;

namespace Gsr.Kernel.Sessions.Capture;

/// <summary>
/// Captures what reaches the file descriptors 1 and 2 without passing through <see cref="Console"/>: native code and
/// child processes. The process' own channel to its host must be another one (it is a socket).
/// </summary>
internal sealed class FileDescriptorCapture : IDisposable
{
    private static int Owned;

    private readonly DescriptorPipe[] _pipes;

    private FileDescriptorCapture(OutputRouter router) =>
        _pipes = [new(1, "stdout", router), new(2, "stderr", router)];

    /// <summary>Starts capturing; null on a system without descriptors or while another session has them.</summary>
    public static FileDescriptorCapture? TryStart(OutputRouter router)
    {
        if (OperatingSystem.IsWindows() || Interlocked.Exchange(ref Owned, 1) != 0)
            return null;
        try
        {
            return new FileDescriptorCapture(router);
        }
        catch (IOException)
        {
            Volatile.Write(ref Owned, 0);
            return null;
        }
    }

    /// <summary>Hands on everything that has been written so far, the C library's buffers included.</summary>
    public void Drain()
    {
        _ = LibC.Flush(0);
        foreach (var pipe in _pipes)
            pipe.Drain();
    }

    public void Dispose()
    {
        Drain();
        foreach (var pipe in _pipes)
            pipe.Dispose();
        Volatile.Write(ref Owned, 0);
    }
}

/// <summary>One file descriptor, led into a pipe whose other end a thread reads.</summary>
internal sealed class DescriptorPipe : IDisposable
{
    // How soon the reader notices that it is no longer wanted while a child process keeps the pipe open.
    private const int IdleMilliseconds = 500;

    private readonly int _descriptor;
    private readonly int _original;
    private readonly string _stream;
    private readonly OutputRouter _router;
    private readonly AnonymousPipeServerStream _pipe;
    private readonly int _readEnd;
    private readonly Lock _gate = new();
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly byte[] _bytes = new byte[16 * 1024];
    private readonly char[] _chars = new char[16 * 1024 + 1];
    private volatile bool _ended;

    public DescriptorPipe(int descriptor, string stream, OutputRouter router)
    {
        (_descriptor, _stream, _router) = (descriptor, stream, router);
        _original = LibC.Duplicate(descriptor);
        if (_original < 0)
            throw new IOException($"File descriptor {descriptor} is not open.");
        // Both ends close on exec, so that a child process holds the descriptor alone.
        _pipe = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.None);
        _readEnd = (int)_pipe.SafePipeHandle.DangerousGetHandle();
        if (LibC.Duplicate((int)_pipe.ClientSafePipeHandle.DangerousGetHandle(), descriptor) < 0)
            throw new IOException($"File descriptor {descriptor} cannot be captured.");
        _pipe.DisposeLocalCopyOfClientHandle();
        new Thread(ReadAll) { IsBackground = true, Name = $"capture {stream}" }.Start();
    }

    /// <summary>Hands on what is in the pipe now.</summary>
    public void Drain()
    {
        lock (_gate)
        {
            while (!_ended && HasInput(0))
                ReadOnce();
        }
    }

    public void Dispose()
    {
        _ = LibC.Duplicate(_original, _descriptor);
        _ = LibC.Close(_original);
        Drain();
        _ended = true;
    }

    private void ReadAll()
    {
        while (!_ended)
        {
            // Waits outside the lock, so that Drain never waits for output that may not come.
            if (HasInput(IdleMilliseconds))
                Drain();
        }
        _pipe.Dispose();
    }

    private bool HasInput(int milliseconds)
    {
        var poll = new LibC.PollDescriptor { Descriptor = _readEnd, Events = LibC.PollIn };
        return LibC.Poll(ref poll, 1, milliseconds) > 0;
    }

    private void ReadOnce()
    {
        var count = (int)LibC.Read(_readEnd, _bytes, (nuint)_bytes.Length);
        if (count <= 0)
        {
            _ended = true;
            return;
        }
        _router.Write(_stream, _chars.AsSpan(0, _decoder.GetChars(_bytes, 0, count, _chars, 0)));
    }
}

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
