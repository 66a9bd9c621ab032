using Gsr.Graphs;

namespace Gsr.Learning;

/// <summary>The graph of a Gaussian kernel from squared distances.</summary>
internal static class GaussianEdges
{
    public static void CheckCut(double cut)
    {
        if (!(cut >= 0 && cut <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(cut), cut, $"cut is {cut}; the kernel lies between 0 and 1: choose a cut there.");
        }
    }

    /// <summary>Wᵢⱼ = ½ exp(-d² / σᵢ²) + ½ exp(-d² / σⱼ²) where that is at least the cut and not 0.</summary>
    /// <param name="nodeCount">Nodes of the graph.</param>
    /// <param name="nodes">The node of each row; the others are isolated.</param>
    /// <param name="forEach">Visits the rows of squared distances.</param>
    /// <param name="inverse">1/σ² of each row; infinite where σ is 0.</param>
    /// <param name="cut">The smallest weight.</param>
    /// <param name="name">The graph's name.</param>
    public static FeatureGraph Graph(
        int nodeCount, int[] nodes, Action<DistanceRows.Visitor> forEach, double[] inverse, double cut, string name)
    {
        // K is at most its larger half's exponential: beyond this exponent it lies below the cut, and no exp is needed.
        var largest = cut > 0 ? -Math.Log(cut) * (1 + 1e-12) : double.PositiveInfinity;
        var rows = new Edge[nodes.Length][];
        long total = 0;
        forEach((row, values) =>
        {
            var edges = new Edge[values.Length - row - 1];
            var kept = 0;
            for (var other = row + 1; other < values.Length; other++)
            {
                double own = Exponent(values[other], inverse[row]), others = Exponent(values[other], inverse[other]);
                if (Math.Min(own, others) > largest) continue;
                var weight = (Math.Exp(-own) + Math.Exp(-others)) / 2;
                if (weight > 0 && weight >= cut) edges[kept++] = new Edge(nodes[row], nodes[other], weight);
            }

            if (Interlocked.Add(ref total, kept) > Arguments.MaximalEdgeCount)
            {
                throw new InvalidOperationException(
                    $"{name} gives {nodeCount} nodes more than {Arguments.MaximalEdgeCount} edges; "
                    + "choose a higher cut, or nearest neighbours.");
            }

            rows[row] = kept == edges.Length ? edges : edges[..kept];
        });
        var all = new Edge[total];
        var at = 0;
        foreach (var edges in rows)
        {
            edges.CopyTo(all, at);
            at += edges.Length;
        }

        return FeatureGraph.FromSortedEdges(nodeCount, all, name);

        // 0 · ∞: a duplicate of a node of bandwidth 0.
        static double Exponent(float squared, double inverse) => squared == 0 ? 0 : squared * inverse;
    }
}
