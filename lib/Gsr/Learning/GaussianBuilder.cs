using Gsr.Graphs;

namespace Gsr.Learning;

/// <summary>
/// Links nodes by K = exp(-d²/σ²) of their Euclidean distance d, with one σ for all, and drops what lies below a cut.
/// With σ = 1 and the cut .1 it is the fixed kernel of the paper's code.
/// </summary>
/// <remarks>
/// d grows with the number of samples and with the scale of the activations, and so must σ. Constant nodes are
/// isolated; duplicates have weight 1. O(N² S) time, memory by the edges that are kept.
/// </remarks>
public sealed class GaussianBuilder : IFeatureGraphBuilder
{
    /// <summary>Makes a builder.</summary>
    /// <param name="bandwidth">σ, positive; default 1.</param>
    /// <param name="cut">Weights below it are no edges; 0 .. 1, default .1.</param>
    /// <exception cref="ArgumentOutOfRangeException">σ or the cut is out of its range.</exception>
    public GaussianBuilder(double bandwidth = 1, double cut = 0.1)
    {
        if (!(bandwidth > 0) || !double.IsFinite(bandwidth))
        {
            throw new ArgumentOutOfRangeException(
                nameof(bandwidth), bandwidth, $"bandwidth is {bandwidth}; it must be positive and finite.");
        }
        GaussianEdges.CheckCut(cut);
        (Bandwidth, Cut) = (bandwidth, cut);
    }

    /// <summary>σ.</summary>
    public double Bandwidth { get; }

    /// <summary>The smallest weight of an edge.</summary>
    public double Cut { get; }

    /// <inheritdoc/>
    public FeatureGraph Build(NodeActivations activations)
    {
        ArgumentNullException.ThrowIfNull(activations);
        var distances = new DistanceRows(activations, NodeDistance.Euclidean);
        var inverse = new double[distances.Nodes.Length];
        Array.Fill(inverse, distances.ValueUnit / Bandwidth / Bandwidth);
        return GaussianEdges.Graph(activations.Nodes, distances.Nodes, distances.ForEach, inverse, Cut, $"{this}");
    }

    /// <summary>Such as "Gaussian of bandwidth 1, cut at 0.1".</summary>
    public override string ToString() =>
        FormattableString.Invariant($"Gaussian of bandwidth {Bandwidth:g4}, cut at {Cut:g4}");
}
