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
    private readonly int _neighbours;
    private readonly double _cut;

    /// <summary>
    /// Makes a builder of neighbour k, by default the first, the paper's for the cortex. Weights below the cut, 0 .. 1,
    /// are no edges: the paper names none; 0 keeps every weight that is not 0 in double precision, and so a dense
    /// graph; the default of .1 is that of the code's fixed kernel. A node's nearest has at least ½ exp(-1) = .18.
    /// </summary>
    public AdaptiveGaussianBuilder(int neighbours = 1, double cut = 0.1)
    {
        Arguments.AtLeast(
            neighbours, 1, nameof(neighbours),
            "the bandwidth is the distance to a neighbour, the first or a later one.");
        if (!(cut >= 0 && cut <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(cut), cut, $"cut is {cut}; the kernel lies between 0 and 1: choose a cut there.");
        }

        (_neighbours, _cut) = (neighbours, cut);
    }

    /// <inheritdoc/>
    public FeatureGraph Build(NodeActivations activations)
    {
        ArgumentNullException.ThrowIfNull(activations);
        var distances = new DistanceRows(activations, NodeDistance.Euclidean);
        var inverse = new double[distances.Nodes.Length];
        distances.ForEach((row, values) =>
        {
            var nearest = NearestNodes.Of(row, values, _neighbours);
            inverse[row] = nearest.Length > 0 ? 1.0 / nearest[^1].Value : 0;
        });
        var rows = Rows(distances, inverse);
        var all = new Edge[rows.Sum(edges => edges.Length)];
        var at = 0;
        foreach (var edges in rows)
        {
            edges.CopyTo(all, at);
            at += edges.Length;
        }

        return FeatureGraph.FromSortedEdges(activations.Nodes, all, $"{this}");
    }

    /// <summary>Such as "adaptive Gaussian of neighbour 1, cut at 0.1".</summary>
    public override string ToString() =>
        FormattableString.Invariant($"adaptive Gaussian of neighbour {_neighbours}, cut at {_cut:g4}");

    /// <summary>Of each row the edges to later ones, from 1/σ² of each, infinite where σ is 0.</summary>
    private Edge[][] Rows(DistanceRows distances, double[] inverse)
    {
        // K is at most its larger half's exponential: beyond this exponent it lies below the cut, and no exp is needed.
        var largest = _cut > 0 ? -Math.Log(_cut) * (1 + 1e-12) : double.PositiveInfinity;
        var rows = new Edge[inverse.Length][];
        long total = 0;
        distances.ForEach((row, values) =>
        {
            var edges = new Edge[values.Length - row - 1];
            var kept = 0;
            for (var other = row + 1; other < values.Length; other++)
            {
                double own = Exponent(values[other], inverse[row]), others = Exponent(values[other], inverse[other]);
                if (Math.Min(own, others) > largest) continue;
                var weight = (Math.Exp(-own) + Math.Exp(-others)) / 2;
                if (weight > 0 && weight >= _cut)
                    edges[kept++] = new Edge(distances.Nodes[row], distances.Nodes[other], weight);
            }

            if (Interlocked.Add(ref total, kept) > Arguments.MaximalEdgeCount)
            {
                throw new InvalidOperationException(
                    $"{this} gives {inverse.Length} nodes more than {Arguments.MaximalEdgeCount} edges; "
                    + "choose a higher cut, or nearest neighbours.");
            }

            rows[row] = kept == edges.Length ? edges : edges[..kept];
        }, laterOnly: true);
        return rows;

        // 0 · ∞: a duplicate of a node of bandwidth 0.
        static double Exponent(float squared, double inverse) => squared == 0 ? 0 : squared * inverse;
    }
}
