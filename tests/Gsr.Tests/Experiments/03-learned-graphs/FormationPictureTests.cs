using Gsr.Analysis.Pictures;
using Gsr.Experiments.LearnedGraphs;
using Gsr.Graphs;
using Gsr.Tests.Analysis.Pictures;

namespace Gsr.Tests.Experiments.LearnedGraphs;

public sealed class FormationPictureTests
{
    private static readonly FeatureGraph Before = FeatureGraph.FromEdges(3, [new Edge(0, 1), new Edge(1, 2)])
        .WithLayout([new(0, 0), new(1, 0), new(2, 1)]);

    private static readonly FeatureGraph After = FeatureGraph.FromSignedEdges(3, [new Edge(0, 2), new Edge(1, 2, -1)])
        .WithLayout([new(0, 0), new(5, 0), new(2, 3)]);

    [Fact]
    public void The_first_snapshot_is_drawn_and_each_step_of_the_slider_moves_nodes_and_edges()
    {
        var figure = Drawn(new("0", Before, [0, 0, 1]), new("50", After, [0, -1, 2]));

        Assert.Equal([0, 1, null, 1, 2, null], Figure.Numbers(figure.Traces[0]!["x"]));
        Assert.Equal([0, 1, 2], Figure.Numbers(figure.Traces[2]!["x"]));
        Assert.Equal(
            [PictureStyle.Color(0), PictureStyle.Color(0), PictureStyle.Color(1)],
            Colours(figure.Traces[2]!["marker"]!["color"]!));
        Assert.Equal(
            "node %{pointNumber}<br>module %{customdata}<extra></extra>", (string?)figure.Traces[2]!["hovertemplate"]);

        var steps = figure.Layout["sliders"]![0]!["steps"]!.AsArray();
        Assert.Equal(["0", "50"], steps.Select(step => (string)step!["label"]!));
        var changes = steps[1]!["args"]![0]!;
        Assert.Equal([0, 2, null], Figure.Numbers(changes["x"]![0]));
        Assert.Equal([null], Figure.Numbers(figure.Traces[1]!["x"]));
        Assert.Equal([5, 2, null], Figure.Numbers(changes["x"]![1]));
        Assert.Equal([0, 5, 2], Figure.Numbers(changes["x"]![2]));
        Assert.Equal([0, 0, 3], Figure.Numbers(changes["y"]![2]));
        Assert.Equal(
            [PictureStyle.Color(0), PictureStyle.Neutral, PictureStyle.Color(2)],
            Colours(changes["marker.color"]![2]!));
        Assert.Equal([0, 1, 2], Figure.Numbers(steps[1]!["args"]![1]));
    }

    [Fact]
    public void The_axes_hold_every_snapshot_and_a_graph_without_edges_clears_them()
    {
        var empty = FeatureGraph.FromEdges(3, []).WithLayout([new(-4, 0), new(0, 0), new(1, 9)]);
        var figure = Drawn(new("a", Before, [0, 0, 0]), new("b", empty, [0, 0, 0]));

        var across = Figure.Numbers(figure.Layout["xaxis"]!["range"]);
        var down = Figure.Numbers(figure.Layout["yaxis"]!["range"]);
        Assert.True(across[0] < -4 && across[1] > 2 && down[0] > 9 && down[1] < 0);
        Assert.Equal([null], Figure.Numbers(figure.Layout["sliders"]![0]!["steps"]![1]!["args"]![0]!["x"]![0]));
    }

    [Fact]
    public void Groups_of_other_nodes_are_refused() =>
        Assert.Throws<ArgumentException>(() => Drawn(new GraphMoment("a", Before, [0])));

    private static Figure Drawn(params GraphMoment[] moments) =>
        new(GraphFormation.Draw(moments, "title", "module", "step"));

    private static IEnumerable<string> Colours(System.Text.Json.Nodes.JsonNode colours) =>
        colours.AsArray().Select(c => (string)c!);
}
