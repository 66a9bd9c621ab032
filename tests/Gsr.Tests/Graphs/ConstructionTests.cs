using Gsr.Graphs;

namespace Gsr.Tests.Graphs;

public class ConstructionTests
{
    [Fact]
    public void Edges_come_in_any_order_and_direction()
    {
        var graph = FeatureGraph.FromEdges(4, [new(3, 1, 2.5), new(2, 0), new(0, 1, 0.5), new(2, 3, 0)], "mine");
        Assert.Equal([new Edge(0, 1, 0.5), new Edge(0, 2), new Edge(1, 3, 2.5)], graph.Edges);
        Assert.Equal("mine, 4 nodes, 3 edges", graph.ToString());
        Assert.Null(graph.Shape);
    }

    [Fact]
    public void Later_changes_to_the_callers_list_change_nothing()
    {
        var edges = new List<Edge> { new(0, 1) };
        var graph = FeatureGraph.FromEdges(2, edges);
        edges.Clear();
        Assert.Single(graph.Edges);
        Assert.Throws<NotSupportedException>(() => ((IList<Edge>)graph.Edges).Clear());
    }

    [Theory]
    [InlineData(0, 3, 1.0, "0-3, which leaves the graph; nodes are numbered 0 to 2.")]
    [InlineData(-1, 2, 1.0, "-1-2, which leaves the graph")]
    [InlineData(int.MinValue, int.MaxValue, 1.0, "leaves the graph")]
    [InlineData(1, 1, 1.0, "1-1, which is a self-loop; remove it")]
    [InlineData(0, 1, -0.5, "0-1, which has weight -0.5; weights are non-negative and finite.")]
    [InlineData(0, 1, double.NaN, "has weight NaN")]
    [InlineData(0, 1, double.PositiveInfinity, "has weight Infinity")]
    public void Hostile_edges_are_named(int source, int target, double weight, string message)
    {
        var error = Assert.Throws<ArgumentException>(() => FeatureGraph.FromEdges(3, [new(source, target, weight)]));
        Assert.Contains(message, error.Message);
        Assert.Equal("edges", error.ParamName);
    }

    [Fact]
    public void Duplicates_are_refused_in_either_direction()
    {
        var error = Assert.Throws<ArgumentException>(() => FeatureGraph.FromEdges(3, [new(0, 1), new(1, 0, 2)]));
        Assert.Contains("edges hold 0-1 twice (weights 1 and 2)", error.Message);
        Assert.Contains("give each edge once", error.Message);
    }

    [Fact]
    public void Weights_whose_sum_overflows_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() =>
            FeatureGraph.FromEdges(3, [new(0, 1, double.MaxValue), new(1, 2, double.MaxValue)]));
        Assert.Contains("overflows; rescale", error.Message);
    }

    [Theory]
    [InlineData(0, "nodeCount is 0; a graph has at least 1 node.")]
    [InlineData(-3, "nodeCount is -3")]
    [InlineData(int.MaxValue, "nodeCount = 2147483647 asks for")]
    public void Node_counts_out_of_range_are_refused(int nodeCount, string message) =>
        Assert.Contains(message,
            Assert.Throws<ArgumentOutOfRangeException>(() => FeatureGraph.FromEdges(nodeCount, [])).Message);

    [Fact]
    public void Nulls_are_refused()
    {
        Assert.Throws<ArgumentNullException>(() => FeatureGraph.FromEdges(3, null!));
        Assert.Throws<ArgumentNullException>(() => FeatureGraph.FromAdjacency(null!));
    }

    [Fact]
    public void Adjacency_and_edges_are_two_views_of_one_graph() => GraphSample.Check(sample =>
    {
        var again = FeatureGraph.FromAdjacency(sample.Graph.ToAdjacency());
        Assert.Equal(sample.Graph.Edges, again.Edges);
    });

    [Fact]
    public void Rounding_asymmetry_is_averaged_away()
    {
        var graph = FeatureGraph.FromAdjacency(new[,] { { 0, 1.0 }, { 1.0 + 2e-12, 0 } });
        Near.Equal(1 + 1e-12, graph.Edges[0].Weight, 1e-15);
    }

    public static TheoryData<double[,], string> HostileMatrices => new()
    {
        { new double[2, 3], "adjacency is 2x3; give a square matrix" },
        { new double[0, 0], "adjacency is 0x0" },
        { new double[,] { { 1, 0 }, { 0, 0 } }, "adjacency[0, 0] is 1; self-loops are not allowed" },
        { new[,] { { double.NaN, 0 }, { 0, 0 } }, "adjacency[0, 0] is NaN" },
        { new double[,] { { 0, 1 }, { 2, 0 } },
            "adjacency[0, 1] is 1 but adjacency[1, 0] is 2; the graph is undirected" },
        { new double[,] { { 0, 0 }, { 1e-300, 0 } }, "the graph is undirected" },
        { new double[,] { { 0, -1 }, { -1, 0 } }, "adjacency[0, 1] is -1 and adjacency[1, 0] is -1; weights are" },
        { new[,] { { 0, double.NaN }, { 1, 0 } }, "weights are non-negative and finite" },
        { new[,] { { 0, double.PositiveInfinity }, { double.PositiveInfinity, 0 } }, "adjacency[0, 1] is Infinity" },
    };

    [Theory]
    [MemberData(nameof(HostileMatrices), DisableDiscoveryEnumeration = true)]
    public void Hostile_matrices_are_named(double[,] adjacency, string message)
    {
        var error = Assert.Throws<ArgumentException>(() => FeatureGraph.FromAdjacency(adjacency));
        Assert.Contains(message, error.Message);
        Assert.Equal("adjacency", error.ParamName);
    }
}
