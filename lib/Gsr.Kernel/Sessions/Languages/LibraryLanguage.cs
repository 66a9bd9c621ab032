using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Gsr.Kernel.Outputs;
using Gsr.Kernel.Sessions.Execution;
using Gsr.Kernel.Sessions.Packages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Gsr.Kernel.Sessions.Languages;

/// <summary>
/// <c>#!lib</c>: C# compiled as an ordinary assembly, for what a script cannot declare: namespaces, extension methods
/// and blocks, file-local types. Such a cell sees packages and earlier libraries, but no variables.
/// Run again, it takes its own place; a library that refers to it goes on with the old one until <c>#!reset</c>.
/// </summary>
internal sealed class LibraryLanguage(
    CSharpLanguage csharp, DirectiveRunner directives, ReferenceSet references, string workingDirectory)
    : CellLanguage("lib", "compiles C# as a library: namespaces, extension methods and blocks")
{
    private readonly List<(string Name, int Version, HashSet<string> Types)> _libraries = [];
    private readonly Dictionary<string, Assembly> _loaded = [];

    public override async Task<MimeBundle?> RunAsync(CodePart part, RunningCell cell)
    {
        ErrorDescription.CheckNesting(part.Code, part.Cell);
        var text = await directives.RunAsync(part.Code, part.Cell, cell.Interruption);
        var tree = Parse(text, part.Cell);
        ErrorDescription.CheckNesting(tree, part.Cell);
        var types = DeclaredTypes(tree);
        // A cell that is run again takes the place of what it was: the compiler prefers the higher version of a name.
        var index = _libraries.FindLastIndex(library => library.Types.Overlaps(types));
        var (name, version) = index < 0
            ? ($"CellLibrary{_loaded.Count + 1}", 1) : (_libraries[index].Name, _libraries[index].Version + 1);
        var compilation = Compile(tree, name, version);
        var woven = PollWeaver.Weave(tree, () => compilation.GetSemanticModel(tree));
        if (!Emit(Compile(Parse(woven, part.Cell), name, version), tree, out var image, out var symbols, out _)
            && !Emit(compilation, tree, out image, out symbols, out var diagnostics))
            throw new CellException(ErrorDescription.OfCompilation(diagnostics, workingDirectory));
        var assembly = new LibraryContext(_loaded).LoadFromStream(new MemoryStream(image), new MemoryStream(symbols));
        cell.Commit(() =>
        {
            if (index >= 0)
                _libraries.RemoveAt(index);
            _libraries.Add((name, version, types));
            _loaded[name] = assembly;
            csharp.Compiler.Register(assembly);
            references.AddImage(name, image);
        });
        return null;
    }

    public override void Reset()
    {
        foreach (var (name, _, _) in _libraries)
            references.Remove(name);
        _libraries.Clear();
    }

    private static SyntaxTree Parse(string text, string cell) =>
        CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest), cell, Encoding.UTF8);

    private CSharpCompilation Compile(SyntaxTree tree, string name, int version)
    {
        var imports = string.Concat(CellCompiler.Imports.Select(import =>
            import == typeof(CellCommands).FullName ? $"global using static {import};" : $"global using {import};"));
        var head = $"{imports}[assembly: System.Reflection.AssemblyVersion(\"{version}.0.0.0\")]";
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true);
        return CSharpCompilation.Create(name, [Parse(head, "imports"), tree], references.All, options);
    }

    private static bool Emit(CSharpCompilation compilation, SyntaxTree cell,
        out byte[] image, out byte[] symbols, out IEnumerable<Diagnostic> diagnostics)
    {
        using var assembly = new MemoryStream();
        using var debug = new MemoryStream();
        var result = CellCompiler.Write(compilation, cell, assembly, debug);
        (image, symbols, diagnostics) = (assembly.ToArray(), debug.ToArray(), result.Diagnostics);
        return result.Success;
    }

    private static HashSet<string> DeclaredTypes(SyntaxTree tree) =>
        [.. CSharpCompilation.Create("types", [tree])
            .GetSymbolsWithName(_ => true, SymbolFilter.Type).Select(type => type.ToDisplayString())];

    // The default context takes one assembly of a name; a cell that is run again needs another of the same.
    private sealed class LibraryContext(Dictionary<string, Assembly> loaded) : AssemblyLoadContext
    {
        protected override Assembly? Load(AssemblyName assemblyName) => loaded.GetValueOrDefault(assemblyName.Name!);
    }
}
