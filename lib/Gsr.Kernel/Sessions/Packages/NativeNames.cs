using System.Runtime.InteropServices;

namespace Gsr.Kernel.Sessions.Packages;

/// <summary>How the name in a <c>DllImport</c> becomes a file.</summary>
internal static class NativeNames
{
    /// <summary>Those of <paramref name="paths"/> that the name can mean.</summary>
    public static IEnumerable<string> FindIn(IEnumerable<string> paths, string name)
    {
        var names = FileNames(name);
        return paths.Where(path => names.Contains(Path.GetFileName(path), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The existing files that the name can mean in the folders and below their <c>runtimes</c>.</summary>
    public static IEnumerable<string> FindInFolders(IEnumerable<string> folders, string name)
    {
        var names = FileNames(name);
        return
            from folder in folders
            from place in Places(folder)
            from file in names
            let path = Path.Combine(place, file)
            where File.Exists(path)
            select path;
    }

    private static IEnumerable<string> Places(string folder)
    {
        yield return folder;
        foreach (var rid in RuntimeIdentifiers())
            yield return Path.Combine(folder, "runtimes", rid, "native");
    }

    // From the most to the least particular.
    private static IEnumerable<string> RuntimeIdentifiers()
    {
        var architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        yield return RuntimeInformation.RuntimeIdentifier;
        string[] systems = OperatingSystem.IsWindows() ? ["win"]
            : OperatingSystem.IsMacOS() ? ["osx", "unix"]
            : ["linux", "unix"];
        foreach (var system in systems)
        {
            yield return $"{system}-{architecture}";
            yield return system;
        }
    }

    private static string[] FileNames(string name)
    {
        var extension = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        return [name, name + extension, "lib" + name + extension, "lib" + name];
    }
}
