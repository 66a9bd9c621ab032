using Gsr.Graphs;

namespace Gsr.Learning;

/// <summary>
/// The paper's kernel with adaptive bandwidth, K = ½ exp(-d²/σᵢ²) + ½ exp(-d²/σⱼ²), with d the Euclidean distance of
/// two nodes' activations and σᵢ that from node i to its k-th nearest node: the scale of activations is free, and so
/// must σ be.
/// </summary>
/// <remarks>
/// Constant nodes are isolated and no one's neighbours. A node with k duplicates has σ = 0 and the kernel's limit: 1 at
/// d = 0, else 0. k ≥ the number of the other nodes means the farthest of them. O(N² S) time; above 2,048 nodes the
/// distances are computed for the bandwidths and again for the weights, and not kept.
/// </remarks>
public sealed class AdaptiveGaussianBuilder : IFeatureGraphBuilder
{
    /// <summary>Makes a builder.</summary>
    /// <param name="neighbours">k, at least 1; default 1, the paper's for the cortex.</param>
    /// <param name="cut">
    /// Weights below it are no edges; 0 .. 1. The paper names none; 0 keeps every weight that is not 0 in double
    /// precision, and so a graph that is dense and, by tiny weights, connected. Default .1, that of the code's fixed
    /// kernel. A node's nearest has at least ½ exp(-1) = .18.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">k or the cut is out of its range.</exception>
    public AdaptiveGaussianBuilder(int neighbours = 1, double cut = 0.1)
    {
        Arguments.AtLeast(
            neighbours, 1, nameof(neighbours),
            "the bandwidth is the distance to a neighbour, the first or a later one.");
        GaussianEdges.CheckCut(cut);
        (Neighbours, Cut) = (neighbours, cut);
    }

    /// <summary>k.</summary>
    public int Neighbours { get; }

    /// <summary>The smallest weight of an edge.</summary>
    public double Cut { get; }

    /// <inheritdoc/>
    public FeatureGraph Build(NodeActivations activations)
    {
        ArgumentNullException.ThrowIfNull(activations);
        var distances = new DistanceRows(activations, NodeDistance.Euclidean);
        var inverse = new double[distances.Nodes.Length];
        distances.ForEach((row, values) =>
        {
            var nearest = NearestNodes.Of(row, values, Neighbours);
            inverse[row] = nearest.Length > 0 ? 1.0 / nearest[^1].Value : 0;
        });
        return GaussianEdges.Graph(activations.Nodes, distances.Nodes, distances.ForEach, inverse, Cut, $"{this}");
    }

    /// <summary>Such as "adaptive Gaussian of neighbour 1, cut at 0.1".</summary>
    public override string ToString() =>
        FormattableString.Invariant($"adaptive Gaussian of neighbour {Neighbours}, cut at {Cut:g4}");
}
