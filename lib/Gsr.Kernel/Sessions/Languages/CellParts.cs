using System.Text;
using Gsr.Kernel.Sessions.Assistance;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Sessions.Languages;

/// <summary>Divides a cell where its language changes and at its magic commands.</summary>
internal static class CellParts
{
    // Languages of .NET Interactive that have no place here: to run them as C# would only produce a wall of errors.
    private static readonly Dictionary<string, string> Foreign = new(StringComparer.OrdinalIgnoreCase)
    {
        ["pwsh"] = "PowerShell",
        ["powershell"] = "PowerShell",
        ["sql"] = "SQL",
        ["mssql"] = "SQL",
        ["kql"] = "KQL",
        ["python"] = "Python",
        ["r"] = "R",
        ["http"] = "HTTP requests",
        ["bash"] = "Bash",
    };

    /// <summary>The parts of a cell in their order; those without any code are left out.</summary>
    public static IEnumerable<CellPart> Split(
        Submission submission, LanguageSet languages, Func<string, bool> isCommand)
    {
        var language = Find(submission.Language, submission.Name, 1, languages);
        if (!submission.Code.Contains("#!", StringComparison.Ordinal))
            return [new CodePart(language, "", submission.Code, submission.Name, 1)];
        var parts = new List<CellPart>();
        var code = new StringBuilder();
        var (options, start, number) = ("", 1, 0);
        foreach (var line in submission.Code.Split('\n'))
        {
            number++;
            var word = Word(line);
            var rest = word.Length == 0 ? "" : line.Trim()[(2 + word.Length)..].Trim();
            if (word.Length > 0 && isCommand(word))
            {
                Close();
                parts.Add(new CommandPart(word.ToLowerInvariant(), rest, language, number));
            }
            else if (word.Length > 0 && (languages.Contains(word) || Foreign.ContainsKey(word)
                || language.Name is Submission.CSharp or "fsharp"))
            {
                Close();
                language = Find(word, submission.Name, number, languages);
                (options, start) = (rest, number);
            }
            else
            {
                code.Append(line).Append('\n');
                continue;
            }
            code.Append('\n', number);
        }
        Close();
        return parts;

        void Close()
        {
            // A #!value may be all options and no code.
            if (!string.IsNullOrWhiteSpace(code.ToString()) || options.Length > 0)
                parts.Add(new CodePart(language, options, code.ToString().TrimEnd('\n'), submission.Name, start));
            code.Clear();
            options = "";
        }
    }

    private static CellLanguage Find(string name, string cell, int line, LanguageSet languages)
    {
        if (languages.Find(name) is { } language)
            return language;
        var text = Foreign.TryGetValue(name, out var foreign)
            ? $"The cell is written in {foreign} (#!{name}), which this engine leaves to others; it runs {languages}. "
                + "From C#, a package's library or Process.Start reaches it."
            : $"There is no magic command #!{name}; #!lsmagic lists those that there are.";
        throw new CellException(ErrorDescription.OfCommand(cell, line, text));
    }

    /// <summary>The name behind <c>#!</c> at the beginning of a line; empty for another line.</summary>
    public static string Word(string line)
    {
        if (!line.StartsWith("#!", StringComparison.Ordinal))
            return "";
        var end = 2;
        while (end < line.Length && !char.IsWhiteSpace(line[end]))
            end++;
        return line[2..end];
    }
}

/// <summary>A piece of a cell.</summary>
/// <param name="Line">Where it begins in the cell, from 1.</param>
internal abstract record CellPart(int Line);

/// <summary>Code of one language.</summary>
/// <param name="Language">Which.</param>
/// <param name="Options">What follows the language's name on its line, <c>--name x</c> for example.</param>
/// <param name="Code">The code, after as many empty lines as keep its line numbers those of the cell.</param>
/// <param name="Cell">How the cell is named in messages.</param>
/// <param name="Line">Where it begins.</param>
internal sealed record CodePart(CellLanguage Language, string Options, string Code, string Cell, int Line)
    : CellPart(Line)
{
    /// <summary>The code alone.</summary>
    public string Text => Code.TrimStart('\n', '\r');
}

/// <summary>A magic command.</summary>
/// <param name="Name">Its name without <c>#!</c>.</param>
/// <param name="Arguments">What follows on its line.</param>
/// <param name="Into">The language of the code around it, which <c>#!share</c> gives values to.</param>
/// <param name="Line">Its line.</param>
internal sealed record CommandPart(string Name, string Arguments, CellLanguage Into, int Line) : CellPart(Line);

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
        var start = position == 0 ? 0 : code.LastIndexOf('\n', position - 1) + 1;
        var line = code[start..].Split('\n', 2)[0];
        if (line.StartsWith("#!", StringComparison.Ordinal) && position >= start + 2)
        {
            var end = start + 2 + CellParts.Word(line).Length;
            return new(null, position <= end ? code[(start + 2)..position] : null);
        }
        var before = Lines(code[..start], languages, isCommand).LastOrDefault((Line: "", IsCSharp: true));
        return new(before.IsCSharp ? CSharpOf(code, languages, isCommand) : null, null);
    }

    /// <summary>The C# of a cell, with blanks in place of all else.</summary>
    public static string CSharpOf(string code, LanguageSet languages, Func<string, bool> isCommand) =>
        !code.Contains("#!", StringComparison.Ordinal) ? code : string.Join('\n', Lines(code, languages, isCommand)
            .Select(line => line.IsCSharp && CellParts.Word(line.Line).Length == 0
                ? line.Line : new string(' ', line.Line.Length)));

    private static IEnumerable<(string Line, bool IsCSharp)> Lines(
        string code, LanguageSet languages, Func<string, bool> isCommand)
    {
        var isCSharp = true;
        foreach (var line in code.Split('\n'))
        {
            if (CellParts.Word(line) is { Length: > 0 } word && !isCommand(word))
                isCSharp = languages.Find(word)?.Name == Submission.CSharp;
            yield return (line, isCSharp);
        }
    }

    /// <summary>The names that continue <see cref="Magic"/>.</summary>
    public Completions CompleteMagic(IEnumerable<string> names, int position) => new(
        position - Magic!.Length, position,
        [.. names.Where(n => n.StartsWith(Magic, StringComparison.OrdinalIgnoreCase))
            .Order().Select(n => new CompletionEntry(n, "magic"))]);
}
