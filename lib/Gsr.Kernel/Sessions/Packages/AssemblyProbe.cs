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
    private static readonly Lock s_gate = new();
    private static readonly Dictionary<string, string> s_managed = new(StringComparer.OrdinalIgnoreCase);
    private static readonly List<string> s_folders = [];
    private static readonly List<string> s_natives = [];
    private static readonly Dictionary<string, string> s_platform = PlatformAssemblies();

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
            return s_platform.Values.Where(path => Path.GetDirectoryName(path) == folder);
        }
    }

    /// <summary>The file that the process uses for this assembly; null when it has none yet.</summary>
    public static string? FindOwn(string simpleName)
    {
        if (s_platform.TryGetValue(simpleName, out var path))
            return path;
        return Loaded(simpleName) is { Location.Length: > 0 } loaded ? loaded.Location : null;
    }

    /// <summary>Makes one assembly file available under its simple name; the first file of a name wins.</summary>
    public static void AddManaged(string simpleName, string path)
    {
        lock (s_gate)
            s_managed.TryAdd(simpleName, path);
    }

    /// <summary>Makes a folder's native libraries available, those under <c>runtimes</c> for this machine included.</summary>
    public static void AddFolder(string folder)
    {
        lock (s_gate)
        {
            if (!s_folders.Contains(folder))
                s_folders.Add(folder);
        }
    }

    /// <summary>Makes one native library available.</summary>
    public static void AddNative(string path)
    {
        lock (s_gate)
        {
            if (!s_natives.Contains(path))
                s_natives.Add(path);
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
        lock (s_gate)
        {
            if (!s_managed.TryGetValue(name.Name, out path))
                path = s_folders.Select(folder => Path.Combine(folder, name.Name + ".dll")).FirstOrDefault(File.Exists);
        }
        return path is null ? null : context.LoadFromAssemblyPath(path);
    }

    private static nint ResolveNative(string name)
    {
        string[] candidates;
        string[] natives;
        lock (s_gate)
        {
            natives = [.. s_natives];
            candidates = [.. NativeNames.FindIn(natives, name), .. NativeNames.FindInFolders(s_folders, name)];
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
