namespace Gsr.Analysis.Metrics;

/// <summary>Which permuted values count as at least as extreme as the observed one.</summary>
public enum Tail
{
    /// <summary>Those at least as large: p = (1 + #{Iₖ ≥ I}) / (1 + permutations).</summary>
    Upper,

    /// <summary>Twice the smaller of the upper and the lower tail, at most 1.</summary>
    TwoSided,
}

/// <summary>Moran's I of one signal beside what it is for shuffled nodes.</summary>
public sealed record MoranTest
{
    /// <summary>I; NaN for a constant signal, one node, or no edges.</summary>
    public required double Value { get; init; }

    /// <summary>E[I] = -1/(N-1), the mean over all permutations of the nodes.</summary>
    public required double Expectation { get; init; }

    /// <summary>Var[I] for normally distributed values: (N²S1 - N S2 + 3 S0²) / ((N²-1) S0²) - E[I]².</summary>
    public required double VarianceUnderNormality { get; init; }

    /// <summary>Var[I] over the permutations of this signal's own values; NaN for fewer than 4 nodes.</summary>
    public required double VarianceUnderRandomization { get; init; }

    /// <summary>The permutation p-value, at least 1/(1 + permutations); NaN where I is.</summary>
    public required double PValue { get; init; }

    /// <summary>Number of permutations behind the p-value.</summary>
    public required int Permutations { get; init; }

    /// <summary>The tail of the p-value.</summary>
    public required Tail Tail { get; init; }

    /// <summary>Such as "Moran's I 0.500, expected -0.125, p = 0.004 (upper tail, 999 permutations)".</summary>
    public override string ToString() => FormattableString.Invariant(
        $"Moran's I {Value:F3}, expected {Expectation:F3}, p = {PValue:0.####} ")
        + $"({TailName}, {Permutations} permutations)";

    private string TailName => Tail == Tail.Upper ? "upper tail" : "two-sided";
}
