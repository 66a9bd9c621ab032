using System.Text.RegularExpressions;

namespace Gsr.Notebooks.Tests.Architecture;

/// <summary>What the style's tests read in C# sources: names of tests, and public types with their files.</summary>
internal static partial class SourceText
{
    /// <summary>Words of a test's name that hold a capital letter after a small one.</summary>
    private static readonly string[] MixedWords = ["CSharp", "FSharp", "NaN", "NuGet", "PocketView"];

    /// <summary>The C# files under a folder of the workbook; builds write to artifacts alone.</summary>
    public static string[] Files(string folder) =>
        Directory.GetFiles(Path.Combine(Workbook.Folder, folder), "*.cs", SearchOption.AllDirectories);

    /// <summary>The names of the methods that are facts or theories.</summary>
    public static IEnumerable<string> Tests(string source) =>
        TestMethod().Matches(source).Select(match => match.Groups["name"].Value);

    /// <summary>True for words joined by underscores, such as Rings_have_a_closed_form.</summary>
    public static bool IsSentence(string name) =>
        name.Split('_') is { Length: > 1 } words && Array.TrueForAll(words, word =>
            word.Length > 0 && (MixedWords.Contains(word) || !CapitalInside().IsMatch(word)));

    /// <summary>
    /// The names of the public types of a file that are not nested. A record of one statement, such as the data of one
    /// picture, is no type of its own to look for where <paramref name="records"/> is false.
    /// </summary>
    public static IEnumerable<string> PublicTypes(string source, bool records) =>
        PublicType().Matches(source)
            .Where(match => records || !IsRecordOfOneStatement(source, match))
            .Select(match => match.Groups["name"].Value);

    /// <summary>True for X.cs and X.Part.cs, where X is the type.</summary>
    public static bool IsNamedAfter(string file, string type) => Path.GetFileName(file).Split('.')[0] == type;

    private static bool IsRecordOfOneStatement(string source, Match match) =>
        match.Groups["kind"].Value.StartsWith("record", StringComparison.Ordinal)
        && source.IndexOf(';', match.Index) is var end and > 0 && !source[match.Index..end].Contains("\n{");

    [GeneratedRegex(
        @"^ *\[(?:Fact|Theory)\b.*?^ *(?:\[[^\n]*\] )?public (?:static |async |unsafe )*"
        + @"(?:void|Task|ValueTask) (?<name>\w+)\(",
        RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex TestMethod();

    [GeneratedRegex("[a-z][A-Z]")]
    private static partial Regex CapitalInside();

    [GeneratedRegex(
        @"^public (?:(?:static|sealed|abstract|partial|readonly|ref|unsafe) )*"
        + @"(?<kind>class|record struct|record class|record|struct|interface|enum|delegate [^\n(]+?) (?<name>\w+)",
        RegexOptions.Multiline)]
    private static partial Regex PublicType();
}
