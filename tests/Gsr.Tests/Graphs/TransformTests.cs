using Gsr.Graphs;

namespace Gsr.Tests.Graphs;

public class TransformTests
{
    [Fact]
    public void Permuting_graph_and_signal_together_changes_nothing() => GraphSample.Check(sample =>
    {
        var permuted = sample.Graph.Permuted(sample.Permutation);
        var x = sample.Renumbered(sample.Signal);
        foreach (var kind in Enum.GetValues<LaplacianKind>())
        {
            var before = sample.Graph.Laplacian(kind);
            var after = permuted.Laplacian(kind);
            Near.Equal(sample.Renumbered(before.Apply(sample.Signal)), after.Apply(x));
            Near.Equal(before.QuadraticForm(sample.Signal), after.QuadraticForm(x));
            Near.Equal(before.Spectrum().Eigenvalues, after.Spectrum().Eigenvalues);
        }
        for (var i = 0; i < sample.Nodes; i++)
            Assert.Equal(sample.Graph.Layout[i], permuted.Layout[sample.Permutation[i]]);
    });

    [Fact]
    public void Permuted_graph_says_so() =>
        Assert.Equal("permuted path 3, 3 nodes, 2 edges", FeatureGraph.Path(3).Permuted([2, 0, 1]).ToString());

    [Theory]
    [InlineData(new[] { 0, 1 })]
    [InlineData(new[] { 0, 1, 1 })]
    [InlineData(new[] { 0, 3, 1 })]
    [InlineData(new[] { -1, 0, 1 })]
    public void What_is_no_permutation_is_refused(int[] permutation) =>
        Assert.Throws<ArgumentException>("permutation", () => FeatureGraph.Path(3).Permuted(permutation));

    [Fact]
    public void Rewiring_keeps_every_degree_and_adds_no_loop_or_duplicate() => GraphSample.Check(sample =>
    {
        var rewired = sample.Graph.RewiredWithSameDegrees(sample.Seed);
        Assert.Equal(NeighbourCounts(sample.Graph), NeighbourCounts(rewired));
        Assert.Equal(sample.Graph.Edges.Count, rewired.Edges.Select(e => (e.Source, e.Target)).Distinct().Count());
        Assert.All(rewired.Edges, e => Assert.True(e.Source < e.Target));
        Assert.Equal(sample.Graph.Edges.Select(e => e.Weight).Order(), rewired.Edges.Select(e => e.Weight).Order());
    });

    [Fact]
    public void Rewiring_is_seeded_and_changes_the_graph()
    {
        var grid = FeatureGraph.Grid(8, 8);
        var rewired = grid.RewiredWithSameDegrees(7);
        Assert.Equal(rewired.Edges, grid.RewiredWithSameDegrees(7).Edges);
        Assert.NotEqual(rewired.Edges, grid.RewiredWithSameDegrees(8).Edges);
        // A random pair of a grid's nodes is joined with probability near 112/2016; far fewer than half survive.
        Assert.InRange(rewired.Edges.Intersect(grid.Edges).Count(), 0, 30);
        Assert.Equal("grid 8x8 rewired, 64 nodes, 112 edges", rewired.ToString());
        Assert.Null(rewired.Shape);
        Assert.Equal(grid.Layout, rewired.Layout);
    }

    [Fact]
    public void Rewiring_is_uniform_over_the_graphs_of_one_degree_sequence()
    {
        // Two disjoint edges on four labelled nodes: three perfect matchings, each with probability 1/3.
        var pairs = FeatureGraph.Path(2).Copies(2);
        var counts = Enumerable.Range(0, 3000)
            .CountBy(seed => pairs.RewiredWithSameDegrees(seed).Edges[0].Target).ToDictionary();
        Assert.Equal([1, 2, 3], counts.Keys.Order());
        Assert.All(counts.Values, count => Assert.InRange(count, 880, 1120));
    }

    [Fact]
    public void Graphs_without_a_swap_come_back_unchanged()
    {
        Assert.Equal(FeatureGraph.Star(6).Edges, FeatureGraph.Star(6).RewiredWithSameDegrees(1).Edges);
        Assert.Equal(FeatureGraph.Complete(6).Edges, FeatureGraph.Complete(6).RewiredWithSameDegrees(1).Edges);
        Assert.Empty(FeatureGraph.Path(1).RewiredWithSameDegrees(1).Edges);
        Assert.Equal(FeatureGraph.Grid(3, 3).Edges, FeatureGraph.Grid(3, 3).RewiredWithSameDegrees(1, 0).Edges);
    }

    [Fact]
    public void Negative_attempts_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(
            "attemptsPerEdge", () => FeatureGraph.Grid(3, 3).RewiredWithSameDegrees(1, -1));

    [Fact]
    public void The_heaviest_edges_of_each_node_are_those_of_any_of_its_ends() => GraphSample.Check(sample =>
    {
        for (var perNode = 1; perNode < 4; perNode++)
        {
            var kept = sample.Graph.KeepingHeaviest(perNode);
            Assert.Equal(
                sample.Graph.Edges.Where(edge => Chosen(edge, edge.Source) || Chosen(edge, edge.Target)), kept.Edges);
            Assert.Equal(sample.Graph.Layout, kept.Layout);

            // An edge is chosen by an end where fewer than so many of the end's edges come before it.
            bool Chosen(Edge edge, int end) =>
                sample.Graph.Edges.Count(other => (other.Source == end || other.Target == end)
                && (other.Weight > edge.Weight || (other.Weight == edge.Weight && Comes(other, edge)))) < perNode;
        }

        static bool Comes(Edge a, Edge b) => a.Source < b.Source || (a.Source == b.Source && a.Target < b.Target);
    });

    [Fact]
    public void No_edge_per_node_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>("perNode", () => FeatureGraph.Path(3).KeepingHeaviest(0));

    private static int[] NeighbourCounts(FeatureGraph graph)
    {
        var counts = new int[graph.NodeCount];
        foreach (var edge in graph.Edges)
        {
            counts[edge.Source]++;
            counts[edge.Target]++;
        }
        return counts;
    }
}
