using Gsr.Analysis;
using Gsr.Graphs;
using Gsr.Learning;

namespace Gsr.Experiments.TCells;

/// <summary>A graph that is not learned: the penalty of it, whatever the activations are.</summary>
/// <param name="Graph">The graph of the layer's nodes.</param>
public sealed record GivenGraph(FeatureGraph Graph) : IFeatureGraphBuilder
{
    /// <summary>A graph's weights dealt at random to all pairs of its nodes, absent edges among them.</summary>
    public static GivenGraph WithWeightsDealt(FeatureGraph graph, int seed)
    {
        var (n, random) = (graph.NodeCount, new Random(seed));
        var pairs = from i in Enumerable.Range(0, n) from j in Enumerable.Range(i + 1, n - i - 1) select (i, j);
        var drawn = pairs.Shuffled(random).Take(graph.Edges.Count).Order();
        var weights = graph.Edges.Select(edge => edge.Weight).Shuffled(random);
        return new(FeatureGraph.FromSortedEdges(n,
            [.. drawn.Select((pair, at) => new Edge(pair.i, pair.j, weights[at]))], $"{graph.Name}, weights dealt"));
    }

    /// <inheritdoc/>
    public FeatureGraph Build(NodeActivations activations) => Graph;
}
