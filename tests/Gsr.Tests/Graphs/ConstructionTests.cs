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
    [InlineData(0, 3, 1.0)]
    [InlineData(-1, 2, 1.0)]
    [InlineData(int.MinValue, int.MaxValue, 1.0)]
    [InlineData(1, 1, 1.0)]
    [InlineData(0, 1, -0.5)]
    [InlineData(0, 1, double.NaN)]
    [InlineData(0, 1, double.PositiveInfinity)]
    public void Hostile_edges_are_refused(int source, int target, double weight) =>
        Assert.Throws<ArgumentException>(
            "edges", () => FeatureGraph.FromEdges(3, [new(source, target, weight)]));

    [Fact]
    public void Duplicates_are_refused_in_either_direction()
    {
        Assert.Throws<ArgumentException>("edges", () => FeatureGraph.FromEdges(3, [new(0, 1), new(1, 0, 2)]));
    }

    [Fact]
    public void Weights_whose_sum_overflows_are_refused()
    {
        Assert.Throws<ArgumentException>("edges", () =>
            FeatureGraph.FromEdges(3, [new(0, 1, double.MaxValue), new(1, 2, double.MaxValue)]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(int.MaxValue)]
    public void Node_counts_out_of_range_are_refused(int nodeCount) =>
        Assert.Throws<ArgumentOutOfRangeException>("nodeCount", () => FeatureGraph.FromEdges(nodeCount, []));

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

    public static TheoryData<double[,]> HostileMatrices => new()
    {
        new double[2, 3],
        new double[0, 0],
        new double[,] { { 1, 0 }, { 0, 0 } },
        new[,] { { double.NaN, 0 }, { 0, 0 } },
        new double[,] { { 0, 1 }, { 2, 0 } },
        new double[,] { { 0, 0 }, { 1e-300, 0 } },
        new double[,] { { 0, -1 }, { -1, 0 } },
        new[,] { { 0, double.NaN }, { 1, 0 } },
        new[,] { { 0, double.PositiveInfinity }, { double.PositiveInfinity, 0 } },
    };

    [Theory]
    [MemberData(nameof(HostileMatrices), DisableDiscoveryEnumeration = true)]
    public void Hostile_matrices_are_refused(double[,] adjacency) =>
        Assert.Throws<ArgumentException>("adjacency", () => FeatureGraph.FromAdjacency(adjacency));
}
