using System.Net.Sockets;

namespace Gsr.Kernel.Running;

/// <summary>
/// A Unix domain socket in a folder that only this user can enter, at which one process is awaited. Unlike an
/// inherited pipe it is not passed on to what a cell starts, so it closes at the moment when the child dies.
/// </summary>
internal sealed class MeetingPoint : IDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public MeetingPoint()
    {
        _folder = Directory.CreateTempSubdirectory("gsr-");
        Path = System.IO.Path.Combine(_folder.FullName, "s");
        try
        {
            _listener.Bind(new UnixDomainSocketEndPoint(Path));
            _listener.Listen(1);
        }
        catch (ArgumentOutOfRangeException e)
        {
            Dispose();
            throw new IOException($"The folder for temporary files has too long a path for a socket: {Path}", e);
        }
    }

    /// <summary>The socket's path.</summary>
    public string Path { get; }

    /// <summary>Waits for the process.</summary>
    public async Task<Socket> AcceptAsync(CancellationToken cancellationToken) => await _listener.AcceptAsync(cancellationToken);

    /// <summary>Stops listening and removes the folder; a connection already made lives on.</summary>
    public void Dispose()
    {
        _listener.Dispose();
        _folder.Delete(recursive: true);
    }
}
