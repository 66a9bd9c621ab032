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
    /// <summary>Makes a builder.</summary>
    /// <param name="neighbours">k, at least 1; default 5, the code's.</param>
    /// <param name="distance">Default Euclidean, the code's.</param>
    /// <param name="weighted">
    /// True: A = exp(-d²/σ²) in place of 1, with σ the distance from the node to its k-th neighbour (where that is 0:
    /// 1).
    /// </param>
    public NearestNeighbourBuilder(
        int neighbours = 5, NodeDistance distance = NodeDistance.Euclidean, bool weighted = false)
    {
        Arguments.AtLeast(neighbours, 1, nameof(neighbours), "a node needs at least 1 neighbour.");
        (Neighbours, Distance, Weighted) = (neighbours, distance, weighted);
    }

    /// <summary>k.</summary>
    public int Neighbours { get; }

    /// <summary>Which distance decides who is near.</summary>
    public NodeDistance Distance { get; }

    /// <summary>Whether near neighbours weigh more than far ones.</summary>
    public bool Weighted { get; }

    /// <inheritdoc/>
    public FeatureGraph Build(NodeActivations activations)
    {
        ArgumentNullException.ThrowIfNull(activations);
        var distances = new DistanceRows(activations, Distance);
        var nodes = distances.Nodes;
        var nearest = NearestNodes.Of(distances, Neighbours);
        var directed = new List<Edge>(nearest.Sum(near => near.Length));
        for (var row = 0; row < nearest.Length; row++)
        {
            double bandwidth = nearest[row].Length > 0 ? Square(nearest[row][^1].Value) : 0;
            foreach (var (other, value) in nearest[row])
            {
                var weight = Weighted && bandwidth > 0 ? Math.Exp(-Square(value) / bandwidth) : 1;
                var (low, high) = row < other ? (row, other) : (other, row);
                directed.Add(new Edge(nodes[low], nodes[high], weight / 2));
            }
        }

        return FeatureGraph.FromSortedEdges(activations.Nodes, Merged(directed), $"{this}");

        double Square(float value) => distances.IsSquared ? value : (double)value * value;
    }

    /// <summary>Such as "5 nearest neighbours".</summary>
    public override string ToString() =>
        $"{Neighbours} nearest neighbour{(Neighbours == 1 ? "" : "s")}"
        + (Distance == NodeDistance.Euclidean ? "" : $" by {Distance.ToString().ToLowerInvariant()}")
        + (Weighted ? ", weighted" : "");

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
