using Gsr.Graphs;
using Gsr.Penalties;
using Gsr.Tests.Graphs;
using TorchSharp;

namespace Gsr.Tests.Penalties;

public sealed class SignedPenaltyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(-2)]
    public void Value_and_gradient_are_those_of_loops_over_signed_edges(double centre)
    {
        // Sparse and dense ones, of few nodes and of many: each of the products is chosen once.
        foreach (var (nodes, share) in new[] { (1, 0.0), (9, 0.3), (60, 0.05), (60, 0.9) })
        {
            var graph = Signed(nodes, share);
            var penalty = new GraphPenalty(graph.Laplacian(), centre: centre);
            var z = PenaltyCases.Values(3 * nodes, 7);
            var (value, gradient) = Slow(graph, z, 3, centre);
            var found = PenaltyCases.Run(penalty, z, torch.float64, [3, nodes], 0.1);
            Near.Equal(value, found.Value);
            Near.Equal(gradient.Select(g => 0.1 * g), found.Gradient);
        }
    }

    [Fact]
    public void A_centre_means_nothing_to_an_unsigned_form_and_counts_in_the_quotient()
    {
        var laplacian = FeatureGraph.Ring(6).Laplacian();
        var z = PenaltyCases.Values(12, 3);
        double[] shifted = [.. z.Select(v => v - 0.5)];
        double Value(PenaltyForm form, double[] at, double centre) => PenaltyCases.Run(
            new GraphPenalty(laplacian, form, centre), at, torch.float64, [2, 6], 1).Value;
        Near.Equal(Value(PenaltyForm.QuadraticForm, z, 0), Value(PenaltyForm.QuadraticForm, z, 0.5));
        Near.Equal(Value(PenaltyForm.RayleighQuotient, shifted, 0), Value(PenaltyForm.RayleighQuotient, z, 0.5));
        Assert.NotEqual(Value(PenaltyForm.RayleighQuotient, z, 0), Value(PenaltyForm.RayleighQuotient, z, 0.5), 1e-3);
    }

    [Fact]
    public void It_prints_its_centre_and_refuses_one_that_is_no_number()
    {
        var laplacian = FeatureGraph.Path(2).Laplacian();
        Assert.StartsWith("zᵀLz of z - 0.5, ", $"{new GraphPenalty(laplacian, centre: 0.5)}", StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new GraphPenalty(laplacian, centre: double.NaN));
    }

    private static FeatureGraph Signed(int nodes, double share)
    {
        var random = new Random(nodes);
        return FeatureGraph.FromSignedEdges(nodes,
            from i in Enumerable.Range(0, nodes)
            from j in Enumerable.Range(0, i)
            where random.NextDouble() < share
            select new Edge(j, i, (2 * random.NextDouble()) - 1));
    }

    private static (double Value, double[] Gradient) Slow(FeatureGraph graph, double[] z, int batch, double centre)
    {
        var (value, gradient, n) = (0.0, new double[z.Length], graph.NodeCount);
        for (var b = 0; b < batch; b++)
        {
            foreach (var (i, j, w) in graph.Edges)
            {
                var difference = z[(b * n) + i] - centre - (Math.Sign(w) * (z[(b * n) + j] - centre));
                value += Math.Abs(w) * difference * difference / batch;
                gradient[(b * n) + i] += 2 * Math.Abs(w) * difference / batch;
                gradient[(b * n) + j] -= 2 * w * difference / batch;
            }
        }

        return (value, gradient);
    }
}
