using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Gsr.Kernel.Sessions.Capture;

/// <summary>
/// Captures what reaches the file descriptors 1 and 2 without passing through <see cref="Console"/>: native code and
/// child processes. The process' own channel to its host must be another one (it is a socket).
/// </summary>
internal sealed class FileDescriptorCapture : IDisposable
{
    private static int Owned;

    private readonly LastWords _lastWords = new();
    private readonly DescriptorPipe[] _pipes;

    private FileDescriptorCapture(OutputRouter router) => _pipes =
    [
        new(1, "stdout", router, _lastWords.Pipes[0]), new(2, "stderr", router, _lastWords.Pipes[1]),
    ];

    /// <summary>Starts capturing; null on a system without descriptors or while another session has them.</summary>
    public static FileDescriptorCapture? TryStart(OutputRouter router)
    {
        if (OperatingSystem.IsWindows() || Interlocked.Exchange(ref Owned, 1) != 0)
            return null;
        try
        {
            return new FileDescriptorCapture(router);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
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
        _lastWords.RemoveFolder();
        Drain();
        foreach (var pipe in _pipes)
            pipe.Dispose();
        _lastWords.Dispose();
        Volatile.Write(ref Owned, 0);
    }
}

/// <summary>One file descriptor, led into a pipe whose other end a thread reads.</summary>
internal sealed class DescriptorPipe : IDisposable
{
    // How soon the reader notices that it is no longer wanted while a child process keeps the pipe open.
    private const int IdleMilliseconds = 500;

    // What a process says last shall still be in the pipe when it dies: read, it would be lost. On a busy machine that
    // takes a while.
    private const int Grace = 200;

    private const int MostPassedOn = 16 * 1024;
    private const uint UntilSilent = 2; // seconds

    private static readonly byte[][] LastWordsBegin =
    [
        "Stack overflow.\n"u8.ToArray(), "Process terminated."u8.ToArray(), "Fatal error. System."u8.ToArray(),
    ];

    private readonly int _descriptor;
    private readonly int _original;
    private readonly string _stream;
    private readonly OutputRouter _router;
    private readonly SafeFileHandle _pipe;
    private readonly int _readEnd;
    private readonly Lock _gate = new();
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly byte[] _bytes = new byte[16 * 1024];
    private readonly char[] _chars = new char[16 * 1024 + 1];
    private volatile bool _ended;

    public DescriptorPipe(int descriptor, string stream, OutputRouter router, SafeFileHandle pipe)
    {
        (_descriptor, _stream, _router, _pipe) = (descriptor, stream, router, pipe);
        _original = LibC.Duplicate(descriptor);
        if (_original < 0)
            throw new IOException($"File descriptor {descriptor} is not open.");
        // Closed on exec, so that a child process holds the descriptor alone.
        _readEnd = (int)pipe.DangerousGetHandle();
        if (LibC.Duplicate(_readEnd, descriptor) < 0)
            throw new IOException($"File descriptor {descriptor} cannot be captured.");
        // What is called between the process' last words and its end shall not have to be compiled then.
        _ = AreLastWords([]);
        _ = LibC.Write(_original, [], 0);
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
            if (!HasInput(IdleMilliseconds))
                continue;
            if (_descriptor == 2)
                Thread.Sleep(Grace);
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
        var areLastWords = _descriptor == 2 && AreLastWords(_bytes.AsSpan(0, count));
        if (areLastWords)
            _ = LibC.Write(_original, _bytes, (nuint)count); // at once: there may be no time for more
        _router.Write(_stream, _chars.AsSpan(0, _decoder.GetChars(_bytes, 0, count, _chars, 0)));
        if (areLastWords)
            PassOn();
    }

    private static bool AreLastWords(ReadOnlySpan<byte> text)
    {
        foreach (var words in LastWordsBegin)
        {
            if (text.IndexOf(words) is >= 0 and var at && (at == 0 || text[at - 1] == '\n'))
                return true;
        }
        return false;
    }

    // The runtime is about to end the process, after up to fifty megabytes of frames that it waits to get rid of. The
    // thread whose stack overflowed stands still, and with it whoever needs a garbage collection: so from here on
    // nothing is allocated, and if that was not enough the alarm ends the process. Silence tells that the words were
    // those of another process.
    private void PassOn()
    {
        _router.Flush();
        for (int left = MostPassedOn, count; ; left -= count)
        {
            _ = LibC.Alarm(2 * UntilSilent);
            count = HasInput(1000 * (int)UntilSilent) ? (int)LibC.Read(_readEnd, _bytes, (nuint)_bytes.Length) : 0;
            if (count <= 0)
                break;
            if (left > 0)
                _ = LibC.Write(_original, _bytes, (nuint)count);
        }
        _ = LibC.Alarm(0);
    }
}
