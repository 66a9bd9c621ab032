namespace Gsr.Experiments.Disentanglement;

/// <summary>
/// The mutual information gap (Chen et al. 2018): does one unit of a code know a factor, and no other unit?
/// MIG = mean over factors k of (I(cᵢ; vₖ) - max_{j ≠ i} I(cⱼ; vₖ)) / H(vₖ), with i the unit that knows most of vₖ.
/// </summary>
/// <remarks>
/// A unit's activation is put into bins of equal width, 20 by default as is usual, and so is a factor that is a number; a class is
/// taken as it is. It asks about one unit per factor, but not about one factor per unit: a unit may know several.
/// </remarks>
public sealed class MutualInformationGap
{
    private MutualInformationGap(double[,] shares, double[] gaps) => (InformationShares, Gaps) = (shares, gaps);

    /// <summary>The mean gap, 0 .. 1.</summary>
    public double Score => Gaps.Average();

    /// <summary>Each factor's gap, 0 .. 1; with a single unit what this one knows.</summary>
    public IReadOnlyList<double> Gaps { get; }

    /// <summary>I(cᵢ; vₖ) / H(vₖ), [units, factors]: the share of a factor's entropy that a unit knows. A copy is the caller's to make.</summary>
    public double[,] InformationShares { get; }

    /// <summary>Measures a code.</summary>
    /// <param name="code">[examples, units], finite.</param>
    /// <param name="factors">The true factors of the examples.</param>
    /// <param name="bins">Bins of a unit, and of a factor that is a number; at least 2.</param>
    /// <exception cref="ArgumentException">A factor has another number of examples, there is none, or a value is not finite.</exception>
    /// <example><code>double mig = MutualInformationGap.Of(codes, GenerativeFactor.OfDigits(digits)).Score;</code></example>
    public static MutualInformationGap Of(double[,] code, IReadOnlyList<GenerativeFactor> factors, int bins = 20)
    {
        var (examples, units) = Arguments.Matrix(code, nameof(code));
        GenerativeFactor.Check(factors, examples, nameof(factors));
        Arguments.AtLeast(bins, 2, nameof(bins), "take at least 2 bins.");
        var binned = new int[units][];
        for (var unit = 0; unit < units; unit++)
            binned[unit] = MutualInformation.EqualWidthBins(Enumerable.Range(0, examples).Select(e => code[e, unit]).ToArray(), bins);
        var (shares, gaps) = (new double[units, factors.Count], new double[factors.Count]);
        for (var k = 0; k < factors.Count; k++)
        {
            var truth = factors[k].IsClass ? factors[k].ClassNumbers() : MutualInformation.EqualWidthBins(factors[k].Values, bins);
            var entropy = MutualInformation.Entropy(truth);
            for (var unit = 0; unit < units; unit++) shares[unit, k] = MutualInformation.Of(binned[unit], truth) / entropy;
            gaps[k] = Gap(shares, k);
        }

        return new MutualInformationGap(shares, gaps);
    }

    /// <summary>Such as "MIG 0.12".</summary>
    public override string ToString() => FormattableString.Invariant($"MIG {Score:F2}");

    private static double Gap(double[,] shares, int factor)
    {
        double first = 0, second = 0;
        for (var unit = 0; unit < shares.GetLength(0); unit++)
        {
            var share = shares[unit, factor];
            (first, second) = share > first ? (share, first) : (first, Math.Max(second, share));
        }

        return first - second;
    }
}
