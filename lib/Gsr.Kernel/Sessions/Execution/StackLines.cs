using System.Text.RegularExpressions;

namespace Gsr.Kernel.Sessions.Execution;

/// <summary>Cuts a stack trace down to what its reader wrote or called.</summary>
internal static partial class StackLines
{
    private const int Edge = 15;

    private static readonly string[] s_plumbing =
    [
        "at System.Runtime.CompilerServices.",
        "at System.Runtime.ExceptionServices.",
        "at System.Threading.",
        "at Microsoft.CodeAnalysis.Scripting.",
        "at Gsr.Kernel.Sessions.Execution.",
        "--- End of",
    ];

    /// <summary>The frames from where the exception was thrown down to the outermost frame of a cell.</summary>
    public static IEnumerable<string> OfUser(string? stackTrace)
    {
        if (stackTrace is null)
            return [];
        var lines = stackTrace.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var last = Array.FindLastIndex(lines, line => line.Contains("Submission#", StringComparison.Ordinal) || line.Contains("FSI_", StringComparison.Ordinal));
        string[] frames = [.. lines
            .Take(last < 0 ? lines.Length : last + 1)
            .Where(line => !s_plumbing.Any(start => line.StartsWith(start, StringComparison.Ordinal)))
            .Select(line => "   " + Simplify(line))];
        // A recursion that went wrong has thousands of frames; both its ends tell the story.
        return frames.Length <= 2 * Edge ? frames
            : [.. frames[..Edge], $"   … {frames.Length - 2 * Edge} frames …", .. frames[^Edge..]];
    }

    private static string Simplify(string line)
    {
        var top = TopLevel().Match(line);
        return top.Success ? $"at {top.Groups[1].Value}" : FSharpFolder().Replace(SubmissionPrefix().Replace(line, ""), " in ");
    }

    // The statements of a cell: "at Submission#0.<<Initialize>>d__0.MoveNext() in cell 3:line 5".
    // F# gives the name of a cell the folder in front.
    [GeneratedRegex(@"^at (?:Submission#\d+\.<<Initialize>>d__\d+\.MoveNext\(\) in |<StartupCode\$FSI_\d+>\.\$FSI_\d+\.main@\(\) in .*[/\\](?=cell \d+:line))(.*)$")]
    private static partial Regex TopLevel();

    [GeneratedRegex(@" in \S.*[/\\](?=cell \d+:line \d+$)")]
    private static partial Regex FSharpFolder();

    [GeneratedRegex(@"(Submission#|FSI_)\d+\.")]
    private static partial Regex SubmissionPrefix();
}
