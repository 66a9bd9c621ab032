using Gsr.Kernel.Sessions.Assistance;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Sessions.Languages;

/// <summary>A cell that is being written, as seen from where the cursor stands.</summary>
/// <param name="CSharp">Its C#, with blanks in place of all else; null where the cursor stands outside of it.</param>
/// <param name="Magic">The name behind <c>#!</c> as far as the cursor; null elsewhere.</param>
internal sealed record Draft(string? CSharp, string? Magic)
{
    /// <summary>Looks at a cell that begins in C#.</summary>
    public static Draft At(string code, int position, LanguageSet languages, Func<string, bool> isCommand)
    {
        if (position < 0 || position > code.Length)
            return new(null, null);
        if (!code.Contains("#!", StringComparison.Ordinal))
            return new(code, null);
        var text = code.ToCharArray();
        var (start, isCSharp, isHere) = (0, true, true);
        foreach (var line in code.Split('\n'))
        {
            var end = start + line.Length;
            var word = CellParts.Word(line);
            if (word.Length > 0 && !isCommand(word))
                isCSharp = languages.Find(word)?.Name == Submission.CSharp;
            if (line.StartsWith("#!", StringComparison.Ordinal) && position >= start + 2 && position <= end)
                return new(null, position <= start + 2 + word.Length ? code[(start + 2)..position] : null);
            if (!isCSharp || word.Length > 0)
                text.AsSpan(start, line.Length).Fill(' ');
            if (position >= start)
                isHere = isCSharp;
            start = end + 1;
        }
        return new(isHere ? new string(text) : null, null);
    }

    /// <summary>The names that continue <see cref="Magic"/>.</summary>
    public Completions CompleteMagic(IEnumerable<string> names, int position) => new(
        position - Magic!.Length, position,
        [.. names.Where(n => n.StartsWith(Magic, StringComparison.OrdinalIgnoreCase)).Order().Select(n => new CompletionEntry(n, "magic"))]);
}
