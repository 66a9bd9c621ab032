using System.Text.RegularExpressions;

namespace Gsr.Kernel.Sessions.Assistance;

/// <summary>A cell that asks what something is: a name with a question mark, as in IPython; two ask for all there is to know.</summary>
/// <param name="Name">What is asked about.</param>
/// <param name="IsDetailed">True for two marks.</param>
internal sealed partial record Question(string Name, bool IsDetailed)
{
    /// <summary>Reads code as a question; null where it is none. No C# has this form.</summary>
    public static Question? Parse(string code)
    {
        if (!code.Contains('?'))
            return null;
        var match = Form().Match(code.Trim());
        return match.Success ? new(match.Groups["name"].Value, match.Groups["marks"].Value.Length > 1) : null;
    }

    [GeneratedRegex(@"^(?<marks>\?{1,2})\s*(?<name>[\p{L}_][\w.]*)$|^(?<name>[\p{L}_][\w.]*)(?<marks>\?{1,2})$")]
    private static partial Regex Form();
}
