using Gsr.Graphs;
using Gsr.Learning;
using Gsr.Tests.Graphs;
using TorchSharp;

namespace Gsr.Tests.Learning;

public sealed class BuilderTests
{
    public static TheoryData<IFeatureGraphBuilder> Builders =>
        [.. All.Select(b => new TheoryDataRow<IFeatureGraphBuilder>(b))];

    internal static IFeatureGraphBuilder[] All =>
    [
        new NearestNeighbourBuilder(), new NearestNeighbourBuilder(2, NodeDistance.Cosine),
        new NearestNeighbourBuilder(3, NodeDistance.Correlation), new NearestNeighbourBuilder(1),
        new AdaptiveGaussianBuilder(), new AdaptiveGaussianBuilder(3, 0),
    ];

    [Fact]
    public void Nearest_neighbours_agree_with_the_definition() => ActivationSample.Check(sample =>
    {
        foreach (var k in new[] { 1, 2, 5, 100 })
        {
            Near.Equal(SlowGraphs.NearestNeighbours(sample, k, NodeDistance.Euclidean),
                new NearestNeighbourBuilder(k).Build(sample.Activations).ToAdjacency());
        }
    });

    [Theory]
    [InlineData(NodeDistance.Cosine)]
    [InlineData(NodeDistance.Correlation)]
    public void Nearest_neighbours_by_angle_agree_with_the_definition(NodeDistance distance)
    {
        // Equal angles round differently here and there: nodes in general position have none.
        for (var seed = 0; seed < 40; seed++)
        {
            var sample = General(seed);
            foreach (var k in new[] { 1, 3, 100 })
            {
                Near.Equal(SlowGraphs.NearestNeighbours(sample, k, distance),
                    new NearestNeighbourBuilder(k, distance).Build(sample.Activations).ToAdjacency());
            }
        }
    }

    [Fact]
    public void Adaptive_Gaussians_agree_with_the_definition() => ActivationSample.Check(sample =>
    {
        foreach (var k in new[] { 1, 2, 7, 100 })
        {
            Near.Equal(SlowGraphs.AdaptiveGaussian(sample, k, 0),
                new AdaptiveGaussianBuilder(k, 0).Build(sample.Activations).ToAdjacency(), 1e-6);
            // No weight of whole-numbered distances is this cut but for rounding.
            Near.Equal(SlowGraphs.AdaptiveGaussian(sample, k, 0.1234567),
                new AdaptiveGaussianBuilder(k, 0.1234567).Build(sample.Activations).ToAdjacency(), 1e-6);
        }
    });

    [Fact]
    public void The_paper_s_kernel_by_hand()
    {
        // Nodes at 0, 3 and 7 on a line: nearest distances 3, 3, 4.
        var graph = new AdaptiveGaussianBuilder(1, 0)
            .Build(NodeActivations.From(new double[,] { { 0, 3, 7 }, { 1, 1, 1.0000001 }, { -1, -1, -1 } }));
        double[] expected = [
            Math.Exp(-1), 0.5 * (Math.Exp(-49.0 / 9) + Math.Exp(-49.0 / 16)),
            0.5 * (Math.Exp(-16.0 / 9) + Math.Exp(-1))];
        Near.Equal(expected, graph.Edges.Select(e => e.Weight), 1e-6);
    }

    [Theory]
    [MemberData(nameof(Builders))]
    public void Every_graph_obeys_the_rules_of_a_graph(IFeatureGraphBuilder builder) => ActivationSample.Check(sample =>
    {
        var graph = builder.Build(sample.Activations);
        Assert.Equal(sample.Nodes, graph.NodeCount);
        // The builders give their edges unchecked: here they are checked.
        Assert.Equal(graph.Edges, FeatureGraph.FromEdges(graph.NodeCount, graph.Edges).Edges);
        Assert.All(graph.Edges, e => Assert.False(sample.IsConstant(e.Source) || sample.IsConstant(e.Target)));
        Assert.All(graph.Edges, e => Assert.InRange(e.Weight, double.Epsilon, 1));
    });

