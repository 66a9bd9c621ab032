using Gsr.Analysis.Metrics;
using Gsr.Graphs;
using Gsr.Learning;

namespace Gsr.Tests.Learning;

public sealed class SpectralModulesTests
{
    [Theory]
    [InlineData(2, 20, 0.5)]
    [InlineData(4, 40, 0.3)]
    [InlineData(5, 400, 0.3)]
    public void Planted_modules_are_found(int modules, int nodes, double noise)
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var (activations, truth) = Planted(modules, nodes, noise, seed);
            var builder = new SpectralModulesBuilder(modules, new AdaptiveGaussianBuilder(7, 0));
            Assert.Equal(1, Partition.AdjustedRandIndex(truth, builder.Labels(activations)), 1e-12);
            var graph = builder.Build(activations);
            Assert.Equal(builder.Labels(activations), graph.Components());
            Assert.Equal(graph.Edges, FeatureGraph.FromEdges(nodes, graph.Edges).Edges);
            // Blocks are complete.
            Assert.Equal(truth.GroupBy(t => t).Sum(g => g.Count() * (g.Count() - 1) / 2), graph.Edges.Count);
            Assert.All(graph.Edges, e => Assert.Equal(1, e.Weight));
        }
    }

    [Fact]
    public void As_many_modules_as_asked_whatever_the_similarity_graph()
    {
        var (activations, truth) = Planted(6, 60, 0.1, 1);
        for (var modules = 1; modules <= 12; modules++)
        {
            foreach (var similarity in new IFeatureGraphBuilder[]
            {
                new NearestNeighbourBuilder(2), new NearestNeighbourBuilder(59),
                new AdaptiveGaussianBuilder(7, 0)
            })
            {
                var labels = new SpectralModulesBuilder(modules, similarity).Labels(activations);
                Assert.Equal(modules, labels.Distinct().Count());
                // Fewer modules than there truly are: those are put together, and none is torn.
                if (modules <= 6 && $"{similarity}" != "59 nearest neighbours")
                    Assert.Equal(truth.Zip(labels).Distinct().Count(), Math.Max(6, modules));
            }
        }
    }

    [Fact]
    public void Components_that_are_too_many_are_joined_by_their_means()
    {
        for (var seed = 0; seed < 8; seed++)
        {
            var (activations, _) = Planted(9, 45, 0.4, seed);
            var similarity = new NearestNeighbourBuilder(1 + (seed % 3));
            var components = similarity.Build(activations).Components();
            for (var modules = 1; modules <= components.Max(); modules++)
            {
                var expected = SlowGraphs.Merged(activations, components, modules);
                var names = expected.Distinct().ToArray();
                Assert.Equal(expected.Select(label => Array.IndexOf(names, label)),
                    new SpectralModulesBuilder(modules, similarity).Labels(activations));
            }
        }
    }

    [Fact]
    public void Constant_nodes_are_in_no_module()
    {
        var (activations, _) = Planted(2, 12, 0.2, 3);
        var matrix = new double[activations.Samples, 14];
        for (var s = 0; s < activations.Samples; s++)
        {
            for (var i = 0; i < 12; i++) matrix[s, i] = activations.Of(i)[s];
            matrix[s, 13] = 5;
        }

        var builder = new SpectralModulesBuilder(2);
        var labels = builder.Labels(NodeActivations.From(matrix));
        Assert.Equal([-1, -1], labels[12..]);
        Assert.DoesNotContain(-1, labels[..12]);
        Assert.Equal(4, builder.Build(NodeActivations.From(matrix)).ComponentCount);
        Assert.All(builder.Labels(NodeActivations.From(new double[5, 3])), label => Assert.Equal(-1, label));
        Assert.Throws<ArgumentOutOfRangeException>("modules", () => new SpectralModulesBuilder(0));
    }

    [Fact]
    public void More_modules_than_nodes_leave_each_alone()
    {
        var (activations, _) = Planted(2, 6, 0.5, 1);
        var builder = new SpectralModulesBuilder(10);
        Assert.Equal([0, 1, 2, 3, 4, 5], builder.Labels(activations));
        Assert.Empty(builder.Build(activations).Edges);
    }

    /// <summary>Nodes that follow their module's own signal, with noise, in random order.</summary>
    private static (NodeActivations Activations, int[] Truth) Planted(int modules, int nodes, double noise, int seed)
    {
        var random = new Random(seed);
        int[] truth = [.. Enumerable.Range(0, nodes).Select(i => i % modules)];
        random.Shuffle(truth);
        var matrix = new double[80, nodes];
        for (var s = 0; s < 80; s++)
        {
            double[] signals = [.. Enumerable.Range(0, modules).Select(_ => Normal())];
            for (var i = 0; i < nodes; i++) matrix[s, i] = signals[truth[i]] + (noise * Normal());
        }

        return (NodeActivations.From(matrix), truth);

        double Normal() =>
            Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
