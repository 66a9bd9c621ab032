using Gsr.Kernel.Display;
using Gsr.Kernel.Outputs;
using Gsr.Kernel.Sessions.Assistance;
using Gsr.Kernel.Sessions.Execution;
using Gsr.Kernel.Sessions.Packages;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Scripting;

namespace Gsr.Kernel.Sessions.Languages;

/// <summary>C#, by Roslyn scripting.</summary>
internal sealed class CSharpLanguage(string workingDirectory, LoadedScripts scripts, DirectiveRunner directives, ReferenceSet references)
    : CellLanguage, IDisposable
{
    private CellCompiler _compiler = new(workingDirectory, scripts, references);
    private Assistant _assistant = new([.. references.Pending], CellCompiler.Imports, scripts);
    private ScriptState<object?>? _state;

    /// <inheritdoc/>
    public override string Name => Submission.CSharp;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["c#"];

    /// <inheritdoc/>
    public override string Description => "runs C#";

    /// <summary>Compiles the cells of now; another one does so after a reset.</summary>
    public CellCompiler Compiler => _compiler;

    /// <summary>Completes and explains what is written on top of the cells of now.</summary>
    public Assistant Assistant => _assistant;

    /// <inheritdoc/>
    public override IEnumerable<CellVariable> Variables =>
        _state?.Variables.Reverse().DistinctBy(v => v.Name).Select(v => new CellVariable(v.Name, v.Type, v.Value)) ?? [];

    /// <inheritdoc/>
    public override async Task<MimeBundle?> RunAsync(CodePart part, RunningCell cell) =>
        Represent((await SubmitAsync(part.Code, part.Cell, cell, isKept: true)).ReturnValue);

    /// <summary>Runs code; what it declares is only kept if it is to be.</summary>
    public async Task<ScriptState<object?>> SubmitAsync(string code, string name, RunningCell cell, bool isKept)
    {
        Nesting.Check(code, name);
        var previous = _state;
        var text = await directives.RunAsync(code, name, cell.Interruption);
        var script = _compiler.Compile(text, name, previous, cell.Interruption);
        var given = references.Pending.Count;
        var state = previous is null
            ? await script.RunAsync(globals: null, static _ => true, CancellationToken.None)
            : await script.RunFromAsync(previous, static _ => true, CancellationToken.None);
        if (isKept)
        {
            cell.Commit(() =>
            {
                _state = state;
                _assistant.Add(code, references.Pending.Take(given));
                references.Commit(given);
            });
        }
        return state.Exception is { } e ? throw new CellException(ErrorDescription.OfException(e), e) : state;
    }

    /// <inheritdoc/>
    public override async Task SetAsync(string name, object? value, RunningCell cell)
    {
        if (!SyntaxFacts.IsValidIdentifier(name))
            throw new CommandException($"\"{name}\" cannot be the name of a C# variable.");
        var type = ScriptType.CSharp.Write(value?.GetType() ?? typeof(object), references);
        SharedValue.Current = value;
        await SubmitAsync($"{type} @{name} = ({type})global::{typeof(SharedValue).FullName}.Current;", cell.Name, cell, isKept: true);
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        _state = null;
        references.Restart();
        // The old one is not disposed of: tasks that earlier cells left behind may still load through it.
        _compiler = new CellCompiler(workingDirectory, scripts, references);
        _assistant = new Assistant([.. references.Pending], CellCompiler.Imports, scripts);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _compiler.Dispose();
        _assistant.Dispose();
    }

    /// <summary>A cell's value as it is to be shown.</summary>
    public static MimeBundle? Represent(object? value) => value switch
    {
        // Nothing to show, shown already, or a promise of nothing.
        null or DisplayedValue => null,
        Task task when !HasResult(task) => null,
        _ => MimeFormatter.Format(value),
    };

    // An async method without a result returns a Task<VoidTaskResult> in disguise.
    private static bool HasResult(Task task) =>
        task.GetType().GetProperty("Result") is { PropertyType.IsVisible: true };
}