    [Theory]
    [MemberData(nameof(Builders))]
    public void A_graph_does_not_depend_on_the_order_of_the_nodes(IFeatureGraphBuilder builder)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var sample = General(seed);
            int[] order = [.. Enumerable.Range(0, sample.Nodes)];
            new Random(seed).Shuffle(order);
            var turned = new double[sample.Samples, sample.Nodes];
            for (var s = 0; s < sample.Samples; s++)
                for (var i = 0; i < order.Length; i++) turned[s, order[i]] = sample.Matrix[s, i];
            var expected = builder.Build(sample.Activations).Permuted(order);
            Assert.Equal(expected.Edges, builder.Build(NodeActivations.From(turned)).Edges);
        }
    }

    [Theory]
    [InlineData(1e-25)]
    [InlineData(1e-6)]
    [InlineData(1e25)]
    public void Scale_is_free(double scale)
    {
        foreach (var builder in All)
        {
            var sample = General(3);
            var expected = builder.Build(sample.Activations).ToAdjacency();
            var scaled = sample.Matrix.Clone() as double[,];
            for (var s = 0; s < sample.Samples; s++)
                for (var i = 0; i < sample.Nodes; i++) scaled![s, i] *= scale;
            Near.Equal(expected, builder.Build(NodeActivations.From(scaled!)).ToAdjacency(), 1e-4);
        }
    }

    [Theory]
    [MemberData(nameof(Builders))]
    public void Dead_layers_and_single_samples_have_no_edge(IFeatureGraphBuilder builder)
    {
        Assert.Empty(builder.Build(NodeActivations.From(new double[50, 6])).Edges);
        Assert.Empty(builder.Build(NodeActivations.From(new double[,] { { 1, 2, 3 } })).Edges);
        Assert.Empty(builder.Build(NodeActivations.From(new double[,] { { 1 }, { 2 } })).Edges);
    }

    [Fact]
    public void Duplicates_weigh_one_and_are_linked_to_nobody_else_by_a_bandwidth_of_0()
    {
        // Nodes 0 and 1 are equal, 2 lies elsewhere, 3 is dead.
        var activations = NodeActivations.From(new double[,] { { 0, 0, 9, 1 }, { 1, 1, -5, 1 }, { 2, 2, 4, 1 } });
        Assert.Equal([new Edge(0, 1, 0.5), new Edge(0, 2, 0.5)],
            new NearestNeighbourBuilder(1).Build(activations)
                .Edges.Select(e => e.Target == 1 ? e with { Weight = e.Weight / 2 } : e));
        var adaptive = new AdaptiveGaussianBuilder(1, 0).Build(activations);
        Assert.Equal(1, adaptive.Edges[0].Weight);
        // Node 2's own half is exp(-1), as far from 0 as from 1; that of 0 and 1 is 0.
        Near.Equal([1, Math.Exp(-1) / 2, Math.Exp(-1) / 2], adaptive.Edges.Select(e => e.Weight), 1e-6);
    }

    [Fact]
    public void Arguments_are_named()
    {
        Assert.Throws<ArgumentOutOfRangeException>("neighbours", () => new NearestNeighbourBuilder(0));
        Assert.Throws<ArgumentOutOfRangeException>("neighbours", () => new AdaptiveGaussianBuilder(-1));
        Assert.Throws<ArgumentOutOfRangeException>("cut", () => new AdaptiveGaussianBuilder(1, 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(
            "distance", () => new NearestNeighbourBuilder(1, (NodeDistance)7).Build(General(0).Activations));
        Assert.Throws<ArgumentException>("samples", () => NodeActivations.From(new double[0, 3]));
        Assert.Throws<ArgumentException>(
            "activations", () => NodeActivations.From(new double[,] { { 1, 2 }, { double.NaN, 3 } }));
        Assert.Throws<ArgumentException>("activations", () => NodeActivations.From(new double[,] { { 1, 1e300 } }));
        using var vector = torch.ones(5);
        Assert.Throws<ArgumentException>("activations", () => NodeActivations.From(vector));
    }

    [Fact]
    public void A_tensor_and_its_matrix_are_the_same_activations()
    {
        using var scope = torch.NewDisposeScope();
        var tensor = torch.randn(7, 3, 4, dtype: torch.float64, generator: new torch.Generator(2));
        var activations = NodeActivations.From(tensor);
        Assert.Equal((12, 7), (activations.Nodes, activations.Samples));
        for (var i = 0; i < 12; i++)
            for (var s = 0; s < 7; s++) Assert.Equal((float)tensor[s, i / 4, i % 4].ToDouble(), activations.Of(i)[s]);
        Assert.Equal("12 nodes, 7 samples", activations.ToString());
        Assert.Equal("2 nodes, 3 samples, 2 constant nodes", NodeActivations.From(new double[3, 2]).ToString());
    }

    [Fact]
    public void A_builder_of_one_s_own_takes_ten_lines()
    {
        var graph = new SignAgreement(0.6)
            .Build(NodeActivations.From(new double[,] { { 1, 2, -1 }, { -1, -3, -1 }, { 4, 1, -2 } }));
        Assert.Equal([new Edge(0, 1)], graph.Edges);
    }

    /// <summary>As in the documentation of <see cref="IFeatureGraphBuilder"/>.</summary>
    private sealed class SignAgreement(double share) : IFeatureGraphBuilder
    {
        public FeatureGraph Build(NodeActivations a) => FeatureGraph.FromEdges(a.Nodes,
            from i in Enumerable.Range(0, a.Nodes)
            from j in Enumerable.Range(0, i)
            where Enumerable.Range(0, a.Samples).Count(s => a.Of(i)[s] * a.Of(j)[s] > 0) > share * a.Samples
            select new Edge(j, i));
    }

    private static ActivationSample General(int seed)
    {
        var sample = new ActivationSample(23, 37, 2, seed);
        var random = new Random(seed);
        for (var s = 0; s < sample.Samples; s++)
            for (var i = 0; i < sample.Nodes; i++) sample.Matrix[
                s, i] = (float)(random.NextDouble() - 0.3 + (0.3 * (i % 3) * (s % 2)));
        return sample;
    }
}
