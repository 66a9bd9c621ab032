using Gsr.Graphs;
using Gsr.Penalties;

namespace Gsr.Tests.Penalties;

/// <summary>
/// The penalty and its gradient by plain loops over examples and edges, from the graph and not from its Laplacian.
/// </summary>
internal static class PenaltyOracle
{
    public static (double Value, double[] Gradient) Evaluate(
        FeatureGraph graph, LaplacianKind kind, PenaltyForm form, double[] z, int batch, double weight)
    {
        var n = graph.NodeCount;
        var degrees = new double[n];
        foreach (var e in graph.Edges)
        {
            degrees[e.Source] += e.Weight;
            degrees[e.Target] += e.Weight;
        }

        var total = 0.0;
        var gradient = new double[batch * n];
        for (var b = 0; b < batch; b++)
        {
            var (value, slope) = One(graph, kind, degrees, z.AsSpan(b * n, n));
            if (form == PenaltyForm.RayleighQuotient)
            {
                double energy = 0;
                for (var i = 0; i < n; i++) energy += z[(b * n) + i] * z[(b * n) + i];
                if (energy == 0) continue;
                for (var i = 0; i < n; i++) slope[i] = (slope[i] / energy)
                    - (2 * value * z[(b * n) + i] / (energy * energy));
                value /= energy;
            }

            total += value / batch;
            for (var i = 0; i < n; i++) gradient[(b * n) + i] = weight * slope[i] / batch;
        }

        return (total, gradient);
    }

    private static (double Value, double[] Slope) One(
        FeatureGraph graph, LaplacianKind kind, double[] degrees, ReadOnlySpan<double> z)
    {
        double value = 0;
        var slope = new double[z.Length];
        if (kind == LaplacianKind.RandomWalk)
        {
            // zᵀ(I - D⁻¹W)z
            for (var i = 0; i < z.Length; i++)
            {
                if (degrees[i] == 0) continue;
                value += z[i] * z[i];
                slope[i] += 2 * z[i];
            }

            foreach (var (i, j, w) in graph.Edges)
            {
                var entry = (w / degrees[i]) + (w / degrees[j]);
                value -= entry * z[i] * z[j];
                slope[i] -= entry * z[j];
                slope[j] -= entry * z[i];
            }

            return (value, slope);
        }

        foreach (var (i, j, w) in graph.Edges)
        {
            var a = kind == LaplacianKind.Combinatorial ? 1 : 1 / Math.Sqrt(degrees[i]);
            var b = kind == LaplacianKind.Combinatorial ? 1 : 1 / Math.Sqrt(degrees[j]);
            var difference = (z[i] * a) - (z[j] * b);
            value += w * difference * difference;
            slope[i] += 2 * w * difference * a;
            slope[j] -= 2 * w * difference * b;
        }

        return (value, slope);
    }
}
