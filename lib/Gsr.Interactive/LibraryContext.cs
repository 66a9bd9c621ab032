using System.Reflection;
using System.Runtime.Loader;

namespace Gsr.Interactive;

/// <summary>
/// The library and what it needs, where the host has an older FSharp.Core than Plotly.NET and Deedle are made for, as
/// the tool dotnet-interactive has. Half of their references would get that one and half the newer, and nothing would
/// fit; here all get the newer. Where the host's is new enough there is no such context, since nothing shall be loaded
/// twice: a chart of the one copy is no chart to the other.
/// </summary>
internal sealed class LibraryContext : AssemblyLoadContext
{
    private static readonly string Folder = Path.GetDirectoryName(typeof(LibraryContext).Assembly.Location)!;

    private static readonly Dictionary<string, string> Host =
        ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .GroupBy(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(paths => paths.Key, paths => paths.First(), StringComparer.OrdinalIgnoreCase);

    private static int Prepared;

    private LibraryContext() : base("Graph Spectral Regularization")
    {
    }

    /// <summary>From now on the library's assemblies are found beside this one; asked for once more it does nothing.</summary>
    public static void Prepare()
    {
        if (Interlocked.Exchange(ref Prepared, 1) != 0)
            return;
        var context = HostHas("FSharp.Core") ? Default : new LibraryContext();
        // The runtime asks here before the script engine may load a copy of its own.
        Default.Resolving += (_, name) =>
            Beside(name) is { } path ? Loaded(path) ?? context.LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        Beside(assemblyName) is { } path && !HostHas(assemblyName.Name!)
            ? Loaded(path) ?? LoadFromAssemblyPath(path) : null;

    // What the script engine has loaded already, such as the assembly that a notebook's first line brought in, stays
    // the only one.
    private static Assembly? Loaded(string path) =>
        AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(a => !a.IsDynamic && a.Location == path);

    private static string? Beside(AssemblyName name) =>
        Path.Combine(Folder, name.Name + ".dll") is var path && File.Exists(path) ? path : null;

    /// <summary>Whether the host brings an assembly of a name, no older than the one here.</summary>
    private static bool HostHas(string name) => Host.TryGetValue(name, out var theirs)
        && (Beside(new AssemblyName(name)) is not { } ours || VersionOf(theirs) >= VersionOf(ours));

    private static Version? VersionOf(string path) => AssemblyName.GetAssemblyName(path).Version;
}
