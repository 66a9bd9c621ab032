using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using Gsr.Kernel.Sessions.Packages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Text;

namespace Gsr.Kernel.Sessions.Execution;

/// <summary>Compiles cells, each on top of the state that the ones before it left.</summary>
internal sealed class CellCompiler
{
    private static readonly EmitOptions Emitting = new(debugInformationFormat: DebugInformationFormat.PortablePdb);

    private readonly string _workingDirectory;
    private readonly ReferenceSet _references;
    private readonly CellAssemblies _assemblies = new();
    private readonly Lazy<CSharpCompilation> _ground;
    private int _count;
    private int _trials;

    public CellCompiler(string workingDirectory, LoadedScripts scripts, ReferenceSet references)
    {
        (_workingDirectory, _references) = (workingDirectory, references);
        var given = references.Take();
        // No thread waits for another, which may be the one that warms up and has no hurry.
        _ground = new(() => LayGround(scripts, given), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>The namespaces that every cell sees, and what it can call without a name in front.</summary>
    public static IReadOnlyList<string> Imports { get; } =
    [
        "System",
        "System.Text",
        "System.Collections",
        "System.Collections.Generic",
        "System.Threading.Tasks",
        "System.Linq",
        typeof(CellCommands).FullName!,
    ];

    /// <summary>Compiles one cell. Whoever runs it commits the references that it was given.</summary>
    public CompiledCell Compile(string code, string cellName, CellState? state, CancellationToken cancellationToken)
    {
        var number = Interlocked.Add(ref _count, 2) - 1; // as Roslyn's own scripts count, which compile a cell twice
        return Compile(code, cellName, $"Submission#{number}", state, cancellationToken);
    }

    /// <summary>Compiles code that no cell sees anything of.</summary>
    public CompiledCell Try(string code, CellState? state, CancellationToken cancellationToken) =>
        Compile(code, "", $"Trial#{Interlocked.Increment(ref _trials)}", state, cancellationToken);

    /// <summary>Lets cells use an assembly that is loaded already.</summary>
    public void Register(Assembly assembly) => _assemblies.Add(assembly);

    private CompiledCell Compile(
        string code, string cellName, string className, CellState? state, CancellationToken cancellationToken)
    {
        var ground = _ground.Value;
        var tree = Parse(code);
        var alone = CSharpCompilation.CreateScriptCompilation(
            $"\u211B*{className}", tree, _references.Pending,
            // What the cells before were given is inherited, imports too.
            ground.Options.WithScriptClassName(className).WithUsings(ImmutableArray<string>.Empty)
                .WithAllowUnsafe(MayBeUnsafe(code)),
            returnType: typeof(object));
        // Given to the call above, all of the cell before would be bound once more, to see that it has no errors.
        var written = alone.WithScriptCompilationInfo(
            alone.ScriptCompilationInfo!.WithPreviousScriptCompilation(state?.Compilation ?? ground));
        ErrorDescription.CheckNesting(tree, cellName);
        var woven = PollWeaver.Weave(tree, () => written.GetSemanticModel(tree));
        if (woven != code
            && Emit(written.ReplaceSyntaxTree(tree, Parse(woven)), tree, out _, cancellationToken) is { } cell)
            return cell;
        // As it was written: the messages shall speak of that, and code that is lawful in no other form shall run.
        return Emit(written, tree, out var diagnostics, cancellationToken)
            ?? throw new CellException(ErrorDescription.OfCompilation(diagnostics, _workingDirectory));

        SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(
            // Without an encoding there are no lines in stack traces.
            SourceText.From(text, Encoding.UTF8), (CSharpParseOptions)ground.SyntaxTrees[0].Options, cellName);
    }

    /// <summary>Writes an assembly, and symbols that hold the cell as it was written, under its name.</summary>
    internal static EmitResult Write(Compilation compilation, SyntaxTree cell, Stream image, Stream symbols,
        CancellationToken cancellationToken = default) => compilation.Emit(
            image, symbols, options: Emitting, cancellationToken: cancellationToken,
            embeddedTexts: cell.FilePath.Length == 0 ? [] : [EmbeddedText.FromSource(cell.FilePath, cell.GetText())]);

    private CompiledCell? Emit(CSharpCompilation compilation, SyntaxTree cell,
        out ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        diagnostics = compilation.GetParseDiagnostics(cancellationToken);
        if (Fails(diagnostics))
            return null;
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        var result = Write(compilation, cell, image, symbols, cancellationToken);
        diagnostics = result.Diagnostics;
        if (!result.Success)
            return Fails(diagnostics) ? null : new(compilation, null); // usings alone: there is nothing to run
        (image.Position, symbols.Position) = (0, 0);
        var assembly = _assemblies.Load(image, symbols);
        var entry = compilation.GetEntryPoint(cancellationToken)!;
        return new(compilation, assembly.GetType(entry.ContainingType.MetadataName, throwOnError: true)!
            .GetMethod(entry.MetadataName)!.CreateDelegate<Func<object?[], Task<object?>>>());
    }

    // Whether it is or not: for what may be, the compiler looks up attributes that nothing reads in all references.
    private static bool MayBeUnsafe(string code) => ((string[])["unsafe", "SkipLocalsInit", "load"]).Any(
        word => code.Contains(word, StringComparison.Ordinal));

    private static bool Fails(IEnumerable<Diagnostic> diagnostics) =>
        diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    // An empty cell, to stand on: what it refers to is bound once, and the first cell is then like any other.
    private static CSharpCompilation LayGround(LoadedScripts scripts, IReadOnlyList<MetadataReference> references)
    {
        var options = ScriptOptions.Default
            .WithMetadataResolver(NoMetadataResolver.Instance)
            .WithSourceResolver(scripts)
            .WithReferences(references)
            .WithImports(Imports)
            .WithLanguageVersion(LanguageVersion.Latest)
            .WithOptimizationLevel(OptimizationLevel.Release);
        var ground = (CSharpCompilation)CSharpScript.Create("", options).GetCompilation();
        // Cells are short: to hand pieces of them to other threads costs more than it saves.
        return ground.WithOptions(ground.Options.WithConcurrentBuild(false));
    }
}

/// <summary>The session resolves references itself, all of them; the compiler must find none on its own.</summary>
internal sealed class NoMetadataResolver : MetadataReferenceResolver
{
    public static NoMetadataResolver Instance { get; } = new();

    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties) => [];

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => 0;
}

/// <summary>Gives the compiler the files that cells <c>#load</c>, without the session's own directives.</summary>
internal sealed class LoadedScripts(string workingDirectory) : SourceReferenceResolver
{
    private readonly SourceFileResolver _files = new(ImmutableArray<string>.Empty, workingDirectory);

    public override string? ResolveReference(string path, string? baseFilePath) =>
        _files.ResolveReference(path, Rooted(baseFilePath))
            ?? _files.ResolveReference(path.Replace('\\', '/'), Rooted(baseFilePath));

    public override string? NormalizePath(string path, string? baseFilePath) =>
        // "cell 3" is no file; made into a path it would stand in every diagnostic.
        Path.IsPathRooted(path) ? _files.NormalizePath(path, Rooted(baseFilePath)) : path;

    public override Stream OpenRead(string resolvedPath) => _files.OpenRead(resolvedPath);

    public override SourceText ReadText(string resolvedPath) =>
        SourceText.From(CellDirectives.Extract(File.ReadAllText(resolvedPath)).Code, Encoding.UTF8);

    public override bool Equals(object? other) => other is LoadedScripts scripts && _files.Equals(scripts._files);

    public override int GetHashCode() => _files.GetHashCode();

    private static string? Rooted(string? path) => Path.IsPathRooted(path) ? path : null;
}
