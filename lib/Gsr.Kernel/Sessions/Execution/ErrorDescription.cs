using System.Reflection;
using Gsr.Kernel.Display;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Outputs;
using Microsoft.CodeAnalysis;

namespace Gsr.Kernel.Sessions.Execution;

/// <summary>Says what went wrong in terms of the cell: its name, its lines, its functions.</summary>
internal static class ErrorDescription
{
    public const string CompilationError = "CompilationError";

    private const int MostLines = 200, MostText = 5 * Limits.PlainText;

    public static ErrorOutput OfCompilation(IEnumerable<Diagnostic> diagnostics, string workingDirectory)
    {
        string[] lines = [.. diagnostics
            .Where(d => d.Severity == DiagnosticSeverity.Error)
            .OrderBy(d => d.Location.SourceSpan.Start)
            .Select(d => Describe(d, workingDirectory))];
        return new(CompilationError, lines[0], lines);
    }

    public static ErrorOutput OfDirective(string file, int line, string message) =>
        At("ReferenceError", file, line, message);

    public static ErrorOutput OfCommand(string cell, int line, string message) =>
        At("CommandError", cell, line, message);

    /// <summary>Refuses what the compiler may not survive.</summary>
    public static void CheckNesting(string code, string cell)
    {
        if (Nesting.IsTooDeep(code))
            throw new CellException(OfNesting(cell));
    }

    /// <summary>The same of what was parsed.</summary>
    public static void CheckNesting(SyntaxTree tree, string cell)
    {
        if (Nesting.IsTooDeep(tree.GetRoot()))
            throw new CellException(OfNesting(cell));
    }

    private static ErrorOutput OfNesting(string cell)
    {
        var text = $"The code is nested more than {Nesting.Deepest} levels deep, which the compiler may not survive; "
            + "name its inner parts by variables or functions.";
        return new(CompilationError, text, [$"{cell}: error: {text}"]);
    }

    public static ErrorOutput OfAbandonment(string cell, TimeSpan grace)
    {
        var text = $"{cell} was interrupted, but a call in it cannot be stopped (native code, or a loop in a library). "
            + FormattableString.Invariant($"It was given up after {grace.TotalSeconds:0.#} s.");
        return new("Interrupted", text,
        [
            text,
            "The call goes on in the background until it returns; nothing of it will be kept. "
                + "Variables of earlier cells are as they were.",
            "If it occupies the processor or a file that you need, restart the kernel.",
        ]);
    }

    public static ErrorOutput OfInterruption() =>
        new("Interrupted", "The cell was interrupted.", ["The cell was interrupted."]);

    public static ErrorOutput OfException(Exception e)
    {
        var shown = Unwrap(e);
        var lines = new List<string>();
        Append(lines, shown, "");
        if (Remedy(shown) is { } remedy)
            lines.Add(remedy);
        return new(shown.GetType().Name, Message(shown), lines);
    }

    // That of many exceptions repeats those of all of them, which may be long.
    private static string Message(Exception e) => Gist(
        e is AggregateException many && many.Flatten().InnerExceptions is var all
            && all.Sum(one => (long)one.Message.Length) > Limits.PlainText
            ? $"{all.Count} errors, the first of which is: {all[0].Message}" : e.Message);

    // libtorch's texts go on with its own frames, and the paths of this machine.
    private static string Gist(string message) =>
        Text.Cut(message, Limits.PlainText) is var text
            && text.Split("\nException raised from ", 2) is [var gist, var rest] && rest.Contains("\nframe #")
            ? gist : text;

    /// <summary>What nobody waits for: a thread, a timer, a finalizer, an <c>async void</c>.</summary>
    public static ErrorOutput OfBackground(Exception e)
    {
        var error = OfException(e);
        return error with
        {
            Traceback = [.. error.Traceback, "It was thrown in the background, where nothing catches it."],
        };
    }

    /// <summary>What a native function threw and did not catch; the thread that called it is lost.</summary>
    public static ErrorOutput OfNative(string text, string stackTrace)
    {
        var lines = Gist(text).Split('\n');
        return new("NativeException", lines[0],
        [
            .. lines, .. StackLines.OfUser(stackTrace),
            "The native function that threw this cannot return. What the cell declared is lost; earlier cells are not.",
        ]);
    }

    // What only says that something else went wrong, hides what did.
    private static Exception Unwrap(Exception e) => e switch
    {
        AggregateException { InnerExceptions: [var only] } => Unwrap(only),
        TargetInvocationException { InnerException: { } inner } => Unwrap(inner),
        TypeInitializationException { InnerException: { } inner } => Unwrap(inner),
        _ => e,
    };

    private static string? Remedy(Exception e) => e switch
    {
        DllNotFoundException => "Bring in the package that holds the native library by #r \"nuget: ...\", "
            + "put the file beside the assembly that asks for it, or install what the lines above say it lacks.",
        FileNotFoundException { FileName: { } name } when name.Contains(", Version=", StringComparison.Ordinal) =>
            $"Bring in the assembly by #r \"nuget: {name.Split(',')[0]}\" or #r \"path.dll\".",
        BadImageFormatException =>
            "The file is no .NET assembly, or one for another processor or operating system than this one.",
        _ => null,
    };

    private static void Append(List<string> lines, Exception e, string prefix)
    {
        lines.AddRange(
            $"{prefix}{e.GetType().FullName}: {Message(e)}".Split('\n').Select(line => line.TrimEnd('\r')));
        lines.AddRange(StackLines.OfUser(e.StackTrace));
        IEnumerable<Exception> inner = e is AggregateException many ? many.InnerExceptions
            : e.InnerException is { } one ? [one] : [];
        foreach (var cause in inner)
        {
            if (lines.Count > MostLines || lines.Sum(line => line.Length) > MostText)
            {
                lines.Add("… further causes …");
                return;
            }
            Append(lines, Unwrap(cause), "Caused by: ");
        }
    }

    private static ErrorOutput At(string name, string file, int line, string message) =>
        new(name, message, [$"{file}({line},1): error: {message}"]);

    private static string Describe(Diagnostic diagnostic, string workingDirectory)
    {
        var message = $"error {diagnostic.Id}: {diagnostic.GetMessage()}";
        if (!diagnostic.Location.IsInSource)
            return message;
        var span = diagnostic.Location.GetMappedLineSpan();
        var file = Path.IsPathRooted(span.Path) ? Path.GetRelativePath(workingDirectory, span.Path) : span.Path;
        var start = span.StartLinePosition;
        return $"{file}({start.Line + 1},{start.Character + 1}): {message}";
    }
}

/// <summary>A cell that did not come to run, or whose code threw; carries what its reader shall see.</summary>
internal sealed class CellException(ErrorOutput error, Exception? cause = null) : Exception(error.Value, cause)
{
    public ErrorOutput Error { get; } = error;
}
