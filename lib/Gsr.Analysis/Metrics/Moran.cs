using Gsr.Graphs;

namespace Gsr.Analysis.Metrics;

/// <summary>
/// Moran's I: is a signal clustered on a graph? With z = x - mean(x) and S0 = Σ wᵢⱼ over ordered pairs,
/// I = (N / S0) Σᵢⱼ wᵢⱼ zᵢ zⱼ / zᵀz. Near 1 for smooth signals, -1/(N-1) on average for shuffled ones, below where
/// neighbours repel (Cliff and Ord 1981, Spatial Processes).
/// </summary>
/// <remarks>
/// Weights are the graph's. Row-standardised, wᵢⱼ / dᵢ, every node counts alike whatever its degree; that is the
/// default of some packages, not of the paper's figures here, so it is off by default. An isolated node counts in N and
/// in the mean only. I is NaN where it is not defined: for a constant signal, one node, or no edges.
/// </remarks>
public static class Moran
{
    /// <summary>Moran's I of one signal.</summary>
    /// <param name="graph">The graph whose edges say what neighbours are.</param>
    /// <param name="signal">One finite value per node, such as a class-mean map.</param>
    /// <param name="rowStandardised">Whether each row of W is divided by its sum; false by default.</param>
    /// <returns>I, or NaN where it is not defined.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="signal"/> has another length or a value that is not finite.
    /// </exception>
    public static double I(FeatureGraph graph, ReadOnlySpan<double> signal, bool rowStandardised = false)
    {
        var (weights, deviations) = Prepare(graph, signal, rowStandardised);
        return weights.Factor * weights.CrossProduct(deviations) / SumOfSquares(deviations);
    }

    /// <summary>The mean of Moran's I over several signals, such as the class-mean maps of a layer.</summary>
    /// <param name="graph">The graph whose edges say what neighbours are.</param>
    /// <param name="signals">[signals, nodes], finite.</param>
    /// <returns>The mean, NaN where one of them is not defined.</returns>
    /// <exception cref="ArgumentException">There are other nodes than the graph's, or a value is not finite.</exception>
    public static double MeanI(FeatureGraph graph, double[,] signals)
    {
        ArgumentNullException.ThrowIfNull(signals);
        return signals.Rows().Average(signal => I(graph, signal));
    }

    /// <summary>Moran's I with its moments and a p-value from random permutations of the nodes.</summary>
    /// <param name="graph">The graph whose edges say what neighbours are.</param>
    /// <param name="signal">One finite value per node.</param>
    /// <param name="permutations">Number of permutations, at least 1; 999, so that p has steps of 0.001.</param>
    /// <param name="seed">Of the permutations; the same seed gives the same p.</param>
    /// <param name="tail">Upper by default: the question is whether the map is clustered.</param>
    /// <param name="rowStandardised">Whether each row of W is divided by its sum; false by default.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="signal"/> has another length or a value that is not finite.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="permutations"/> is below 1.</exception>
    public static MoranTest Test(
        FeatureGraph graph,
        ReadOnlySpan<double> signal,
        int permutations = 999,
        int seed = 0,
        Tail tail = Tail.Upper,
        bool rowStandardised = false)
    {
        Arguments.AtLeast(permutations, 1, nameof(permutations), "use 999 for steps of 0.001 in p.");
        var (weights, z) = Prepare(graph, signal, rowStandardised);
        double energy = SumOfSquares(z);
        double observed = weights.CrossProduct(z);
        var (normal, random) = weights.Variances(z);
        bool defined = double.IsFinite(weights.Factor * observed / energy);
        return new MoranTest
        {
            Value = weights.Factor * observed / energy,
            Expectation = -1.0 / (z.Length - 1),
            VarianceUnderNormality = normal,
            VarianceUnderRandomization = random,
            PValue = defined ? PermutationP(weights, z, observed, permutations, seed, tail) : double.NaN,
            Permutations = permutations,
            Tail = tail,
        };
    }

    private static double PermutationP(
        MoranWeights weights, double[] z, double observed, int permutations, int seed, Tail tail)
    {
        var random = new Random(seed);
        double[] shuffled = [.. z];
        // An equal arrangement summed in another order may differ by rounding; it must still count as equal.
        double slack = 1e-12 * SumOfSquares(z);
        int above = 0, below = 0;
        for (int k = 0; k < permutations; k++)
        {
            random.Shuffle(shuffled);
            double value = weights.CrossProduct(shuffled);
            above += value >= observed - slack ? 1 : 0;
            below += value <= observed + slack ? 1 : 0;
        }
        double upper = (above + 1.0) / (permutations + 1.0), lower = (below + 1.0) / (permutations + 1.0);
        return tail == Tail.Upper ? upper : Math.Min(1, 2 * Math.Min(upper, lower));
    }

    private static (MoranWeights Weights, double[] Deviations) Prepare(
        FeatureGraph graph, ReadOnlySpan<double> signal, bool rowStandardised)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return (new MoranWeights(graph, rowStandardised), NodeSignal.Deviations(graph, signal));
    }

    private static double SumOfSquares(double[] z) => z.Sum(value => value * value);
}
