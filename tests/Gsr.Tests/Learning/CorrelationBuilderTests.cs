using Gsr.Graphs;
using Gsr.Learning;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Learning;

public sealed class CorrelationBuilderTests
{
    [Fact]
    public void All_correlations_above_the_threshold_are_edges_of_their_weight() => ActivationSample.Check(sample =>
    {
        // Correlations of whole numbers are seldom this one.
        const double Threshold = 0.3123456;
        var graph = new CorrelationBuilder(Threshold).Build(sample.Activations);
        var expected = new double[sample.Nodes, sample.Nodes];
        for (var i = 0; i < sample.Nodes; i++)
        {
            for (var j = 0; j < sample.Nodes; j++)
            {
                if (i == j || sample.IsConstant(i) || sample.IsConstant(j)) continue;
                var r = 1 - SlowGraphs.Distance(sample.Node(i), sample.Node(j), NodeDistance.Correlation);
                if (Math.Abs(r) >= Threshold) expected[i, j] = r;
            }
        }

        Near.Equal(expected, graph.ToAdjacency(), 1e-5);
        // The builder gives its edges unchecked: here they are checked.
        Assert.Equal(graph.Edges, FeatureGraph.FromSignedEdges(graph.NodeCount, graph.Edges).Edges);
    });

    [Fact]
    public void Each_node_chooses_those_of_largest_correlation_whatever_its_sign()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var sample = new ActivationSample(15, 40, 1000, seed);
            foreach (var k in new[] { 1, 4, 100 })
            {
                var graph = new CorrelationBuilder(0.1, k).Build(sample.Activations).ToAdjacency();
                var all = new CorrelationBuilder(0.1).Build(sample.Activations).ToAdjacency();
                for (var i = 0; i < 15; i++)
                {
                    for (var j = 0; j < i; j++)
                    {
                        var chosen = Rank(all, i, j) < k || Rank(all, j, i) < k;
                        // Duplicates tie: either may be chosen.
                        if (Tied(all, i, j) || Tied(all, j, i)) continue;
                        Near.Equal(chosen ? all[i, j] : 0, graph[i, j]);
                    }
                }
            }
        }

        static int Rank(double[,] r, int i, int j) =>
            Enumerable.Range(0, r.GetLength(0)).Count(o => Math.Abs(r[i, o]) > Math.Abs(r[i, j]));

        static bool Tied(double[,] r, int i, int j) => Enumerable.Range(0, r.GetLength(0))
            .Count(o => Math.Abs(Math.Abs(r[i, o]) - Math.Abs(r[i, j])) < 1e-6) > 1;
    }

    [Fact]
    public void A_node_and_its_opposite_are_tied_by_minus_one_at_any_scale_and_offset()
    {
        var graph = new CorrelationBuilder(0.9).Build(NodeActivations.From(
            new double[,] { { 0, 5, 1, 7 }, { 1, 4.9, 1e6, 7 }, { 0, 5, 2, 7 }, { 1, 4.9, 2e6, 7 } }));
        Assert.Equal([(0, 1), (0, 2), (1, 2)], graph.Edges.Select(e => (e.Source, e.Target)));
        Near.Equal([-1, 0.95, -0.95], graph.Edges.Select(e => e.Weight), 5e-2);
        Assert.Equal([1, -1, 1, 1], graph.BalancedSides());
        Assert.Equal([0, 0, 0, 1], graph.Components());
    }

    [Fact]
    public void No_node_is_tied_to_two_independent_ones_at_half_of_the_variance()
    {
        // Node 2 is nearly an even mixture of the independent nodes 0 and 1.
        foreach (var (share, components) in new[] { (0.45, 2), (0.55, 2) })
        {
            var samples = new double[400, 3];
            for (var s = 0; s < 400; s++)
            {
                (samples[s, 0], samples[s, 1]) = (s % 2, s / 2 % 2);
                samples[s, 2] = (share * samples[s, 0]) - ((1 - share) * samples[s, 1]);
            }

            var graph = new CorrelationBuilder(Math.Sqrt(0.5)).Build(NodeActivations.From(samples));
            Assert.Equal(components, graph.ComponentCount);
        }
    }

    [Fact]
    public void Dead_layers_and_single_samples_have_no_edge()
    {
        var builder = new CorrelationBuilder(0.01, 3);
        Assert.Empty(builder.Build(NodeActivations.From(new double[50, 6])).Edges);
        Assert.Empty(builder.Build(NodeActivations.From(new double[,] { { 1, 2, 3 } })).Edges);
        Assert.Empty(builder.Build(NodeActivations.From(new double[,] { { 1 }, { 2 } })).Edges);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.5)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void Thresholds_that_no_correlation_has_are_refused(double threshold) =>
        Assert.Throws<ArgumentOutOfRangeException>("threshold", () => new CorrelationBuilder(threshold));

    [Fact]
    public void It_says_what_it_is_and_refuses_no_neighbours()
    {
        Assert.Throws<ArgumentOutOfRangeException>("neighbours", () => new CorrelationBuilder(0.3, 0));
        Assert.Equal("16 nearest by |r| ≥ 0.3", $"{new CorrelationBuilder(0.3, 16)}");
        Assert.Equal("all nearest by |r| ≥ 0.5", $"{new CorrelationBuilder(0.5)}");
    }
}
