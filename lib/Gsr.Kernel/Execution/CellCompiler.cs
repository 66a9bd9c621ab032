using System.Text;
using Gsr.Kernel.Packages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;

namespace Gsr.Kernel.Execution;

/// <summary>Compiles cells, each on top of the state that the ones before it left.</summary>
internal sealed class CellCompiler(string workingDirectory, LoadedScripts scripts, ReferenceSet references) : IDisposable
{
    /// <summary>What every cell may use without a <c>using</c>.</summary>
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
    /// <remarks>Code that must be woven into a cell (a poll for interruption) belongs here, before the first line.</remarks>
    /// <exception cref="CellException">It does not compile.</exception>
    public Script<object?> Compile(
        string code, string cellName, ScriptState<object?>? state, CancellationToken cancellationToken)
    {
        // Earlier references are inherited. Imports are not needed again either.
        var options = _options.WithFilePath(cellName).WithReferences(references.Pending);
        var script = state is null
            ? CSharpScript.Create<object?>(code, options.WithImports(Imports), assemblyLoader: _loader)
            : state.Script.ContinueWith<object?>(code, options);
        var diagnostics = script.Compile(cancellationToken);
        return diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error)
            ? throw new CellException(ErrorDescription.OfCompilation(diagnostics, workingDirectory))
            : script;
    }

    /// <inheritdoc/>
    public void Dispose() => _loader.Dispose();
}
