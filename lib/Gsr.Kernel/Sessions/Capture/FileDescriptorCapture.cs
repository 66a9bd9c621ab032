namespace Gsr.Kernel.Sessions.Capture;

/// <summary>
/// Captures what reaches the file descriptors 1 and 2 without passing through <see cref="Console"/>: native code and
/// child processes. The process' own channel to its host must be another one (it is a socket).
/// </summary>
internal sealed class FileDescriptorCapture : IDisposable
{
    private static int s_owned;

    private readonly DescriptorPipe[] _pipes;

    private FileDescriptorCapture(OutputRouter router) =>
        _pipes = [new(1, "stdout", router), new(2, "stderr", router)];

    /// <summary>Starts capturing; null where the system has no such descriptors or another session holds them.</summary>
    public static FileDescriptorCapture? TryStart(OutputRouter router)
    {
        if (OperatingSystem.IsWindows() || Interlocked.Exchange(ref s_owned, 1) != 0)
            return null;
        try
        {
            return new FileDescriptorCapture(router);
        }
        catch (IOException)
        {
            Volatile.Write(ref s_owned, 0);
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

    /// <summary>Gives the descriptors back.</summary>
    public void Dispose()
    {
        Drain();
        foreach (var pipe in _pipes)
            pipe.Dispose();
        Volatile.Write(ref s_owned, 0);
    }
}
