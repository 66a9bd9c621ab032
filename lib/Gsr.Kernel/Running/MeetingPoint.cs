using System.IO.Pipes;

namespace Gsr.Kernel.Running;

/// <summary>
/// A named pipe at which one process of the same user is awaited; on Unix it is a socket in a folder that only this
/// user can enter. Unlike an inherited pipe it is not passed on to what a cell starts, so it closes at the moment when
/// the child dies.
/// </summary>
internal sealed class MeetingPoint : IDisposable
{
    private readonly DirectoryInfo? _folder;
    private readonly NamedPipeServerStream _pipe;
    private bool _isMet;

    /// <exception cref="IOException">No folder takes a socket; the message names them.</exception>
    public MeetingPoint()
    {
        if (OperatingSystem.IsWindows())
        {
            var name = $"gsr-{Guid.NewGuid():N}";
            Path = $@"\\.\pipe\{name}";
            _pipe = Listen(name);
            return;
        }
        List<string> refused = [];
        // The folder for temporary files may be missing, or have too long a path for a socket.
        foreach (var root in (string[])[System.IO.Path.GetTempPath(), "/tmp", "/var/tmp"])
        {
            try
            {
                _folder = Directory.CreateDirectory(
                    System.IO.Path.Combine(root, $"gsr-{Guid.NewGuid():N}"[..16]),
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                Path = System.IO.Path.Combine(_folder.FullName, "s");
                _pipe = Listen(Path);
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                refused.Add($"{root} ({e.Message.ReplaceLineEndings(" ")})");
                Delete(_folder);
                _folder = null;
            }
        }
        throw new IOException("No folder takes the socket for the process of the cells: "
            + $"{string.Join(", ", refused)} Set TMPDIR to a folder that can be written, with a path of 80 characters "
            + "at most.");
    }

    /// <summary>What the other process is told.</summary>
    public string Path { get; }

    public async Task<Stream> AcceptAsync(CancellationToken cancellationToken)
    {
        await _pipe.WaitForConnectionAsync(cancellationToken);
        _isMet = true;
        return _pipe;
    }

    /// <summary>Stops listening and removes the folder; a connection already made lives on.</summary>
    public void Dispose()
    {
        if (!_isMet)
            _pipe.Dispose();
        Delete(_folder);
    }

    // Asynchronous, since Windows lets nobody write to another kind of pipe while somebody waits to read from it.
    private static NamedPipeServerStream Listen(string name) => new(
        name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte,
        PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);

    private static void Delete(DirectoryInfo? folder)
    {
        try
        {
            folder?.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return; // gone already
        }
    }
}
