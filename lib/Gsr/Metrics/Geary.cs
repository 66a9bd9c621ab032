using Gsr.Graphs;

namespace Gsr.Metrics;

/// <summary>
/// Geary's C: the local roughness of a signal, C = (N-1) Σᵢⱼ wᵢⱼ (xᵢ - xⱼ)² / (2 S0 zᵀz), sums over ordered pairs.
/// 0 smooth, 1 random, above 1 neighbours differ more than strangers (Cliff and Ord 1981, Spatial Processes).
/// </summary>
public static class Geary
{
    /// <summary>Geary's C of one signal, with the weights of the graph.</summary>
    /// <param name="graph">The graph whose edges say what neighbours are.</param>
    /// <param name="signal">One finite value per node.</param>
    /// <returns>C ≥ 0, or NaN for a constant signal, one node, or no edges.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="signal"/> has another length or a value that is not finite.
    /// </exception>
    public static double C(FeatureGraph graph, ReadOnlySpan<double> signal)
    {
        ArgumentNullException.ThrowIfNull(graph);
        double[] z = NodeSignal.Deviations(graph, signal);
        double differences = 0, weight = 0;
        foreach (var (i, j, w) in graph.Edges)
        {
            differences += w * (z[i] - z[j]) * (z[i] - z[j]);
            weight += w;
        }
        // Both sums are over edges; over ordered pairs each doubles, which leaves (N-1) 2Σ / (2 · 2W · zᵀz).
        return (z.Length - 1) * differences / (2 * weight * z.Sum(value => value * value));
    }
}
