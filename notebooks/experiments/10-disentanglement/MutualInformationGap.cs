using Gsr.Analysis;

namespace Gsr.Experiments.Disentanglement;

/// <summary>
/// The mutual information gap (Chen et al. 2018): does one unit of a code have information about a factor, and no other
/// unit? MIG = mean over factors k of (I(cᵢ; vₖ) - max_{j ≠ i} I(cⱼ; vₖ)) / H(vₖ), with i the unit of most information
/// about vₖ.
/// </summary>
/// <remarks>
/// A unit's activation is put into bins of equal width, 20 as is usual, and so is a factor that is a number. The gap
/// asks for one unit per factor, but not for one factor per unit.
/// </remarks>
public sealed class MutualInformationGap
{
    private MutualInformationGap(double[,] shares) =>
        (InformationShares, Gaps) = (shares, [.. shares.Columns().Select(Gap)]);

    /// <summary>The mean gap, 0 .. 1.</summary>
    public double Score => Gaps.Average();

    /// <summary>Each factor's gap, 0 .. 1; with a single unit the share of information that it has.</summary>
    internal double[] Gaps { get; }

    /// <summary>I(cᵢ; vₖ) / H(vₖ), [units, factors].</summary>
    internal double[,] InformationShares { get; }

    /// <summary>Measures a code [examples, units] with the true factors of the examples.</summary>
    public static MutualInformationGap Of(double[,] code, IReadOnlyList<GenerativeFactor> factors, int bins = 20)
    {
        var (examples, units) = Arguments.Matrix(code, nameof(code));
        Arguments.Length(factors[0].Count, examples, nameof(factors), "example");
        int[][] binned = [.. code.Columns().Select(unit => MutualInformation.EqualWidthBins(unit, bins))];
        var shares = new double[units, factors.Count];
        for (var k = 0; k < factors.Count; k++)
        {
            var truth = factors[k].IsClass
                ? factors[k].ClassNumbers()
                : MutualInformation.EqualWidthBins(factors[k].Values, bins);
            var entropy = MutualInformation.Entropy(truth);
            for (var unit = 0; unit < units; unit++)
                shares[unit, k] = MutualInformation.Of(binned[unit], truth) / entropy;
        }

        return new MutualInformationGap(shares);
    }

    /// <summary>Such as "MIG 0.12".</summary>
    public override string ToString() => FormattableString.Invariant($"MIG {Score:F2}");

    private static double Gap(double[] shares)
    {
        double first = 0, second = 0;
        foreach (var share in shares)
            (first, second) = share > first ? (share, first) : (first, Math.Max(second, share));
        return first - second;
    }
}

/// <summary>
/// Mutual information of two discrete quantities, from counts: I(A; B) = H(A) + H(B) - H(A, B), in nats.
/// </summary>
/// <remarks>From n examples it is too large by about (a - 1)(b - 1) / 2n for a and b values (Miller 1955).</remarks>
internal static class MutualInformation
{
    /// <summary>Of two labels per example; 0 or more.</summary>
    public static double Of(int[] first, int[] second) =>
        Math.Max(0, Entropy(first) + Entropy(second) - Entropy([.. first.Zip(second)]));

    /// <summary>-Σ p log p; 0 for a constant.</summary>
    public static double Entropy<T>(T[] labels)
        where T : notnull
    {
        // The counts in descending order: equal partitions give equal sums, whatever their labels are called.
        double n = labels.Length;
        var counts = labels.CountBy(label => label).Select(pair => pair.Value).OrderDescending().ToArray();
        return counts.Length == 1 ? 0 : -counts.Sum(c => c / n * Math.Log(c / n));
    }

    /// <summary>
    /// The number of the bin of each value, among bins of equal width from the least value to the largest; a bin has
    /// its lower bound, the last one also its upper. All 0 for a constant.
    /// </summary>
    public static int[] EqualWidthBins(double[] values, int bins)
    {
        var (low, high) = (values.Min(), values.Max());
        if (!(high > low)) return new int[values.Length];
        // Halved, so that the distance of the two largest numbers of a double does not overflow.
        var width = (high / 2) - (low / 2);
        return Array.ConvertAll(values,
            value => Math.Min(bins - 1, (int)(((value / 2) - (low / 2)) / width * bins)));
    }
}
