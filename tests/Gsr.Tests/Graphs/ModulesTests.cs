using Gsr.Graphs;

namespace Gsr.Tests.Graphs;

public class ModulesTests
{
    [Fact]
    public void Nodes_of_one_module_are_joined_and_no_others()
    {
        var random = new Random(4);
        for (var round = 0; round < 50; round++)
        {
            int[] labels = [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => random.Next(-1, 5) * 3)];
            var graph = FeatureGraph.Modules([.. labels]);
            var expected = from i in Enumerable.Range(0, labels.Length)
                           from j in Enumerable.Range(i + 1, labels.Length - i - 1)
                           where labels[i] == labels[j] && labels[i] >= 0
                           select new Edge(i, j);
            Assert.Equal(expected, graph.Edges);
            Assert.Equal(labels.Length, graph.NodeCount);
            Assert.Equal(graph.NodeCount, graph.Layout.Distinct().Count());
        }
    }

    [Fact]
    public void The_form_is_the_modules_variance()
    {
        int[] labels = [0, 1, 1, 0, 0, 2];
        double[] z = [1, 4, -2, 3, 5, 9];
        // Module 0 (1, 3, 5): 3 * (4 + 0 + 4); module 1 (4, -2): 2 * (9 + 9); module 2 has one node.
        Assert.Equal(24 + 36, FeatureGraph.Modules(labels).Laplacian().QuadraticForm(z), 1e-12);
    }

    [Fact]
    public void Modules_of_equal_size_are_copies_of_a_complete_graph()
    {
        var modules = FeatureGraph.Modules([.. Enumerable.Range(0, 40).Select(i => i / 4)]);
        Assert.Equal(FeatureGraph.Complete(4).Copies(10).Edges, modules.Edges);
        Assert.Equal("10 modules, 40 nodes, 60 edges", modules.ToString());
        // Normalised = combinatorial / (n - 1).
        var (normalised, combinatorial) = (
            modules.Laplacian(LaplacianKind.SymmetricNormalized).ToDense(), modules.Laplacian().ToDense());
        for (var i = 0; i < 40; i++)
            for (var j = 0; j < 40; j++) Assert.Equal(combinatorial[i, j] / 3, normalised[i, j], 1e-12);
    }

    [Fact]
    public void Wrong_input_is_named()
    {
        Assert.Throws<ArgumentNullException>(() => FeatureGraph.Modules(null!));
        Assert.Throws<ArgumentException>("moduleOfNode", () => FeatureGraph.Modules([]));
        Assert.Throws<ArgumentOutOfRangeException>("moduleOfNode", () => FeatureGraph.Modules(new int[20_000]));
        Assert.Equal("0 modules, 2 nodes, 0 edges", FeatureGraph.Modules([-1, -1]).ToString());
    }
}
