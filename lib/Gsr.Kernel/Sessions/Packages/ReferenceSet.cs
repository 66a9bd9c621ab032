using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Sessions.Assistance;
using Microsoft.AspNetCore.Html;
using Microsoft.CodeAnalysis;
using Microsoft.DotNet.Interactive.Formatting;

namespace Gsr.Kernel.Sessions.Packages;

/// <summary>The assemblies that a session's cells compile against; each is handed to the compiler once.</summary>
internal sealed class ReferenceSet
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Name, MetadataReference Reference)> _all = [];
    private readonly List<string> _brought = [];
    private readonly Dictionary<string, string> _framework;
    private List<MetadataReference> _pending = [];
    private readonly bool _isReady;

    public ReferenceSet()
    {
        _framework = AssemblyProbe.FrameworkAssemblies.ToDictionary(
            path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase);
        // A third of them only forward names of older frameworks to the others. The compiler looks into all that it is
        // given, for many names of every cell, so that these are given with what refers to them.
        foreach (var (name, path) in _framework)
        {
            if (AssemblyFile.Read(path) is (_, var references, true))
                AddFile(name, path, references);
        }
        // Cells of notebooks made for .NET Interactive use its formatters, and HTML content, without bringing them in.
        foreach (var own in (Type[])[typeof(ReferenceSet), typeof(Formatter), typeof(IHtmlContent)])
            AddFile(own.Assembly.GetName().Name!, own.Assembly.Location);
        _isReady = true;
    }

    /// <summary>What no submission has been given yet; later ones inherit it, and a second copy costs memory.</summary>
    public IReadOnlyList<MetadataReference> Pending => _pending;

    public IEnumerable<MetadataReference> All => _all.Select(entry => entry.Reference);

    /// <summary>The files that cells brought in, which the runtime's own are not among.</summary>
    public IReadOnlyList<string> Brought => _brought;

    /// <summary>Hands out what is pending, to be part of the session's state from its beginning.</summary>
    public IReadOnlyList<MetadataReference> Take()
    {
        var taken = _pending;
        _pending = [];
        return taken;
    }

    /// <summary>The pending references have become part of the session's state.</summary>
    public void Commit(int count) => _pending.RemoveRange(0, count);

    /// <summary>Brings in an assembly file with what it refers to in its own folder, and initialises it.</summary>
    public void AddAssembly(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        var (name, references, _) =
            AssemblyFile.Read(path) ?? throw new ReferenceException($"{path} is not a .NET assembly.");
        if (AssemblyProbe.FindFirst(name) is { } first && !AssemblyProbe.IsOwn(first))
            CheckIsSame(path, first, name);
        AssemblyProbe.AddFolder(folder);
        // The file's own name may be another one; only what refers to it goes by the assembly's.
        AssemblyProbe.AddManaged(name, path);
        AddFile(name, AssemblyProbe.FindOwn(name) ?? path);
        AddWithDependencies([.. references, .. DependencyFile.Read(path)], folder);
        Initialise(Load(name, path));
    }

    /// <summary>Brings in packages; those that were asked for by a version must be had in that version.</summary>
    public void AddPackages(RestoredPackages packages, IEnumerable<PackageRequest> requests)
    {
        foreach (var request in requests.Where(request => !request.Version.Contains('*')))
        {
            foreach (var path in packages.AssembliesOf(request.Id))
            {
                if (AssemblyFile.Version(path, request.Id) is var found && !request.IsMetBy(found))
                {
                    throw new ReferenceException(
                        $"{request.Id} {request.Version} is not in the package sources; the next one there is {found}.");
                }
                if (AssemblyFile.Read(path) is var (name, _, _) && AssemblyProbe.FindFirst(name) is { } first)
                    CheckVersion(request.Id, path, first, name);
            }
        }
        foreach (var path in packages.Assemblies)
        {
            if (AssemblyFile.Read(path) is not var (name, _, _))
                continue;
            AssemblyProbe.AddManaged(name, path);
            AddFile(name, AssemblyProbe.FindOwn(name) ?? path);
        }
        foreach (var path in packages.Natives)
            AssemblyProbe.AddNative(path);
    }

    /// <summary>Brings in one of the process' own assemblies; false when it has none of this name.</summary>
    public bool TryAddByName(string name)
    {
        if (AssemblyProbe.FindOwn(name) is not { } path)
            return false;
        AddFile(name, path);
        return true;
    }

    /// <summary>Brings in an assembly that is no file, instead of one of the same name.</summary>
    public void AddImage(string name, byte[] image)
    {
        Remove(name);
        Add(name, AssemblyMetadata.CreateFromImage(image).GetReference(display: name));
    }

    /// <summary>Takes an assembly away from what is compiled after a restart.</summary>
    public void Remove(string name) => _all.RemoveAll(entry => entry.Name == name);

    /// <summary>The session begins anew; its first cell must be given everything again.</summary>
    public void Restart() => _pending = [.. All];

    // There can be one of a name in a process, and the first is in use.
    private static void CheckVersion(string package, string path, string first, string name)
    {
        if (AssemblyFile.Build(path) == AssemblyFile.Build(first))
            return;
        var (asked, present) = (AssemblyFile.Version(path, package), AssemblyFile.Version(first, package));
        // A newer runtime has what older packages brought.
        if (AssemblyProbe.IsOwn(first) && AssemblyProbe.FrameworkAssemblies.Contains(first)
            && AssemblyName.GetAssemblyName(first).Version >= AssemblyName.GetAssemblyName(path).Version)
            return;
        throw new ReferenceException($"{package} {asked} is asked for, but {name} {present} is "
            + (AssemblyProbe.IsOwn(first) ? "a part of this engine. Leave the version out to use that."
                : "in use already. Ask for that, or restart the kernel and ask for the other first."));
    }

    private static void CheckIsSame(string path, string first, string name)
    {
        var loaded = AssemblyLoadContext.Default.Assemblies.FirstOrDefault(a => a.Location == first);
        if (AssemblyFile.Build(path) == (loaded?.ManifestModule.ModuleVersionId ?? AssemblyFile.Build(first)))
            return;
        throw new ReferenceException((FilePaths.AreSame(path, first) ? $"{path} was built anew since it was loaded"
            : $"{path} is asked for, but another {name} is in use already, {first}") + "; restart the kernel for it.");
    }

    private void AddWithDependencies(IEnumerable<string> roots, string folder)
    {
        var seen = new HashSet<string>(roots, StringComparer.OrdinalIgnoreCase);
        var todo = new Queue<string>(seen);
        while (todo.TryDequeue(out var name))
        {
            var path = Path.Combine(folder, name + ".dll");
            if (!File.Exists(path) || AssemblyFile.Read(path) is not var (actual, references, _))
                continue;
            AssemblyProbe.AddManaged(actual, path);
            AddFile(actual, AssemblyProbe.FindOwn(actual) ?? path);
            foreach (var reference in references.Where(seen.Add))
                todo.Enqueue(reference);
        }
    }

    private void AddFile(string name, string path, string[]? references = null)
    {
        // Without a path of its own: the script engine would load a reference that has one a second time, privately.
        if (!_names.Add(name))
            return;
        Add(name, AssemblyMetadata.CreateFromFile(path).GetReference(new DocumentationFiles(path), display: path));
        if (_isReady && !_framework.ContainsKey(name))
            _brought.Add(path);
        foreach (var reference in references ?? AssemblyFile.Read(path)?.References ?? [])
        {
            if (_framework.TryGetValue(reference, out var file))
                AddFile(reference, file);
        }
    }

    private void Add(string name, MetadataReference reference)
    {
        _all.Add((name, reference));
        _pending.Add(reference);
    }

    private static Assembly Load(string name, string path)
    {
        try
        {
            return AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName(name));
        }
        catch (Exception e) when (e is IOException or BadImageFormatException)
        {
            throw new ReferenceException($"{path} cannot be loaded: {e.Message}", e);
        }
    }

    // Now, and not when a cell happens to touch the first type: an assembly prepares its native libraries here, and
    // what it has to say about them belongs to the line that brought it in.
    private static void Initialise(Assembly assembly)
    {
        try
        {
            RuntimeHelpers.RunModuleConstructor(assembly.ManifestModule.ModuleHandle);
        }
        catch (TypeInitializationException e) when (e.InnerException is { } inner)
        {
            throw new ReferenceException(inner.Message, inner);
        }
    }
}

/// <summary>A directive of a cell that cannot be followed; the message is for the notebook's reader.</summary>
internal sealed class ReferenceException(string message, Exception? inner = null) : Exception(message, inner);
