namespace Gsr.Experiments;

/// <summary>For notebooks not yet rewritten.</summary>
public static class OldClaims
{
    /// <summary>A law.</summary>
    public static string Always(this Claims claims, string claim, object measured, bool holds) =>
        Claims.Check(claim, holds, FormattableString.Invariant($"{measured}"));

    /// <summary>A claim.</summary>
    public static string Result(this Claims claims, string claim, object measured, bool holds) =>
        claims.Add(claim, Finding.Fact(holds, FormattableString.Invariant($"{measured}")));

    /// <summary>A claim.</summary>
    public static string Compare(this Claims claims, string claim, object measured, bool holds) =>
        claims.Result(claim, measured, holds);
}
