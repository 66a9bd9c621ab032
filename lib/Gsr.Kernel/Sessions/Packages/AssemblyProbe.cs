using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Gsr.Kernel.Sessions.Packages;

/// <summary>
/// Finds what the process' default load context asks for in the folders and packages that cells brought in. Everything
/// goes into that one context: a second copy of an assembly has its own types and its own statics, and cells that mix
/// the two fail in ways that nobody understands.
/// </summary>
internal static class AssemblyProbe
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, string> Managed = new(StringComparer.OrdinalIgnoreCase);
    private static readonly List<string> Folders = [];
    private static readonly List<string> Natives = [];
    private static readonly Dictionary<string, string> Platform = PlatformAssemblies();

    static AssemblyProbe()
    {
        AssemblyLoadContext.Default.Resolving += static (context, name) => Resolve(context, name);
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += static (_, name) => ResolveNative(name);
    }

    /// <summary>The assemblies of the runtime itself, by path.</summary>
    public static IEnumerable<string> FrameworkAssemblies
    {
        get
        {
            var folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
            return Platform.Values.Where(path => Path.GetDirectoryName(path) == folder);
        }
    }

    /// <summary>The file that the process uses for this assembly; null when it has none yet.</summary>
    public static string? FindOwn(string simpleName)
    {
        if (Platform.TryGetValue(simpleName, out var path))
            return path;
        return Loaded(simpleName) is { Location.Length: > 0 } loaded ? loaded.Location : null;
    }

    /// <summary>The file of that name that came first, loaded or not; null when there is none.</summary>
    public static string? FindFirst(string simpleName)
    {
        lock (Gate)
            return FindOwn(simpleName) ?? Managed.GetValueOrDefault(simpleName);
    }

    /// <summary>True for what the process was started with, which nothing else can take the place of.</summary>
    public static bool IsOwn(string path) => Platform.ContainsValue(path);

    /// <summary>Makes one assembly file available under its simple name; the first file of a name wins.</summary>
    public static void AddManaged(string simpleName, string path)
    {
        lock (Gate)
            Managed.TryAdd(simpleName, path);
    }

    /// <summary>Makes a folder's native libraries available, also this machine's below <c>runtimes</c>.</summary>
    public static void AddFolder(string folder) => AddOnce(Folders, folder);

    /// <summary>Makes one native library available, also to libraries that look for theirs where the host says.</summary>
    public static void AddNative(string path)
    {
        const string hosts = "NATIVE_DLL_SEARCH_DIRECTORIES";
        AddOnce(Natives, path);
        lock (Gate)
        {
            var known = AppContext.GetData(hosts) as string ?? "";
            var folder = Path.GetDirectoryName(path)!;
            if (!known.Split(Path.PathSeparator).Contains(folder))
                AppContext.SetData(hosts, $"{known.TrimEnd(Path.PathSeparator)}{Path.PathSeparator}{folder}");
        }
    }

    private static void AddOnce(List<string> paths, string path)
    {
        lock (Gate)
        {
            if (!paths.Contains(path))
                paths.Add(path);
        }
    }

    private static Dictionary<string, string> PlatformAssemblies()
    {
        var list = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "";
        var byName = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var path in list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            byName.TryAdd(Path.GetFileNameWithoutExtension(path), path);
        return byName;
    }

    private static Assembly? Loaded(string simpleName) =>
        AssemblyLoadContext.Default.Assemblies.FirstOrDefault(
            assembly => string.Equals(assembly.GetName().Name, simpleName, StringComparison.OrdinalIgnoreCase));

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name)
    {
        if (name.Name is null)
            return null;
        // A package may ask for another version of what is already here; there can be only one.
        if (Loaded(name.Name) is { } present)
            return present;
        string? path;
        lock (Gate)
        {
            if (!Managed.TryGetValue(name.Name, out path))
                path = Folders.Select(folder => Path.Combine(folder, name.Name + ".dll")).FirstOrDefault(File.Exists);
        }
        return path is null ? null : context.LoadFromAssemblyPath(path);
    }

    private static nint ResolveNative(string name)
    {
        string[] candidates;
        string[] natives;
        lock (Gate)
        {
            natives = [.. Natives];
            candidates = [.. NativeNames.FindIn(natives, name), .. NativeNames.FindInFolders(Folders, name)];
        }
        foreach (var path in candidates)
        {
            if (NativeLibrary.TryLoad(path, out var handle))
                return handle;
            // It may need a library out of another package's folder, where the system's loader does not look.
            foreach (var other in natives.Where(other => other != path))
                _ = NativeLibrary.TryLoad(other, out _);
            if (NativeLibrary.TryLoad(path, out handle))
                return handle;
        }
        return 0;
    }
}

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
