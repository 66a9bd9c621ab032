using System.Globalization;
using System.Text;
using FSharp.Compiler.Diagnostics;
using FSharp.Compiler.Interactive;
using Gsr.Kernel.Outputs;
using Gsr.Kernel.Sessions.Execution;
using Gsr.Kernel.Sessions.Packages;
using Microsoft.FSharp.Core;

namespace Gsr.Kernel.Sessions.Languages;

/// <summary>F#, by its own interactive session in this process, which is only made when a cell asks for it.</summary>
internal sealed class FSharpLanguage(DirectiveRunner directives, ReferenceSet references)
    : CellLanguage("fsharp", "runs F#", "f#")
{
    // F#'s own operator for members that are only known by their name: point?X.
    private const string LookUp =
        "let (?) (value: obj) (name: string) : 'a = unbox (value.GetType().GetProperty(name).GetValue(value))";

    private Shell.FsiEvaluationSession? _session;
    private HashSet<string> _known = [];
    private bool _looksUp;

    public override IEnumerable<CellVariable> Variables => _session?.GetBoundValues()
        .Select(bound => new CellVariable(bound.Name, bound.Value.ReflectionType, bound.Value.ReflectionValue)) ?? [];

    public override async Task<MimeBundle?> RunAsync(CodePart part, RunningCell cell)
    {
        var code = await directives.RunAsync(part.Code, part.Cell, cell.Interruption);
        var value = Evaluate(code, part.Cell);
        Interruption.Step();
        return CSharpLanguage.Represent(value);
    }

    public override Task SetAsync(string name, object? value, RunningCell cell)
    {
        if (name.Contains('`', StringComparison.Ordinal))
            throw new CommandException($"\"{name}\" cannot be the name of an F# value.");
        var type = ScriptType.FSharp.Write(value?.GetType() ?? typeof(object), references);
        if (!_looksUp)
        {
            _ = Evaluate(LookUp, cell.Name);
            _looksUp = true;
        }
        SharedValue.Current = value;
        _ = Evaluate($"let ``{name}`` = unbox<{type}> {typeof(SharedValue).FullName}.Current", cell.Name);
        return Task.CompletedTask;
    }

    public override void Reset()
    {
        ((IDisposable?)_session)?.Dispose();
        (_session, _known, _looksUp) = (null, [], false);
    }

    private Shell.FsiEvaluationSession Session => _session ??= Create();

    private object? Evaluate(string code, string cell)
    {
        ReferToWhatIsNew();
        var (choice, diagnostics) = Session.EvalInteractionNonThrowing(code, cell, null);
        switch (choice)
        {
            case FSharpChoice<FSharpOption<Shell.FsiValue>, Exception>.Choice1Of2 { Item: var value }:
                return FSharpOption<Shell.FsiValue>.get_IsSome(value)
                    && value.Value.ReflectionType != typeof(Unit) ? value.Value.ReflectionValue : null;
            case FSharpChoice<FSharpOption<Shell.FsiValue>, Exception>.Choice2Of2 { Item: var e }:
                var errors = diagnostics.Where(d => d.Severity.IsError).Select(d => Describe(d, cell)).ToArray();
                throw errors.Length > 0
                    ? new CellException(new ErrorOutput(ErrorDescription.CompilationError, errors[0], errors))
                    : new CellException(ErrorDescription.OfException(e), e);
            default:
                return null;
        }
    }

    // What C# cells brought in is there for F# too, and the other way round.
    private void ReferToWhatIsNew()
    {
        var paths = references.Brought.Where(_known.Add).Select(path => $"#r @\"{path}\"").ToArray();
        if (paths.Length > 0)
            _ = Session.EvalInteractionNonThrowing(string.Join('\n', paths), "references", null);
    }

    private static string Describe(FSharpDiagnostic diagnostic, string cell) =>
        string.Create(CultureInfo.InvariantCulture,
        $"{cell}({diagnostic.StartLine},{diagnostic.StartColumn + 1}): error FS{diagnostic.ErrorNumber:0000}: ")
        + diagnostic.Message.ReplaceLineEndings(" ");

    private static Shell.FsiEvaluationSession Create()
    {
        var configuration = Shell.FsiEvaluationSession.GetDefaultConfiguration();
        // Against the assemblies that run, as C# does: with an SDK's, types of the two languages would be strangers.
        // And not interactive: else it would run code in a way that the runtime does not survive being interrupted.
        return Shell.FsiEvaluationSession.Create(
            configuration,
            ["fsi", "--noninteractive", "--nologo", "--gui-", "--usesdkrefs-", "-r:" + EngineLocation.Assembly],
            TextReader.Null, TextWriter.Null, new StringWriter(new StringBuilder()), null, null);
    }
}
