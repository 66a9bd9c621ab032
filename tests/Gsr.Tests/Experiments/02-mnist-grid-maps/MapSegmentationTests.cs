using Gsr.Experiments.GridMaps;
using Gsr.Graphs;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Experiments.GridMaps;

public sealed class MapSegmentationTests
{
    [Fact]
    public void Compact_fields_have_one_component_per_class()
    {
        // Four quadrants of 4x4 cells: per direction 8 of 56 edges cross a border.
        int[] quadrants = [.. Enumerable.Range(0, 64).Select(i => (2 * (i / 32)) + (i % 8 / 4))];
        var map = Segmented(FeatureGraph.Grid(8, 8), quadrants, 4);
        Assert.Equal((4, 4), (map.ComponentCount, map.ClassesPresent));
        Near.Equal(96.0 / 112, map.SameLabelShare);
    }

    [Fact]
    public void A_checkerboard_falls_into_single_nodes()
    {
        int[] labels = [.. Enumerable.Range(0, 64).Select(i => (i + (i / 8)) % 2)];
        var map = Segmented(FeatureGraph.Grid(8, 8), labels, 10);
        Assert.Equal(labels, map.Labels);
        Assert.Equal((64, 2, 0), (map.ComponentCount, map.ClassesPresent, map.SameLabelShare));
    }

    [Fact]
    public void Dead_nodes_are_unlabelled_and_their_edges_are_not_within_a_class()
    {
        var map = MapSegmentation.Of(FeatureGraph.Path(5), new double[,] { { 1, 0, 0, 1, -2 }, { 0, 0, 0, 0, -1 } });
        Assert.Equal([0, MapSegmentation.Unlabelled, MapSegmentation.Unlabelled, 0, 1], map.Labels);
        Assert.Equal((3, 2, 0), (map.ComponentCount, map.ClassesPresent, map.SameLabelShare));
        var dead = MapSegmentation.Of(FeatureGraph.Grid(2, 2), new double[3, 4]);
        Assert.Equal((0, 0, 0), (dead.ComponentCount, dead.ClassesPresent, dead.SameLabelShare));
    }

    [Fact]
    public void A_class_in_two_places_is_not_in_one_component()
    {
        var map = Segmented(FeatureGraph.Path(6), [0, 1, 1, 0, 2, -1], 3);
        Assert.Equal((4, 3, 2), (map.ComponentCount, map.ClassesPresent, map.ClassesInOneComponent));
    }

    [Fact]
    public void The_second_reading_finds_a_class_that_a_louder_one_drowns()
    {
        double[,] means = { { 0, 0, 1, 1 }, { 6, 6, 5, 5 } };
        Assert.Equal([1, 1, 1, 1], MapSegmentation.Of(FeatureGraph.Path(4), means).Labels);
        Assert.Equal([1, 1, 0, 0], MapSegmentation.LevelFree(FeatureGraph.Path(4), means).Labels);
    }

    [Fact]
    public void Shuffled_labels_keep_their_classes_and_lose_their_places()
    {
        int[] halves = [.. Enumerable.Range(0, 64).Select(i => i / 32)];
        var map = Segmented(FeatureGraph.Grid(8, 8), halves, 2);
        var counts = map.ShuffledComponentCounts(200, seed: 1);
        Assert.Equal(2, map.ComponentCount);
        Assert.True(counts.Min() > 2, $"{counts.Min()}");
        Assert.Equal(counts, map.ShuffledComponentCounts(200, seed: 1));
        Assert.Equal([64, 64], Segmented(FeatureGraph.Path(64), [.. Enumerable.Range(0, 64)], 64)
            .ShuffledComponentCounts(2, seed: 1));
    }

    [Fact]
    public void One_node_has_no_edge_to_share()
    {
        var map = MapSegmentation.Of(FeatureGraph.Path(1), new[,] { { 0.0 }, { 2.0 } });
        Assert.Equal((1, 1), (map.ComponentCount, map.ClassesPresent));
        Assert.True(double.IsNaN(map.SameLabelShare));
    }

    [Fact]
    public void Equal_means_go_to_the_lowest_class() => Assert.Equal(
        [0, 1], MapSegmentation.Of(FeatureGraph.Path(2), new double[,] { { 1, 0 }, { 1, 1 }, { 1, 1 } }).Labels);

    [Fact]
    public void Components_are_those_of_the_graph_without_borders() => GraphSample.Check(sample =>
    {
        int[] labels = [.. sample.Signal.Select(v => v < -2 ? -1 : v < 1 ? 0 : 1)];
        var map = Segmented(sample.Graph, labels, 2);
        Edge[] within =
            [.. sample.Graph.Edges.Where(e => labels[e.Source] == labels[e.Target] && labels[e.Source] >= 0)];
        var cut = FeatureGraph.FromEdges(sample.Nodes, within);
        Near.Equal((double)within.Length / sample.Graph.Edges.Count, map.SameLabelShare);
        Assert.Equal(cut.ComponentCount - labels.Count(label => label < 0), map.ComponentCount);
    });

    [Fact]
    public void Means_of_other_nodes_are_refused() =>
        Assert.Throws<ArgumentException>(() => MapSegmentation.Of(FeatureGraph.Path(3), new double[2, 4]));

    private static MapSegmentation Segmented(FeatureGraph graph, int[] labels, int classes)
    {
        var means = new double[classes, labels.Length];
        for (var i = 0; i < labels.Length; i++)
            if (labels[i] >= 0) means[labels[i], i] = 1;
        return MapSegmentation.Of(graph, means);
    }
}
