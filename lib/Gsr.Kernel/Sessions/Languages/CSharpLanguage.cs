using Gsr.Kernel.Display;
using Gsr.Kernel.Outputs;
using Gsr.Kernel.Sessions.Assistance;
using Gsr.Kernel.Sessions.Execution;
using Gsr.Kernel.Sessions.Packages;
using Microsoft.CodeAnalysis.CSharp;

namespace Gsr.Kernel.Sessions.Languages;

/// <summary>C#, by Roslyn scripting.</summary>
internal sealed class CSharpLanguage(
    string workingDirectory, LoadedScripts scripts, DirectiveRunner directives, ReferenceSet references)
    : CellLanguage(Submission.CSharp, "runs C#", "c#"), IDisposable
{
    private const string Typical = """
        record Point(int X, string Name);
        double Mean(IEnumerable<int> values) => values.Average();
        var points = new List<Point>();
        for (var i = 0; i < 5; i++)
            points.Add(new Point(i, $"p{i}"));
        var mean = Mean(points.Where(p => p.X > 1).Select(p => p.X));
        await Task.CompletedTask;
        points.OrderByDescending(p => p.Name).ToList()
        """;

    private CellState? _state;

    /// <summary>Compiles cells until the next reset, which brings another one.</summary>
    public CellCompiler Compiler { get; private set; } = new(workingDirectory, scripts, references);

    /// <summary>Completes and explains what is written on top of the cells since the last reset.</summary>
    public Assistant Assistant { get; private set; } = new([.. references.All], CellCompiler.Imports, scripts);

    public override IEnumerable<CellVariable> Variables =>
        _state?.Variables.Reverse().DistinctBy(v => v.Field.Name)
            .Select(v => new CellVariable(v.Field.Name, v.Field.FieldType, v.Field.GetValue(v.Cell))) ?? [];

    public override async Task<MimeBundle?> RunAsync(CodePart part, RunningCell cell) =>
        Represent((await SubmitAsync(part.Code, part.Cell, cell, isKept: true)).Value);

    /// <summary>Runs code; what it declares is only kept if it is to be.</summary>
    public async Task<CellState> SubmitAsync(string code, string name, RunningCell cell, bool isKept)
    {
        ErrorDescription.CheckNesting(code, name);
        var previous = _state;
        var text = await directives.RunAsync(code, name, cell.Interruption);
        var compiled = Compiler.Compile(text, name, previous, cell.Interruption);
        var given = references.Pending.Count;
        var state = await compiled.RunAsync(previous);
        // All that is kept is looked through for the names of every later cell.
        if (isKept && (given > 0 || compiled.IsSeenByOthers))
        {
            cell.Commit(() =>
            {
                _state = state;
                Assistant.Add(code, references.Pending.Take(given));
                references.Commit(given);
            });
        }
        return state.Exception is { } e ? throw new CellException(ErrorDescription.OfException(e), e) : state;
    }

    /// <summary>Does once what the first cells would wait for; of it nothing is kept, and nothing seen.</summary>
    public void WarmUp(CancellationToken stop)
    {
        CellState? state = null;
        foreach (var code in (string[])[Typical, "points.Count", "Math.Sqrt(2)", "points[0].Name"])
            state = Try(code, state, stop);
    }

    /// <summary>
    /// Compiles a small cell again and again, for the runtime to compile for good what this takes: it does so in pauses,
    /// step by step, with what was called often before each.
    /// </summary>
    public void Practise(CancellationToken stop)
    {
        for (var i = 1; i <= 30; i++)
        {
            Try("var x = 1; int Add(int n) => n + x; Add(1)", null, stop);
            if (i % 6 == 0)
                stop.WaitHandle.WaitOne(200); // twice as long as the runtime waits for a pause
        }
    }

    public override async Task SetAsync(string name, object? value, RunningCell cell)
    {
        if (!SyntaxFacts.IsValidIdentifier(name))
            throw new CommandException($"\"{name}\" cannot be the name of a C# variable.");
        var type = ScriptType.CSharp.Write(value?.GetType() ?? typeof(object), references);
        SharedValue.Current = value;
        await SubmitAsync($"{type} @{name} = ({type})global::{typeof(SharedValue).FullName}.Current;",
            cell.Name, cell, isKept: true);
    }

    public override void Reset()
    {
        _state = null;
        references.Restart();
        // The old one is not disposed of: tasks that earlier cells left behind may still load through it.
        Compiler = new CellCompiler(workingDirectory, scripts, references);
        Assistant = new Assistant([.. references.All], CellCompiler.Imports, scripts);
    }

    public void Dispose() => Assistant.Dispose();

    private CellState Try(string code, CellState? state, CancellationToken stop)
    {
        state = Compiler.Try(code, state, stop).RunAsync(state).GetAwaiter().GetResult();
        stop.ThrowIfCancellationRequested();
        _ = Represent(state.Value)?.Limited();
        return state;
    }

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
