using Gsr.Analysis.Pictures;
using Gsr.Graphs;

namespace Gsr.Tests.Analysis.Pictures;

public sealed class WalkPictureTests
{
    [Fact]
    public void Each_step_of_the_slider_gives_the_nodes_of_every_panel_their_colours()
    {
        double[,] left = { { 1, 2, 3 }, { 4, 5, 6 } }, right = { { 7, 8, 9 }, { 1.23456, 0, 0.5 } };
        var figure = new Figure(
            GraphWalk.Compare(FeatureGraph.Path(3), [("a", left), ("b", right)], "walk", ["early", "late"], "time"));

        Assert.Equal(2, figure.Panels);
        var slider = figure.Layout["sliders"]![0]!;
        Assert.Equal("time: ", (string?)slider["currentvalue"]!["prefix"]);
        var steps = slider["steps"]!.AsArray();
        Assert.Equal(["early", "late"], steps.Select(step => (string?)step!["label"]));
        Assert.All(steps, step => Assert.Equal("restyle", (string?)step!["method"]));
        int[] moved = [.. Figure.Numbers(steps[1]!["args"]![1]).Select(v => (int)v!)];
        // The traces that are moved are those of the nodes, and before the first move they show the first step.
        Assert.Equal(
            [[1, 2, 3], [7, 8, 9]], moved.Select(trace => Figure.Numbers(figure.Traces[trace]!["marker"]!["color"])));
        Assert.Equal(
            [[4, 5, 6], [1.235, 0, 0.5]], steps[1]!["args"]![0]!["marker.color"]!.AsArray().Select(Figure.Numbers));
        Assert.Equal(
            (0, 9), ((double)figure.Layout["coloraxis"]!["cmin"]!, (double)figure.Layout["coloraxis"]!["cmax"]!));
    }

    [Fact]
    public void A_walk_that_does_not_fit_the_graph_is_refused()
    {
        var graph = FeatureGraph.Path(3);
        Assert.Throws<ArgumentException>("walks", () => GraphWalk.Compare(graph, []));
        Assert.Throws<ArgumentException>("walks", () => GraphWalk.Compare(graph, [("a", new double[2, 2])]));
        Assert.Throws<ArgumentException>(
            "walks[1].Steps", () => GraphWalk.Compare(graph, [("a", new double[2, 3]), ("b", new double[1, 3])]));
        Assert.Throws<ArgumentException>(
            "walks[0].Steps", () => GraphWalk.Compare(graph, [("a", new[,] { { 0, double.NaN, 0 } })]));
        Assert.Throws<ArgumentException>(
            "stepNames", () => GraphWalk.Compare(graph, [("a", new double[2, 3])], stepNames: ["x"]));
    }

    [Fact]
    public void Marker_maps_have_the_nodes_in_the_given_order_and_gaps_where_there_is_no_correlation()
    {
        var figure = new Figure(MarkerHeatMap.Compare(
            [("trunk", new[,] { { 0.123, -1 }, { 1, double.NaN } }), ("branch", new double[2, 2])], ["CD4", "CD8"],
            [1, 0], "maps"));

        Assert.Equal(2, figure.Panels);
        var maps = figure.OfType("heatmap").ToArray();
        Assert.Equal([-1, 0.12, null, 1], Figure.Numbers(maps[0]["z"]));
        Assert.Equal([1, 0, 1, 0], Figure.Numbers(maps[0]["customdata"]));
        Assert.Equal(["CD4", "CD8"], maps[0]["y"]!.AsArray().Select(y => (string?)y));
        // One heat map for each group, and one for the gap.
        Assert.Equal(3, maps.Length);
        Assert.Equal(
            (-1, 1), ((double)figure.Layout["coloraxis"]!["cmin"]!, (double)figure.Layout["coloraxis"]!["cmax"]!));
        Assert.Equal(["trunk", "branch"], figure.Lettering);
    }

    [Fact]
    public void Marker_maps_side_by_side_have_an_order_each_and_gaps_that_are_no_missing_values()
    {
        var figure = new Figure(MarkerHeatMap.SideBySide(
            [("plain", new[,] { { 0.5, -1 } }, null), ("GSR", new[,] { { 0.25, 1 } }, [1, -1, 0])], ["CD4"]));

        var maps = figure.OfType("heatmap").ToArray();
        Assert.Equal(2, maps.Length);
        Assert.Equal([0.5, -1], Figure.Numbers(maps[0]["z"]));
        Assert.Equal([1, null, 0.25], Figure.Numbers(maps[1]["z"]));
        Assert.Equal([1, -1, 0], Figure.Numbers(maps[1]["customdata"]));
        Assert.Equal(["plain", "GSR"], figure.Lettering);
        Assert.Throws<ArgumentException>(
            "nodeOrder", () => MarkerHeatMap.SideBySide([("a", new double[1, 2], [-2])], ["m"]));
    }

    [Fact]
    public void Marker_maps_refuse_what_is_no_correlation()
    {
        Assert.Throws<ArgumentException>("groups", () => MarkerHeatMap.Compare([("a", new[,] { { 1.5 } })], ["m"]));
        Assert.Throws<ArgumentException>("groups", () => MarkerHeatMap.Compare([("a", new double[1, 2])], ["m", "n"]));
        Assert.Throws<ArgumentException>(
            "nodeOrder", () => MarkerHeatMap.Compare([("a", new double[1, 2])], ["m"], [2]));
    }

    [Fact]
    public void A_walk_and_maps_of_a_hundred_nodes_stay_small()
    {
        var walk = new Figure(
            GraphWalk.Compare(FeatureGraph.Grid(10, 10), [("a", new double[20, 100]), ("b", new double[20, 100])]));
        Assert.InRange(walk.Text.Length, 1000, 80 * 1024);
        var maps = new Figure(
            MarkerHeatMap.Compare(
                [("a", new double[20, 100]), ("b", new double[20, 100])],
                [.. Enumerable.Range(0, 20).Select(i => $"m{i}")]));
        Assert.InRange(maps.Text.Length, 1000, 80 * 1024);
        Assert.False(walk.Layout.ContainsKey("template"));
    }
}
