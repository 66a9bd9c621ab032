using System.Reflection;
using System.Text;
using Gsr.Kernel.Sessions.Packages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;

namespace Gsr.Kernel.Sessions.Execution;

/// <summary>Compiles cells, each on top of the state that the ones before it left.</summary>
internal sealed class CellCompiler(string workingDirectory, LoadedScripts scripts, ReferenceSet references) : IDisposable
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
    /// <exception cref="CellException">It does not compile.</exception>
    public Script<object?> Compile(
        string code, string cellName, ScriptState<object?>? state, CancellationToken cancellationToken)
    {
        // Earlier references are inherited. Imports are not needed again either.
        var options = _options.WithFilePath(cellName).WithReferences(references.Pending);
        var written = Create(code);
        var compilation = written.GetCompilation();
        var tree = compilation.SyntaxTrees.Last(); // behind those of #load
        Nesting.Check(tree, cellName);
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

        static bool Fails(IEnumerable<Diagnostic> diagnostics) => diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);
    }

    /// <summary>Lets cells use an assembly that is loaded already.</summary>
    public void Register(Assembly assembly) => _loader.RegisterDependency(assembly);

    /// <inheritdoc/>
    public void Dispose() => _loader.Dispose();
}
