namespace Gsr.Experiments;

/// <summary>An estimate held against a bound.</summary>
/// <param name="Estimate">What was measured.</param>
/// <param name="Goal">The bound, such as "≥ 0.97".</param>
/// <param name="Verdict">On which side of it the interval lies.</param>
/// <param name="Name">What it is, where a claim has several: a condition, a statistic.</param>
public sealed record Finding(Estimate Estimate, string Goal, Verdict Verdict, string? Name = null)
{
    /// <summary>Whether the number itself, whatever its interval, is on the wrong side of the bound.</summary>
    public bool ValueMisses { get; init; } = Verdict == Verdict.NotReached;

    /// <summary>A fact that no number carries, such as "the same genes in all runs".</summary>
    public static Finding Fact(bool holds, string shown) => new(
        new(holds ? 1 : 0, holds ? 1 : 0, holds ? 1 : 0, shown, "one value"), "",
        holds ? Verdict.Reached : Verdict.NotReached);

    /// <summary>The same finding with a name.</summary>
    public Finding Named(string name) => this with { Name = name };

    /// <summary>Such as "GSR 0.98 ± 0.01 (≥ 0.97)".</summary>
    public override string ToString() =>
        (Name is null ? "" : $"{Name} ") + Estimate.Text + (Goal.Length == 0 ? "" : $" ({Goal})");
}
