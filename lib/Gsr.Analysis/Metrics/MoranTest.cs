namespace Gsr.Analysis.Metrics;

/// <summary>Moran's I of one signal beside what it is for shuffled nodes.</summary>
/// <param name="Value">I; NaN for a constant signal, one node, or no edges.</param>
/// <param name="Expectation">E[I] = -1/(N-1), the mean over all permutations of the nodes.</param>
/// <param name="PValue">p = (1 + #{Iₖ ≥ I}) / (1 + permutations); NaN where I is.</param>
/// <param name="Permutations">Number of permutations behind the p-value.</param>
public sealed record MoranTest(double Value, double Expectation, double PValue, int Permutations)
{
    /// <summary>Such as "Moran's I 0.500, expected -0.125, p = 0.004 (upper tail, 999 permutations)".</summary>
    public override string ToString() => FormattableString.Invariant(
        $"Moran's I {Value:F3}, expected {Expectation:F3}, p = {PValue:0.####} ")
        + $"(upper tail, {Permutations} permutations)";
}
