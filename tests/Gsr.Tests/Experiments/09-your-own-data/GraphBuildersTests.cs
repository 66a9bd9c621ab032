using Gsr.Experiments.OwnData;
using Gsr.Learning;

namespace Gsr.Tests.Experiments.OwnData;

public sealed class GraphBuildersTests
{
    [Theory]
    [InlineData("adaptive", 1, 2)]
    [InlineData("knn", 1, 2)]
    [InlineData("modules", 1, 2)]
    [InlineData("adaptive", 19, 20)]
    [InlineData("knn", 19, 20)]
    [InlineData("modules", 19, 20)]
    public void A_builder_by_name_builds_graphs_of_the_layer(string name, int k, int nodes)
    {
        var activations = new double[30, nodes];
        var random = new Random(1);
        for (var s = 0; s < 30; s++)
            for (var i = 0; i < nodes; i++) activations[s, i] = random.NextDouble();
        Assert.Equal(nodes, GraphBuilders.Named(name, k, nodes).Build(NodeActivations.From(activations)).NodeCount);
        Assert.Contains(
            $"give 1 to {nodes - 1}", Assert.Throws<ArgumentException>(() => GraphBuilders.Named(name, nodes, nodes))
                .Message);
        Assert.Contains("K is 0", Assert.Throws<ArgumentException>(() => GraphBuilders.Named(name, 0, nodes)).Message);
    }

    [Fact]
    public void Unknown_builders_are_answered_with_those_there_are()
    {
        Assert.Contains(
            "\"adaptive\" or \"knn\" or \"modules\"",
            Assert.Throws<ArgumentException>(() => GraphBuilders.Named("kNN", 1, 4)).Message);
    }
}
