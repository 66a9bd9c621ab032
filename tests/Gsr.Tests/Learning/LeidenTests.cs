using Gsr.Graphs;
using Gsr.Learning;
using Gsr.Metrics;
using Gsr.Tests.Golden;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Learning;

public sealed class LeidenTests
{
    [Fact]
    public void Small_graphs_get_the_best_partition_there_is_or_nearly()
    {
        var (cases, best) = (0, 0);
        GraphSample.Check(sample =>
        {
            if (sample.Nodes > 8 || sample.Graph.Edges.Count == 0) return;
            var reached = Partition.Modularity(sample.Graph, LeidenCommunities.Of(sample.Graph, sample.Seed));
            var optimum = Partitions(sample.Nodes).Max(labels => Partition.Modularity(sample.Graph, labels));
            Assert.InRange(reached, optimum - 0.1, optimum + 1e-9);
            cases++;
            if (reached > optimum - 1e-9) best++;
        });
        Assert.True(cases > 20 && best > 0.9 * cases, $"{best} of {cases}");
    }

    [Fact]
    public void Communities_hold_together_and_no_move_or_merge_improves_them() => GraphSample.Check(sample =>
    {
        var labels = LeidenCommunities.Of(sample.Graph, 1);
        Assert.Equal(labels, LeidenCommunities.Of(sample.Graph, 1));
        Assert.Equal(sample.Graph.ComponentsAmong((a, b) => labels[a] == labels[b]), labels);
        if (sample.Graph.Edges.Count == 0) return;
        var quality = Partition.Modularity(sample.Graph, labels);
        for (var node = 0; node < labels.Length; node++)
        {
            for (var community = 0; community <= labels.Max() + 1; community++)
            {
                int[] moved = [.. labels];
                moved[node] = community;
                Assert.True(Partition.Modularity(sample.Graph, moved) <= quality + 1e-9);
            }
        }

        for (var a = 0; a <= labels.Max(); a++)
        {
            for (var b = 0; b < a; b++)
                Assert.True(Partition.Modularity(sample.Graph, [.. labels.Select(l => l == a ? b : l)]) <= quality + 1e-9);
        }
    });

    [Fact]
    public void Two_cliques_with_a_bridge()
    {
        var bridged = FeatureGraph.FromEdges(10, [.. FeatureGraph.Complete(5).Copies(2).Edges, new Edge(4, 5)]);
        var labels = LeidenCommunities.Of(bridged);
        Assert.Equal([0, 0, 0, 0, 0, 1, 1, 1, 1, 1], labels);
        Near.Equal(GraphMetricsGolden.Value("two_K5_bridge_modularity"), Partition.Modularity(bridged, labels), 1e-12);
    }

    [Fact]
    public void The_karate_club_s_optimum_is_found()
    {
        // Zachary 1977; the best modularity there is, .4198, is known by integer programming (Brandes and others 2008).
        var graph = Karate.Graph;
        Assert.Equal((34, 78), (graph.NodeCount, graph.Edges.Count));
        for (var seed = 0; seed < 20; seed++)
        {
            // The reference implementation's Louvain reaches .392 to .4198 in one run.
            Assert.InRange(Partition.Modularity(graph, LeidenCommunities.Of(graph, seed, runs: 1)), 0.39, 0.41979);
            Assert.InRange(Partition.Modularity(graph, LeidenCommunities.Of(graph, seed)), 0.41978, 0.41979);
        }
    }

    [Fact]
    public void A_ring_of_cliques_and_the_resolution()
    {
        var ring = FeatureGraph.FromEdges(60,
            [.. FeatureGraph.Complete(6).Copies(10).Edges, .. Enumerable.Range(0, 10).Select(i => new Edge((6 * i) + 5, 6 * ((i + 1) % 10)))]);
        Assert.Equal(Enumerable.Range(0, 60).Select(i => i / 6), LeidenCommunities.Of(ring));
        Assert.Equal(60, LeidenCommunities.Of(ring, 0, 1000).Distinct().Count());
        Assert.Single(LeidenCommunities.Of(ring, 0, 1e-3).Distinct());
    }

    [Fact]
    public void Nodes_without_edges_stay_alone_and_bad_resolutions_are_named()
    {
        Assert.Equal([0, 1, 2], LeidenCommunities.Of(FeatureGraph.FromEdges(3, [])));
        Assert.Equal([0, 1, 0], LeidenCommunities.Of(FeatureGraph.FromEdges(3, [new Edge(0, 2, 1e-9)])));
        Assert.Contains("runs is 0", Assert.Throws<ArgumentOutOfRangeException>(() => LeidenCommunities.Of(FeatureGraph.Path(2), runs: 0)).Message);
        Assert.Contains("resolution is 0", Assert.Throws<ArgumentOutOfRangeException>(() => LeidenCommunities.Of(FeatureGraph.Path(2), 0, 0)).Message);
    }

    /// <summary>Every partition of so many nodes, as labels by first appearance.</summary>
    private static IEnumerable<int[]> Partitions(int nodes)
    {
        if (nodes == 0) return [[]];
        return from rest in Partitions(nodes - 1)
               from label in Enumerable.Range(0, rest.DefaultIfEmpty(-1).Max() + 2)
               select rest.Append(label).ToArray();
    }
}
