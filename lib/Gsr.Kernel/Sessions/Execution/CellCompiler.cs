using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using Gsr.Kernel.Sessions.Packages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;
using Microsoft.CodeAnalysis.Text;

namespace Gsr.Kernel.Sessions.Execution;

/// <summary>Compiles cells, each on top of the state that the ones before it left.</summary>
internal sealed class CellCompiler(string workingDirectory, LoadedScripts scripts, ReferenceSet references)
    : IDisposable
{
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

    private readonly InteractiveAssemblyLoader _loader = new();
    private readonly ScriptOptions _options = ScriptOptions.Default
        .WithMetadataResolver(NoMetadataResolver.Instance)
        .WithSourceResolver(scripts)
        .WithLanguageVersion(LanguageVersion.Latest)
        .WithFileEncoding(Encoding.UTF8) // without it there are no lines in stack traces
        .WithEmitDebugInformation(true)
        .WithOptimizationLevel(OptimizationLevel.Release)
        .WithAllowUnsafe(true);

    /// <summary>Compiles one cell. Whoever runs it commits the references that it was given.</summary>
    public Script<object?> Compile(
        string code, string cellName, ScriptState<object?>? state, CancellationToken cancellationToken)
    {
        // Earlier references are inherited. Imports are not needed again either.
        var options = _options.WithFilePath(cellName).WithReferences(references.Pending);
        var written = Create(code);
        var compilation = written.GetCompilation();
        var tree = compilation.SyntaxTrees.Last(); // behind those of #load
        ErrorDescription.CheckNesting(tree, cellName);
        var woven = PollWeaver.Weave(tree, () => compilation.GetSemanticModel(tree));
        if (woven != code && Create(woven) is var script && !Fails(script.Compile(cancellationToken)))
            return script;
        // As it was written: the messages shall speak of that, and code that is lawful in no other form shall run.
        var diagnostics = written.Compile(cancellationToken);
        return Fails(diagnostics)
            ? throw new CellException(ErrorDescription.OfCompilation(diagnostics, workingDirectory))
            : written;

        Script<object?> Create(string text) => state is null
            ? CSharpScript.Create<object?>(text, options.WithImports(Imports), assemblyLoader: _loader)
            : state.Script.ContinueWith<object?>(text, options);

        static bool Fails(IEnumerable<Diagnostic> diagnostics) =>
            diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);
    }

    /// <summary>Lets cells use an assembly that is loaded already.</summary>
    public void Register(Assembly assembly) => _loader.RegisterDependency(assembly);

    public void Dispose() => _loader.Dispose();
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
        _files.ResolveReference(path, Rooted(baseFilePath));

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
