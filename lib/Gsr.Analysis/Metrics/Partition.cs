using Gsr.Graphs;

namespace Gsr.Analysis.Metrics;

/// <summary>Modules of nodes against the truth, and against the graph. Labels may be any integers.</summary>
public static class Partition
{
    /// <summary>
    /// The adjusted Rand index: with nᵢⱼ items of label i in the first and j in the second labeling and C = n(n-1)/2,
    /// ARI = (Σ C(nᵢⱼ) - E) / (½ (Σ C(aᵢ) + Σ C(bⱼ)) - E), E = Σ C(aᵢ) Σ C(bⱼ) / C(n) (Hubert and Arabie 1985). 1 for
    /// equal partitions, also trivial ones; 0 on average for random ones, and may be negative.
    /// </summary>
    /// <exception cref="ArgumentException">The labelings are empty or of different length.</exception>
    public static double AdjustedRandIndex(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        Arguments.Labelings(first, second);
        int[] a = [.. first], b = [.. second];
        double together = Pairs(a.Zip(b)), inFirst = Pairs(a), inSecond = Pairs(b);
        var all = a.Length * (a.Length - 1.0) / 2;
        var expected = all > 0 ? inFirst / all * inSecond : 0;
        var largest = (inFirst + inSecond) / 2;
        // 0 / 0 only where both have one cluster or both have singletons only: then they are the same.
        return largest == expected ? 1 : (together - expected) / (largest - expected);

        static double Pairs<T>(IEnumerable<T> labels)
            where T : notnull => labels.CountBy(label => label).Sum(n => n.Value * (n.Value - 1.0) / 2);
    }

    /// <summary>
    /// The normalised mutual information I(a; b) / ½ (H(a) + H(b)) of two labelings (Strehl and Ghosh 2002, with the
    /// arithmetic mean as scikit-learn has it): 1 for equal partitions, also trivial ones, 0 for independent ones, and
    /// above 0 by chance where there are many labels.
    /// </summary>
    /// <exception cref="ArgumentException">The labelings are empty or of different length.</exception>
    public static double NormalizedMutualInformation(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        Arguments.Labelings(first, second);
        int[] a = [.. first], b = [.. second];
        double inFirst = Entropy(a), inSecond = Entropy(b);
        return inFirst + inSecond > 0
            ? Math.Clamp(2 * (inFirst + inSecond - Entropy(a.Zip(b))) / (inFirst + inSecond), 0, 1)
            : 1;

        double Entropy<T>(IEnumerable<T> labels)
            where T : notnull => labels.CountBy(label => label)
                .Sum(n => (double)n.Value / a.Length * Math.Log((double)a.Length / n.Value));
    }

    /// <summary>
    /// The modularity of a partition of a graph's nodes, Q = (1/2m) Σᵢⱼ (wᵢⱼ - dᵢdⱼ/2m) δ(cᵢ, cⱼ), with m the total
    /// weight of the edges (Newman 2006): -½ to 1, 0 for a single module, NaN without edges.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// <paramref name="labels"/> has another length, or the graph is signed.
    /// </exception>
    public static double Modularity(FeatureGraph graph, ReadOnlySpan<int> labels)
    {
        ArgumentNullException.ThrowIfNull(graph);
        graph.RequireUnsigned(nameof(graph));
        Arguments.Length(labels.Length, graph.NodeCount, nameof(labels), "node of the graph");
        double total = 0, within = 0;
        foreach (var (i, j, w) in graph.Edges)
        {
            total += w;
            within += labels[i] == labels[j] ? w : 0;
        }
        var moduleDegrees = new Dictionary<int, double>();
        var degrees = graph.Degrees();
        for (var i = 0; i < degrees.Length; i++)
            moduleDegrees[labels[i]] = moduleDegrees.GetValueOrDefault(labels[i]) + degrees[i];
        return (within / total) - moduleDegrees.Values.Sum(d => d / (2 * total) * (d / (2 * total)));
    }
}
