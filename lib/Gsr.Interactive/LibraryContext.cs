using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;

namespace Gsr.Interactive;

/// <summary>
/// The library and what it needs, where the host has an older FSharp.Core than Plotly.NET and Deedle are made for, as
/// the tool dotnet-interactive has. Half of their references would get that one and half the newer, and nothing would
/// fit; here all get the newer. Where the host's is new enough there is no such context, since nothing shall be loaded
/// twice: a chart of the one copy is no chart to the other.
/// </summary>
internal sealed class LibraryContext : AssemblyLoadContext
{
    private static readonly Dictionary<string, string> Host = Index(
        ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator));

    private static readonly Dictionary<string, string> Own = Index(OwnFiles());

    private static int Prepared;

    private LibraryContext() : base("Graph Spectral Regularization")
    {
    }

    /// <summary>From now on the library's assemblies are found; asked for once more it does nothing.</summary>
    public static void Prepare()
    {
        if (Interlocked.Exchange(ref Prepared, 1) != 0)
            return;
        var context = HostHas("FSharp.Core") ? Default : new LibraryContext();
        // The runtime asks here before the script engine may load a copy of its own.
        Default.Resolving += (_, name) =>
            Own.TryGetValue(name.Name!, out var path) ? Loaded(path) ?? context.LoadFromAssemblyPath(path) : null;
        if (context != Default)
            AskFirst();
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        Own.TryGetValue(assemblyName.Name!, out var path) && !HostHas(assemblyName.Name!)
            ? Loaded(path) ?? LoadFromAssemblyPath(path) : null;

    // What the script engine has loaded already, such as the assembly that a notebook's first line brought in, stays
    // the only one.
    private static Assembly? Loaded(string path) =>
        AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(a => !a.IsDynamic && a.Location == path);

    /// <summary>Whether the host brings an assembly of a name, no older than the library's.</summary>
    private static bool HostHas(string name) => Host.TryGetValue(name, out var theirs)
        && (!Own.TryGetValue(name, out var ours)
            || AssemblyName.GetAssemblyName(theirs).Version >= AssemblyName.GetAssemblyName(ours).Version);

    // The host loads what is in packages itself, beside its FSharp.Core, and was there before. An event has no public
    // order; where the runtime has no such field any more, packages stay with the host and their charts fail, and the
    // library from files works all the same.
    private static void AskFirst()
    {
        var field = typeof(AssemblyLoadContext).GetField("_resolving", BindingFlags.Instance | BindingFlags.NonPublic);
        if (field?.GetValue(Default) is Delegate asked && asked.GetInvocationList() is [.. var others, var ours])
            field.SetValue(Default, Delegate.Combine([ours, .. others]));
    }

    // What lies beside this assembly, or, where it lies in a package, in the packages that it was built with.
    private static IEnumerable<string> OwnFiles()
    {
        var folder = Path.GetDirectoryName(typeof(LibraryContext).Assembly.Location)!;
        var description = Path.Combine(folder, "Gsr.Interactive.deps.json");
        IEnumerable<string> beside = Directory.GetFiles(folder, "*.dll");
        return !File.Exists(description) ? beside
            : beside.Concat(PackageFiles(description, Path.Combine(folder, "../../../..")));
    }

    private static List<string> PackageFiles(string description, string packages)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(description));
        var target = json.RootElement.GetProperty("targets").EnumerateObject().First().Value;
        // A file of a project stands there without a folder, and is packed into this one.
        return [.. from library in target.EnumerateObject()
                   where library.Value.TryGetProperty("runtime", out _)
                   from file in library.Value.GetProperty("runtime").EnumerateObject()
                   let place = file.Name.Contains('/') ? file.Name : $"lib/net10.0/{file.Name}"
                   let path = Path.GetFullPath(Path.Combine(packages, library.Name.ToLowerInvariant(), place))
                   where File.Exists(path)
                   select path];
    }

    private static Dictionary<string, string> Index(IEnumerable<string> files) => files
        .GroupBy(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase)
        .ToDictionary(paths => paths.Key, paths => paths.First(), StringComparer.OrdinalIgnoreCase);
}
