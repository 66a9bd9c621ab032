using System.Reflection;
using System.Runtime.Loader;
using Gsr.Kernel.Display;

namespace Gsr.Kernel.Sessions.Packages;

/// <summary>
/// Extensions of .NET Interactive in packages, such as Plotly.NET.Interactive: what they register as formatters counts
/// here. Kernels and commands that they bring are not to be had, which is said.
/// </summary>
/// <remarks>
/// By reflection, with the Microsoft.DotNet.Interactive that the package itself asks for: the engine needs no more of it
/// than its formatters.
/// </remarks>
internal sealed class InteractiveExtensions
{
    private const string Host = "Microsoft.DotNet.Interactive";

    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Loads those that are new, and returns what there is to say about them, a line each.</summary>
    /// <param name="files">What lies in the packages' folders <c>interactive-extensions/dotnet</c>.</param>
    /// <param name="cancellationToken">Ends the wait for an extension.</param>
    public async Task<IReadOnlyList<string>> LoadAsync(
        IEnumerable<string> files, CancellationToken cancellationToken)
    {
        var said = new List<string>();
        foreach (var path in files.Where(_known.Add))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            if (Path.GetExtension(path) is ".dib")
                said.Add($"{path} is a script for .NET Interactive, and skipped; #!import runs it.");
            if (!path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
                continue;
            try
            {
                foreach (var extension in Find(name, path))
                {
                    var more = await Registered.NoteAsync(() => StartAsync(extension).WaitAsync(cancellationToken));
                    if (more is not null)
                        said.Add($"{extension.FullName} of {name} {more}, which are not here, and skipped.");
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                var reason = (e as TargetInvocationException)?.InnerException ?? e;
                // A library that carries one beside, as SkiaSharp does, and leaves the other engine to whoever has it.
                if (reason is FileNotFoundException { FileName: { } missing }
                    && missing.StartsWith(Host + ",", StringComparison.Ordinal))
                    continue;
                said.Add($"The extension {name} is skipped, which is made for {Host}: {reason.Message}");
            }
        }
        return said;
    }

    private static IEnumerable<Type> Find(string name, string path)
    {
        // Often the same file lies in the package's lib folder too, where cells refer to it.
        AssemblyProbe.AddManaged(name, path);
        return AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName(name)).ExportedTypes
            .Where(type => !type.IsAbstract && type.GetInterface($"{Host}.IKernelExtension") is not null);
    }

    // What it brings that is no formatter; null where there is nothing.
    private static async Task<string?> StartAsync(Type extension)
    {
        var face = extension.GetInterface($"{Host}.IKernelExtension")!;
        var kernelType = face.Assembly.GetType($"{Host}.CompositeKernel", throwOnError: true)!;
        // A kernel without any languages takes everything that an extension registers, and is asked what that was.
        using var kernel = (IDisposable)Activator.CreateInstance(kernelType, [null])!;
        await (Task)face.GetMethod("OnLoadAsync")!.Invoke(Activator.CreateInstance(extension), [kernel])!;
        dynamic filled = kernel;
        var names = new List<string>();
        foreach (var child in filled.ChildKernels)
            names.Add((string)child.Name);
        foreach (var directive in filled.KernelInfo.SupportedDirectives)
            names.Add((string)directive.Name);
        return names.Count == 0 ? null : $"brings {string.Join(", ", names)}";
    }
}
