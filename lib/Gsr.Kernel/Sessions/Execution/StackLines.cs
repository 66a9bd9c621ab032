using System.Text.RegularExpressions;

namespace Gsr.Kernel.Sessions.Execution;

/// <summary>Cuts a stack trace down to what its reader wrote or called.</summary>
internal static partial class StackLines
{
    private const int Edge = 15;

    private static readonly string[] Plumbing =
    [
        "at System.Runtime.CompilerServices.",
        "at System.Runtime.ExceptionServices.",
        "at System.Threading.",
        "at Microsoft.CodeAnalysis.Scripting.",
        "at Gsr.Kernel.Sessions.",
        "--- End of",
        "----",
    ];

    /// <summary>Whether code of a cell is among the frames.</summary>
    public static bool ShowCell(string? stackTrace) => stackTrace?.Split('\n').Any(IsOfCell) == true;

    /// <summary>
    /// The same of what a process said before it died: the lines before the first frame, and the frames.
    /// </summary>
    public static (IReadOnlyList<string> Reason, IReadOnlyList<string> Frames) OfRuntime(string words)
    {
        var at = words.IndexOf("   at ", StringComparison.Ordinal);
        string[] reason = [.. words[..(at < 0 ? words.Length : at)]
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith("----", StringComparison.Ordinal))];
        return (Shorten(reason), [.. OfUser(at < 0 ? null : words[at..])]);
    }

    /// <summary>The frames from where the exception was thrown down to the outermost frame of a cell.</summary>
    public static IEnumerable<string> OfUser(string? stackTrace)
    {
        if (stackTrace is null)
            return [];
        var lines = stackTrace.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var last = Array.FindLastIndex(lines, IsOfCell);
        return Shorten([.. lines
            .Take(last < 0 ? lines.Length : last + 1)
            .Where(line => !Plumbing.Any(start => line.StartsWith(start, StringComparison.Ordinal))
                && !line.Contains(".<Initialize>(") && !line.Contains(".<Factory>("))
            .Select(line => "   " + Simplify(line))]);
    }

    // A recursion that went wrong has thousands of frames; both its ends tell the story.
    private static IReadOnlyList<string> Shorten(IReadOnlyList<string> frames) => frames.Count <= 2 * Edge ? frames
        : [.. frames.Take(Edge), $"   … {frames.Count - 2 * Edge} frames …", .. frames.TakeLast(Edge)];

    private static bool IsOfCell(string line) => line.Contains("Submission#", StringComparison.Ordinal)
        || line.Contains("FSI_", StringComparison.Ordinal);

    private static string Simplify(string line)
    {
        var top = TopLevel().Match(line);
        return top.Success
            ? $"at {top.Groups[1].Value}" : FSharpFolder().Replace(SubmissionPrefix().Replace(line, ""), " in ");
    }

    // The statements of a cell: "at Submission#0.<<Initialize>>d__0.MoveNext() in cell 3:line 5".
    // F# gives the name of a cell the folder in front.
    [GeneratedRegex(@"^at (?:Submission#\d+\.<<Initialize>>d__\d+\.MoveNext\(\) in "
        + @"|<StartupCode\$FSI_\d+>\.\$FSI_\d+\.main@\(\) in .*[/\\](?=cell \d+:line))(.*)$")]
    private static partial Regex TopLevel();

    [GeneratedRegex(@" in \S.*[/\\](?=cell \d+:line \d+$)")]
    private static partial Regex FSharpFolder();

    [GeneratedRegex(@"(Submission#|FSI_)\d+\.")]
    private static partial Regex SubmissionPrefix();
}
