using Gsr.Graphs;

namespace Gsr.Analysis.Metrics;

/// <summary>
/// Moran's I: is a signal clustered on a graph? With z = x - mean(x) and S0 = Σ wᵢⱼ over ordered pairs,
/// I = (N / S0) Σᵢⱼ wᵢⱼ zᵢ zⱼ / zᵀz. Near 1 for smooth signals, -1/(N-1) on average for shuffled ones, below where
/// neighbours repel (Cliff and Ord 1981, Spatial Processes).
/// </summary>
/// <remarks>
/// The weights are the graph's own, not row-standardised. An isolated node counts in N and in the mean only. I is NaN
/// where it is not defined: for a constant signal, one node, or no edges.
/// </remarks>
public static class Moran
{
    /// <summary>Moran's I of one finite value per node, such as a class-mean map.</summary>
    /// <exception cref="ArgumentException">The signal has another length, or a value is not finite.</exception>
    public static double I(FeatureGraph graph, ReadOnlySpan<double> signal)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var deviations = Deviations(graph, signal);
        var pairs = Pairs(graph);
        return Factor(graph, pairs) * CrossProduct(pairs, deviations) / SumOfSquares(deviations);
    }

    /// <summary>
    /// The mean of Moran's I over signals [signals, nodes], such as the class-mean maps of a layer; NaN where one is
    /// not defined.
    /// </summary>
    /// <exception cref="ArgumentException">The numbers of nodes differ, or a value is not finite.</exception>
    public static double MeanI(FeatureGraph graph, double[,] signals)
    {
        ArgumentNullException.ThrowIfNull(signals);
        return signals.Rows().Average(signal => I(graph, signal));
    }

    /// <summary>
    /// Moran's I with a one-sided p-value from random permutations of the nodes, 999 by default, so that p has steps of
    /// 0.001; the same seed gives the same p.
    /// </summary>
    /// <exception cref="ArgumentException">The signal has another length, or a value is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="permutations"/> is below 1.</exception>
    public static MoranTest Test(
        FeatureGraph graph, ReadOnlySpan<double> signal, int permutations = 999, int seed = 0)
    {
        Arguments.AtLeast(permutations, 1, nameof(permutations), "use 999 for steps of 0.001 in p.");
        ArgumentNullException.ThrowIfNull(graph);
        var z = Deviations(graph, signal);
        var pairs = Pairs(graph);
        var observed = CrossProduct(pairs, z);
        var value = Factor(graph, pairs) * observed / SumOfSquares(z);
        var p = double.IsFinite(value) ? PermutationP(pairs, z, observed, permutations, seed) : double.NaN;
        return new MoranTest(value, -1.0 / (z.Length - 1), p, permutations);
    }

    private static double PermutationP(
        (int I, int J, double Both)[] pairs, double[] z, double observed, int permutations, int seed)
    {
        var random = new Random(seed);
        double[] shuffled = [.. z];
        // An equal arrangement summed in another order may differ by rounding; it must still count as equal.
        var slack = 1e-12 * SumOfSquares(z);
        var above = 0;
        for (var k = 0; k < permutations; k++)
        {
            random.Shuffle(shuffled);
            if (CrossProduct(pairs, shuffled) >= observed - slack) above++;
        }
        return (above + 1.0) / (permutations + 1.0);
    }

    /// <summary>
    /// z = x - mean(x), up to a positive factor that I does not depend on. The factor makes the largest 1, so that no
    /// square under- or overflows; a constant signal gives exact zeros, not the rounding of its mean.
    /// </summary>
    private static double[] Deviations(FeatureGraph graph, ReadOnlySpan<double> signal)
    {
        Arguments.Signal(signal, graph.NodeCount, nameof(signal));
        var deviations = new double[signal.Length];
        if (!signal.ContainsAnyExcept(signal[0])) return deviations;
        double mean = 0, largest = 0;
        foreach (var value in signal) mean += value / signal.Length;
        for (var i = 0; i < signal.Length; i++)
        {
            // Halves, because the difference of two finite values need not be finite.
            deviations[i] = (signal[i] / 2) - (mean / 2);
            largest = Math.Max(largest, Math.Abs(deviations[i]));
        }
        for (var i = 0; i < signal.Length && largest > 0; i++) deviations[i] /= largest;
        return deviations;
    }

    /// <summary>Each edge with wᵢⱼ + wⱼᵢ.</summary>
    private static (int I, int J, double Both)[] Pairs(FeatureGraph graph)
    {
        graph.RequireUnsigned(nameof(graph));
        return [.. graph.Edges.Select(edge => (edge.Source, edge.Target, 2 * edge.Weight))];
    }

    /// <summary>N / S0; infinite without edges.</summary>
    private static double Factor(FeatureGraph graph, (int I, int J, double Both)[] pairs) =>
        graph.NodeCount / pairs.Sum(pair => pair.Both);

    /// <summary>Σᵢⱼ wᵢⱼ zᵢ zⱼ over ordered pairs.</summary>
    private static double CrossProduct((int I, int J, double Both)[] pairs, double[] z)
    {
        double sum = 0;
        foreach (var (i, j, both) in pairs) sum += both * z[i] * z[j];
        return sum;
    }

    private static double SumOfSquares(double[] z) => z.Sum(value => value * value);
}
