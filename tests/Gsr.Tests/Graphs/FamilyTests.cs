using Gsr.Graphs;

namespace Gsr.Tests.Graphs;

public class FamilyTests
{
    public static TheoryData<FeatureGraph, string> Names => new()
    {
        { FeatureGraph.Grid(8, 8), "grid 8x8, 64 nodes, 112 edges" },
        { FeatureGraph.Grid(1, 1), "grid 1x1, 1 node, 0 edges" },
        { FeatureGraph.Torus(4, 8), "torus 4x8, 32 nodes, 64 edges" },
        { FeatureGraph.Path(5), "path 5, 5 nodes, 4 edges" },
        { FeatureGraph.Path(2), "path 2, 2 nodes, 1 edge" },
        { FeatureGraph.Ring(8), "ring 8, 8 nodes, 8 edges" },
        { FeatureGraph.Star(5), "star 5, 5 nodes, 4 edges" },
        { FeatureGraph.Complete(10), "complete 10, 10 nodes, 45 edges" },
        { FeatureGraph.BinaryTree(4), "binary tree of 4 levels, 15 nodes, 14 edges" },
        { FeatureGraph.KrackhardtKite(), "Krackhardt kite, 10 nodes, 18 edges" },
        { FeatureGraph.Wishbone(6), "wishbone 2x6 with 3 rungs, 12 nodes, 13 edges" },
        { FeatureGraph.Path(2).Copies(3), "3 x path 2, 6 nodes, 3 edges" },
        { FeatureGraph.Path(1).Copies(4), "4 x path 1, 4 nodes, 0 edges" },
        { FeatureGraph.Complete(10).Copies(16), "16 x complete 10, 160 nodes, 720 edges" },
        { FeatureGraph.FromEdges(3, [new(2, 0)]), "graph, 3 nodes, 1 edge" },
    };

    [Theory]
    [MemberData(nameof(Names), DisableDiscoveryEnumeration = true)]
    public void Prints_what_it_is(FeatureGraph graph, string text) => Assert.Equal(text, graph.ToString());

    [Theory]
    [MemberData(nameof(Names), DisableDiscoveryEnumeration = true)]
    public void Edges_are_sorted_unique_and_places_distinct(FeatureGraph graph, string text)
    {
        Assert.NotEmpty(text);
        Assert.All(graph.Edges, e => Assert.True(e.Source < e.Target && e.Weight == 1 && e.Target < graph.NodeCount));
        Assert.Equal(graph.Edges.Select(e => (e.Source, e.Target)).Distinct().Order(),
            graph.Edges.Select(e => (e.Source, e.Target)));
        Assert.Equal(graph.NodeCount, graph.Layout.Distinct().Count());
        Assert.All(graph.Layout, p => Assert.True(double.IsFinite(p.X) && double.IsFinite(p.Y)));
    }

    [Fact]
    public void Pairs_of_the_hierarchical_clusters() =>
        Assert.Equal([new Edge(0, 1), new Edge(2, 3), new Edge(4, 5)], FeatureGraph.Path(2).Copies(3).Edges);

    [Fact]
    public void Grid_joins_the_nodes_at_distance_one()
    {
        var grid = FeatureGraph.Grid(3, 5);
        Assert.Equal((3, 5), grid.Shape);
        Assert.Equal(AtDistanceOne(grid, (a, b) => Math.Abs(a.X - b.X) + Math.Abs(a.Y - b.Y)), grid.Edges);
    }

    [Fact]
    public void Torus_joins_the_nodes_at_wrapped_distance_one()
    {
        var torus = FeatureGraph.Torus(3, 5);
        Assert.Equal((3, 5), torus.Shape);
        Assert.Equal(AtDistanceOne(torus, (a, b) => Wrapped(a.X - b.X, 5) + Wrapped(a.Y - b.Y, 3)), torus.Edges);

        static double Wrapped(double difference, int size) =>
            Math.Min(Math.Abs(difference), size - Math.Abs(difference));
    }

