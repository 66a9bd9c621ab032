using System.Text;

namespace Gsr.Kernel.Documents;

/// <summary>Replaces a file in one step: a reader, or a runner that is killed, never sees half of it.</summary>
internal static class AtomicFile
{
    public static void WriteAllText(string path, string text)
    {
        // A linked notebook stays a link: what it points to is replaced.
        var link = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true) : null;
        var target = Path.GetFullPath(link?.FullName ?? path);
        var folder = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(folder);
        // In the same folder: only there is a rename one step. The leading dot hides it from folder listings.
        var temporary = Path.Combine(folder, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}.tmp");
        try
        {
            File.WriteAllText(temporary, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            KeepMode(target, temporary);
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static void KeepMode(string target, string temporary)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(target))
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
    }
}
