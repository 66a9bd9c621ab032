using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace Gsr.Kernel.Sessions.Capture;

/// <summary>
/// Pipes for the file descriptors 1 and 2 from which nothing is lost. What a process says last (why the runtime ends
/// it, what native code aborted with) it does not come to read itself: a shell holds the other ends and, once the
/// process is gone, brings the rest to where standard error led.
/// </summary>
internal sealed class LastWords : IDisposable
{
    // The folder is no longer needed once everybody has opened what is in it. A process that a cell left behind may
    // hold a pipe open, and is not waited for.
    private const string Script = """
        trap '' INT TERM HUP
        exec </dev/null >&2 3<"$1/1" 4<"$1/2" 5<"$1/alive"
        rm -r "$1"
        read -r x <&5
        head -c 16384 <&3 & one=$!
        head -c 16384 <&4 & two=$!
        (sleep 1; kill $one $two) >/dev/null 2>&1 3<&- 4<&- 5<&- &
        wait $one $two
        """;

    private readonly string _folder;
    private readonly SafeFileHandle _alive;

    /// <exception cref="IOException">The folder for temporary files takes no pipes.</exception>
    public LastWords()
    {
        _folder = Directory.CreateTempSubdirectory("gsr-").FullName;
        // Opened for both directions: so none waits for another end, and this process never sees the pipe's end.
        Pipes = [Open("1"), Open("2")];
        _alive = Open("alive");
        // Before the descriptors are captured, which it takes over as they are.
        StartShell();

        SafeFileHandle Open(string name)
        {
            var path = Path.Combine(_folder, name);
            return LibC.MakePipe(path, 0x180) == 0
                ? File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite)
                : throw new IOException($"{path}: no pipe can be made there.");
        }
    }

    /// <summary>Those of the descriptors 1 and 2.</summary>
    public IReadOnlyList<SafeFileHandle> Pipes { get; }

    /// <summary>A shell that has not yet opened the pipes shall not do so any more: it would wait for ever.</summary>
    public void RemoveFolder()
    {
        try
        {
            if (Directory.Exists(_folder))
                Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // The shell removes it at this moment.
        }
    }

    public void Dispose() => _alive.Dispose();

    private void StartShell()
    {
        try
        {
            using var shell = Process.Start("/bin/sh", ["-c", Script, "sh", _folder]);
        }
        catch (Win32Exception)
        {
            RemoveFolder(); // there is nobody else to tell
        }
    }
}