    [Fact]
    public void Kite_has_its_known_degrees() =>
        Assert.Equal([4.0, 4, 3, 6, 3, 5, 5, 3, 2, 1], FeatureGraph.KrackhardtKite().Degrees());

    [Fact]
    public void Wishbone_lies_between_two_paths_and_a_ladder()
    {
        Assert.Equal(FeatureGraph.Path(5).Copies(2).Edges, FeatureGraph.Wishbone(5, 0).Edges);
        Assert.Equal(FeatureGraph.Grid(2, 5).Edges, FeatureGraph.Wishbone(5, 5).Edges);
        Assert.Equal(2, FeatureGraph.Wishbone(5).Edges.Count(e => e.Target - e.Source == 5));
    }

    [Fact]
    public void Related_families_meet_at_their_small_sizes()
    {
        Assert.Equal(FeatureGraph.Path(2).Edges, FeatureGraph.Complete(2).Edges);
        Assert.Equal(FeatureGraph.Ring(3).Edges, FeatureGraph.Complete(3).Edges);
        Assert.Equal(FeatureGraph.Star(3).Edges, FeatureGraph.BinaryTree(2).Edges);
        Assert.Equal(FeatureGraph.Path(7).Edges, FeatureGraph.Grid(1, 7).Edges);
        Assert.Equal(FeatureGraph.Path(7).Edges, FeatureGraph.Grid(7, 1).Edges);
    }

    [Fact]
    public void One_copy_is_the_graph_itself()
    {
        var grid = FeatureGraph.Grid(2, 3);
        Assert.Same(grid, grid.Copies(1));
        Assert.Null(grid.Copies(2).Shape);
    }

    [Fact]
    public void Sizes_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("nodeCount", () => FeatureGraph.Ring(2));
        Assert.Throws<ArgumentOutOfRangeException>("rows", () => FeatureGraph.Torus(2, 4));
        Assert.Throws<ArgumentOutOfRangeException>("columns", () => FeatureGraph.Torus(4, 1));
        Assert.Throws<ArgumentOutOfRangeException>("rows", () => FeatureGraph.Grid(0, 4));
        Assert.Throws<ArgumentOutOfRangeException>("columns", () => FeatureGraph.Grid(4, -1));
        Assert.Throws<ArgumentOutOfRangeException>("rows x columns", () => FeatureGraph.Grid(100_000, 100_000));
        Assert.Throws<ArgumentOutOfRangeException>(
            "rows x columns", () => FeatureGraph.Torus(int.MaxValue, int.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>("nodeCount", () => FeatureGraph.Path(0));
        Assert.Throws<ArgumentOutOfRangeException>("nodeCount", () => FeatureGraph.Star(1));
        Assert.Throws<ArgumentOutOfRangeException>("nodeCount", () => FeatureGraph.Complete(0));
        Assert.Throws<ArgumentOutOfRangeException>("nodeCount", () => FeatureGraph.Complete(100_000));
        Assert.Throws<ArgumentOutOfRangeException>("levels", () => FeatureGraph.BinaryTree(0));
        Assert.Throws<ArgumentOutOfRangeException>("levels", () => FeatureGraph.BinaryTree(64));
        Assert.Throws<ArgumentOutOfRangeException>("length", () => FeatureGraph.Wishbone(1));
        Assert.Throws<ArgumentOutOfRangeException>("rungs", () => FeatureGraph.Wishbone(6, 7));
        Assert.Throws<ArgumentOutOfRangeException>("rungs", () => FeatureGraph.Wishbone(6, -1));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => FeatureGraph.Grid(8, 8).Copies(0));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => FeatureGraph.Grid(8, 8).Copies(int.MaxValue));
    }

    private static IEnumerable<Edge> AtDistanceOne(
        FeatureGraph graph, Func<NodePosition, NodePosition, double> distance) =>
        from i in Enumerable.Range(0, graph.NodeCount)
        from j in Enumerable.Range(i + 1, graph.NodeCount - i - 1)
        where distance(graph.Layout[i], graph.Layout[j]) == 1
        select new Edge(i, j);
}
