using System.Runtime.Loader;

namespace Gsr.Experiments;

/// <summary>
/// .NET Interactive, where a notebook is opened in it instead of the workbook's own engine. Its formatters for charts,
/// and a place for the library beside its older FSharp.Core, must be there before anything else is touched.
/// </summary>
internal static class InteractiveHost
{
    /// <summary>Loads Gsr.Interactive, which lies beside this assembly; elsewhere it does nothing.</summary>
    public static void Prepare()
    {
        var hosts = AssemblyLoadContext.Default.Assemblies.Any(a => a.GetName().Name == "Microsoft.DotNet.Interactive");
        var folder = Path.GetDirectoryName(typeof(InteractiveHost).Assembly.Location)!;
        if (!hosts || Path.Combine(folder, "Gsr.Interactive.dll") is var path && !File.Exists(path))
            return;
        var extension = AssemblyLoadContext.Default.LoadFromAssemblyPath(path)
            .GetType("Gsr.Interactive.GsrExtension", throwOnError: true)!;
        ((Task)extension.GetMethod("LoadAsync")!.Invoke(null, null)!).GetAwaiter().GetResult();
    }
}
