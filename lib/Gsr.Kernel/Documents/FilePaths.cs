namespace Gsr.Kernel.Documents;

/// <summary>What paths mean on this system.</summary>
internal static class FilePaths
{
    private const int MostLinks = 40;

    /// <summary>Tells names of files apart as the system does.</summary>
    public static StringComparer Comparer { get; } =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
            ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>A path in full, as a notebook may write it for any system: with slashes of either kind.</summary>
    public static string Full(string path, string folder)
    {
        var full = Path.GetFullPath(path, folder);
        // On Unix a backslash may be part of a name.
        return OperatingSystem.IsWindows() || !path.Contains('\\') || Path.Exists(full)
            ? full : Path.GetFullPath(path.Replace('\\', '/'), folder);
    }

    /// <summary>Where a path leads, whatever links its folders and itself are.</summary>
    public static string Real(string path) => Real(Path.GetFullPath(path), MostLinks);

    /// <summary>Whether two paths lead to one file.</summary>
    public static bool AreSame(string one, string other) => Comparer.Equals(Real(one), Real(other));

    private static string Real(string path, int links)
    {
        if (links == 0 || Path.GetDirectoryName(path) is not { } parent)
            return path;
        var here = Path.Combine(Real(parent, links - 1), Path.GetFileName(path));
        try
        {
            return new FileInfo(here).ResolveLinkTarget(returnFinalTarget: true) is { } target
                ? Real(target.FullName, links - 1) : here;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return here; // a link in a circle, or one that is not ours to look at
        }
    }
}
