using System.Globalization;

namespace Gsr.Experiments;

/// <summary>For the notebooks whose claims are still lines of text (02 to 07, 11).</summary>
public static class OldClaims
{
    /// <summary>A law, which every run must keep.</summary>
    /// <exception cref="ClaimFailedException">It does not hold.</exception>
    public static string Always(this Claims claims, string claim, object measured, bool holds)
    {
        ArgumentNullException.ThrowIfNull(claims);
        return Claims.Check(claim, holds, Text(measured));
    }

    /// <summary>A claim that is decided without an interval.</summary>
    public static string Result(this Claims claims, string claim, object measured, bool holds) =>
        claims.Add(claim, Finding.Fact(holds, Text(measured)));

    /// <summary>The same, of a value of the paper.</summary>
    public static string Compare(this Claims claims, string claim, object measured, bool holds) =>
        claims.Result(claim, measured, holds);

    /// <summary>The mean with half of its 95 % interval.</summary>
    public static string ToString(this Replicates values, int decimals) => values.Interval(decimals);

    private static string Text(object measured) => measured is double number
        ? number.ToString("0.###", CultureInfo.InvariantCulture)
        : FormattableString.Invariant($"{measured}");
}
