using Gsr.Graphs;

namespace Gsr.Learning;

/// <summary>
/// Links each node to those it correlates with, |r| at or above a threshold, by the weight r: a signed graph, in which
/// a node and its opposite, b and 1 - b, are near and not far.
/// </summary>
/// <remarks>
/// The weight does not depend on a node's scale or offset, and the threshold is an absolute one: at r² ≥ ½ two nodes
/// share at least half of their variance, and no node is linked to two uncorrelated ones, for which r₁² + r₂² ≤ 1, but
/// at equality. Constant nodes are isolated. O(N² S) time.
/// </remarks>
/// <example><code>
/// var modules = new CorrelationBuilder(Math.Sqrt(0.5)).Build(activations).ComponentCount;
/// </code></example>
public sealed class CorrelationBuilder : IFeatureGraphBuilder
{
    private readonly double _threshold;
    private readonly int _neighbours;

    /// <summary>
    /// Makes a builder of a threshold above 0, at most 1; with <paramref name="neighbours"/> each node chooses only so
    /// many of largest |r|, and an edge is there where one of its ends chose it.
    /// </summary>
    public CorrelationBuilder(double threshold, int? neighbours = null)
    {
        if (!(threshold > 0 && threshold <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(threshold), threshold, $"threshold is {threshold}; |r| lies between 0 and 1: choose it there.");
        }

        Arguments.AtLeast(neighbours ?? 1, 1, nameof(neighbours), "a node needs at least 1 neighbour.");
        (_threshold, _neighbours) = (threshold, neighbours ?? int.MaxValue);
    }

    /// <inheritdoc/>
    public FeatureGraph Build(NodeActivations activations)
    {
        ArgumentNullException.ThrowIfNull(activations);
        var distances = new DistanceRows(activations, NodeDistance.Correlation);
        var chosen = new Edge[distances.Nodes.Length][];
        distances.ForEach((row, values) =>
        {
            // 1 - r becomes 1 - |r|.
            var unsigned = new float[values.Length];
            for (var i = 0; i < unsigned.Length; i++) unsigned[i] = Math.Min(values[i], 2 - values[i]);
            var edges = new List<Edge>();
            foreach (var (other, _) in NearestNodes.Of(row, unsigned, _neighbours))
            {
                var r = Math.Clamp(1.0 - values[other], -1, 1);
                if (Math.Abs(r) < _threshold) break;
                int a = distances.Nodes[row], b = distances.Nodes[other];
                edges.Add(new Edge(Math.Min(a, b), Math.Max(a, b), r));
            }

            chosen[row] = [.. edges];
        });
        return FeatureGraph.FromSortedEdges(
            activations.Nodes,
            [.. chosen.SelectMany(edges => edges).Distinct().OrderBy(e => e.Source).ThenBy(e => e.Target)], $"{this}");
    }

    /// <summary>Such as "16 nearest by |r| ≥ 0.3".</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{(_neighbours == int.MaxValue ? "all" : _neighbours)} nearest by |r| ≥ {_threshold:g4}");
}
