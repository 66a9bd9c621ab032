using System.IO.Pipes;
using System.Text;

namespace Gsr.Kernel.Sessions.Capture;

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

    /// <inheritdoc/>
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
