using System.Globalization;
using System.Text.RegularExpressions;
using Gsr.Kernel.Documents;

namespace Gsr.Kernel.Sweeps;

/// <summary>The values that a sweep gives to one parameter, and the combinations of several.</summary>
internal sealed partial record SweepValues(string Name, IReadOnlyList<string> Values)
{
    private const int MostRuns = 1_000_000;

    /// <summary>Reads <c>1..50</c>, or values between commas, those within brackets or double quotes as one.</summary>
    public static SweepValues Parse(string name, string text) => new(name, [.. text.Length == 0 ? [""]
        : Value().Matches(text).SelectMany(match => Range(name, match.Value.Trim()))]);

    /// <summary>Every value of one parameter with every value of the others, the last one changing fastest.</summary>
    /// <param name="all">By parameter.</param>
    /// <param name="zip">True for the first value of each, then the second, and so on; one alone is for all.</param>
    /// <exception cref="UsageException">There are too many, or zipped parameters have other counts.</exception>
    public static IEnumerable<Dictionary<string, string>> Combine(IReadOnlyList<SweepValues> all, bool zip)
    {
        var count = all.Aggregate(
            1L, (sofar, own) => zip ? Math.Max(sofar, own.Values.Count) : sofar * own.Values.Count);
        if (count > MostRuns)
            throw new UsageException($"These are {count:n0} runs; a sweep has {MostRuns:n0} at most.");
        if (zip && all.FirstOrDefault(own => own.Values.Count != 1 && own.Values.Count != count) is { } odd)
            throw new UsageException($"--zip: {odd.Name} has {odd.Values.Count} values, another parameter {count}.");
        for (var i = 0; i < count; i++)
        {
            var (combination, rest) = (new Dictionary<string, string>(), i);
            foreach (var own in all.Reverse())
            {
                combination[own.Name] = own.Values[(zip ? i : rest) % own.Values.Count];
                rest /= own.Values.Count;
            }
            yield return combination;
        }
    }

    private static IEnumerable<string> Range(string name, string text)
    {
        if (text is ['"', .. var inner, '"'])
            return [inner];
        if (Ends().Match(text) is not { Success: true } ends)
            return [text];
        if (!int.TryParse(ends.Groups[1].Value, CultureInfo.InvariantCulture, out var first)
            || !int.TryParse(ends.Groups[2].Value, CultureInfo.InvariantCulture, out var last)
            || last < first || last - (long)first >= MostRuns)
            throw new UsageException($"{name}={text}: a range goes from a smaller whole number to a larger one.");
        return Enumerable.Range(first, last - first + 1).Select(i => i.ToString(CultureInfo.InvariantCulture));
    }

    [GeneratedRegex("""(?:[^,\["]|\[[^\]]*\]?|"[^"]*"?)+""")]
    private static partial Regex Value();

    [GeneratedRegex(@"^(-?\d+)\.\.(-?\d+)$")]
    private static partial Regex Ends();
}
