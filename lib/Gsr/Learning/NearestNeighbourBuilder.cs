using Gsr.Graphs;

namespace Gsr.Learning;

/// <summary>
/// Links each node to its k nearest: A = 1 from a node to each of its neighbours, W = (A + Aᵀ)/2, so that an edge
/// weighs 1 where both chose each other and ½ where one did. With k = 5 and Euclidean distance it is what the paper's
/// code used.
/// </summary>
/// <remarks>
/// Constant nodes are isolated and no one's neighbours. Duplicates are neighbours at distance 0; of equally distant
/// nodes the lower numbers are chosen. k ≥ the number of the others links everybody. O(N² S) time, O(N k) memory.
/// </remarks>
public sealed class NearestNeighbourBuilder : IFeatureGraphBuilder
{
    private readonly int _neighbours;
    private readonly NodeDistance _distance;

    /// <summary>Makes a builder of k ≥ 1 neighbours; the defaults are the code's.</summary>
    public NearestNeighbourBuilder(int neighbours = 5, NodeDistance distance = NodeDistance.Euclidean)
    {
        Arguments.AtLeast(neighbours, 1, nameof(neighbours), "a node needs at least 1 neighbour.");
        (_neighbours, _distance) = (neighbours, distance);
    }

    /// <inheritdoc/>
    public FeatureGraph Build(NodeActivations activations)
    {
        ArgumentNullException.ThrowIfNull(activations);
        var distances = new DistanceRows(activations, _distance);
        var nodes = distances.Nodes;
        var nearest = NearestNodes.Of(distances, _neighbours);
        var directed = new List<Edge>(nearest.Sum(near => near.Length));
        for (var row = 0; row < nearest.Length; row++)
        {
            foreach (var (other, _) in nearest[row])
                directed.Add(new Edge(nodes[Math.Min(row, other)], nodes[Math.Max(row, other)], 0.5));
        }

        return FeatureGraph.FromSortedEdges(activations.Nodes, Merged(directed), $"{this}");
    }

    /// <summary>Such as "5 nearest neighbours".</summary>
    public override string ToString() =>
        $"{_neighbours} nearest neighbour{(_neighbours == 1 ? "" : "s")}"
        + (_distance == NodeDistance.Euclidean ? "" : $" by {_distance.ToString().ToLowerInvariant()}");

    /// <summary>Sorted, with the two directions of an edge added up.</summary>
    private static Edge[] Merged(List<Edge> directed)
    {
        directed.Sort((a, b) => a.Source != b.Source ? a.Source.CompareTo(b.Source)
            : a.Target != b.Target ? a.Target.CompareTo(b.Target) : a.Weight.CompareTo(b.Weight));
        var merged = new List<Edge>(directed.Count);
        foreach (var edge in directed)
        {
            if (merged.Count > 0 && merged[^1].Source == edge.Source && merged[^1].Target == edge.Target)
                merged[^1] = edge with { Weight = merged[^1].Weight + edge.Weight };
            else
                merged.Add(edge);
        }

        return [.. merged];
    }
}
