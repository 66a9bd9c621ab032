namespace Gsr.Internals;

/// <summary>
/// Replaces a file in one step: a reader, or a program that is killed, never sees half of it. Another program, an
/// editor or an antivirus, may hold the old one for a moment, which Windows does not let be replaced meanwhile.
/// </summary>
internal static class AtomicFile
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static void WriteAllText(string path, string text) =>
        Write(path, temporary => File.WriteAllText(temporary, text)); // UTF-8 without a mark

    /// <summary>Writes a file, whole or not at all; its folder is made where there is none.</summary>
    /// <param name="path">The file. A link stays one: what it points to is replaced.</param>
    /// <param name="write">Writes a new file of the name that it is given.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <exception cref="IOException">It cannot be written; the message names it.</exception>
    public static void Write(string path, Action<string> write, bool overwrite = true)
    {
        var temporary = "";
        try
        {
            var link = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true) : null;
            var target = Path.GetFullPath(link?.FullName ?? path);
            var folder = Path.GetDirectoryName(target)!;
            Directory.CreateDirectory(folder);
            // In the same folder: only there is a rename one step. The leading dot hides it from folder listings.
            temporary = Path.Combine(folder, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}.tmp");
            write(temporary);
            if (!OperatingSystem.IsWindows() && File.Exists(target))
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            Patiently(() => File.Move(temporary, target, overwrite));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failure(path, e);
        }
        finally
        {
            if (temporary.Length > 0)
                Delete(temporary);
        }
    }

    /// <summary>Gives a file, or a folder, the name of another; a file may take the place of one.</summary>
    /// <exception cref="IOException">It cannot; the message names the new name.</exception>
    public static void Move(string from, string to)
    {
        try
        {
            Patiently(() =>
            {
                if (Directory.Exists(from))
                    Directory.Move(from, to);
                else
                    File.Move(from, to, overwrite: true);
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failure(to, e);
        }
    }

    /// <summary>Finds out whether files can be written in a folder, which is made where there is none.</summary>
    /// <exception cref="IOException">They cannot; the message names the folder.</exception>
    public static void CheckFolder(string folder)
    {
        var trial = Path.Combine(folder, $".{Path.GetRandomFileName()}.tmp");
        try
        {
            Directory.CreateDirectory(folder);
            // A disk that is full still takes an empty file.
            File.WriteAllBytes(trial, new byte[4096]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failure(folder, e);
        }
        finally
        {
            Delete(trial);
        }
    }

    private static void Patiently(Action move)
    {
        for (var until = DateTime.UtcNow + Patience; ;)
        {
            try
            {
                move();
                return;
            }
            catch (Exception e) when (
                e is IOException or UnauthorizedAccessException && e is not (FileNotFoundException or
                    DirectoryNotFoundException) && DateTime.UtcNow < until)
            {
                Thread.Sleep(Pause);
            }
        }
    }

    // Why it could not be written is worth more than that half of it stays behind.
    private static void Delete(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }

    private static IOException Failure(string path, Exception cause) => new(
        $"{path} cannot be written: {cause.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ')}. See whether the disk is "
        + "full, the folder read-only, or the file open in another program.", cause);
}
