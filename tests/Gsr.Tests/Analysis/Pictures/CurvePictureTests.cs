using Gsr.Analysis.Pictures;
using Gsr.Graphs;

namespace Gsr.Tests.Analysis.Pictures;

public sealed class CurvePictureTests
{
    private static double[] Steps(int count) => [.. Enumerable.Range(0, count).Select(i => (double)i)];

    [Fact]
    public void A_long_curve_keeps_300_points_with_its_ends_and_exact_steps()
    {
        var steps = Steps(12345);
        var line = new Figure(LearningCurves.Draw([new("run", steps, [.. steps.Select(s => s + 1.23456)])], "loss"))
            .Traces[0]!;

        var x = Figure.Numbers(line["x"]);
        Assert.Equal((300, 0.0, 12344.0), (x.Length, x[0], x[^1]));
        Assert.Equal(x, x.Distinct().Order());
        Assert.Equal(1.235, Figure.Numbers(line["y"])[0]);
        Assert.All(Enumerable.Range(1, 299), i => Assert.InRange(x[i]!.Value - x[i - 1]!.Value, 41, 42));
    }

    [Fact]
    public void The_mean_of_three_runs_has_its_interval_as_a_band_and_that_of_fewer_has_none()
    {
        var figure = new Figure(
            LearningCurves.Draw([Curve.MeanOf("GSR", [0, 1], [[1, 2], [2, 2], [3, 2]])], "loss", logarithmic: false));

        Assert.Equal([0, 1, 1, 0], Figure.Numbers(figure.Traces[0]!["x"]));
        Assert.Equal([4.484, 2, 2, -0.4841], Figure.Numbers(figure.Traces[0]!["y"]));
        Assert.Equal([2, 2], Figure.Numbers(figure.Traces[1]!["y"]));
        Assert.Null(Curve.MeanOf("two", [0], [[1], [3]]).Spread);
    }

    [Fact]
    public void A_run_has_one_colour_and_one_legend_entry_in_all_panels()
    {
        var figure = new Figure(LearningCurves.Compare(
            [new("loss", [new("a", [0, 1], [1, 2]), new("b", [0, 1], [1, 2])]),
                new("penalty", [new("b", [0, 1], [3, 4])])]));

        Assert.Equal(2, figure.Panels);
        Assert.Equal([true, true, false], figure.Traces.Select(trace => (bool)trace!["showlegend"]!));
        Assert.Equal((string?)figure.Traces[1]!["line"]!["color"], (string?)figure.Traces[2]!["line"]!["color"]);
        Assert.NotEqual((string?)figure.Traces[0]!["line"]!["color"], (string?)figure.Traces[1]!["line"]!["color"]);
        Assert.Equal("penalty", (string?)figure.Layout["yaxis2"]!["title"]!["text"]);
    }

    [Fact]
    public void On_a_logarithmic_axis_what_is_not_positive_is_a_gap_and_a_band_stays_positive()
    {
        var figure = new Figure(LearningCurves.Draw([new("a", [0, 1, 2], [1, 0, 2], [5, 5, 5])], "penalty"));
        Assert.Equal([1, null, 2], Figure.Numbers(figure.Traces[1]!["y"]));
        Assert.All(Figure.Numbers(figure.Traces[0]!["y"]), value => Assert.True(value > 0));

        var linear = new Figure(LearningCurves.Draw([new("a", [0, 1, 2], [1, 0, 2])], "penalty", logarithmic: false));
        Assert.Equal([1, 0, 2], Figure.Numbers(linear.Traces[0]!["y"]));
        Assert.Throws<ArgumentException>(
            "panels[0].Curves[0]", () => LearningCurves.Draw([new("a", [0, 1], [0, 0])], "penalty"));
    }

    [Fact]
    public void A_sweep_sets_zero_one_decade_below_the_smallest_weight_and_joins_only_the_others()
    {
        var figure = new Figure(Sweep.Draw([0, 1e-3, 2e-2],
            new("accuracy", [[97, 98, 99], [98], [96]]), new("Moran's I", [[0], [0.5], [0.7, 0.9]], Reference: 0.75)));

        Assert.Equal([-4, -3, -1.699], Figure.Numbers(figure.Layout["xaxis"]!["tickvals"]));
        Assert.Equal("0 10<sup>−3</sup> 2·10<sup>−2</sup>",
            string.Join(' ', figure.Layout["xaxis"]!["ticktext"]!.AsArray().Select(t => (string?)t)));
        Assert.Equal([97, 98, 99, 98, 96], Figure.Numbers(figure.Traces[0]!["y"]));
        Assert.Equal([98, 96], Figure.Numbers(figure.Traces[1]!["y"]));
        Assert.Equal([98, 98, 96], Figure.Numbers(figure.Traces[2]!["y"]));
        Assert.Equal([2.484, 0, 0], Figure.Numbers(figure.Traces[2]!["error_y"]!["array"]));
        Assert.All(figure.Traces.Skip(3), trace => Assert.Equal("y2", (string?)trace!["yaxis"]));
        Assert.Contains("paper 0.75", figure.Lettering);
        Assert.Throws<ArgumentException>(
            "alphas", () => Sweep.Draw([0, 0], new("a", [[1], [1]]), new("b", [[1], [1]])));
        Assert.Throws<ArgumentException>(
            "right.Values[0]", () => Sweep.Draw([0], new("a", [[1]]), new("b", [[double.NaN]])));
    }

    [Fact]
    public void Dots_show_every_seed_with_the_mean_and_its_interval_the_reference_and_the_null()
    {
        var figure = new Figure(DotsWithSpread.Draw(
            [new("GSR", [0.8, 0.9, 1.0], 0.99), new("none", [0.4, 0.4, 0.4], Null: (0.3, 0.5))], "share"));
        var byName = figure.Traces.ToDictionary(trace => (string)trace!["name"]!);

        Assert.Equal([0.8, 0.9, 1, 0.4, 0.4, 0.4], Figure.Numbers(byName["one seed"]!["x"]));
        Assert.Equal([0.9, 0.4], Figure.Numbers(byName["mean, 95 % interval"]!["x"]));
        var halves = Figure.Numbers(byName["mean, 95 % interval"]!["error_x"]!["array"]);
        Assert.Equal([0.2484, 0], halves.Select(v => v < 1e-12 ? 0 : v));
        Assert.Equal([0.99], Figure.Numbers(byName["paper"]!["x"]));
        Assert.Equal([0.3, 0.2, 1], new[] { "base", "x", "y" }.SelectMany(key => Figure.Numbers(byName["null"]![key])));
        var pairs = new Figure(
            DotsWithSpread.Draw([new("a", [1, 2, 3])], "share", dotName: "pair", independent: false));
        Assert.Equal(["one pair", "mean"], pairs.Traces.Select(trace => (string?)trace!["name"]));
        Assert.Equal([0], Figure.Numbers(pairs.Traces[1]!["error_x"]!["array"]));
        Assert.Throws<ArgumentException>(
            "panels[1].Groups", () => DotsWithSpread.Compare([new("m", [new("a", [1])]), new("n", [new("b", [1])])]));
    }

    [Fact]
    public void A_graph_shows_its_edges_where_its_layout_has_them_and_its_signal_on_the_nodes()
    {
        var graph = FeatureGraph.FromEdges(3, [new Edge(0, 1), new Edge(1, 2, 4)]);
        var figure = new Figure(GraphSignal.Draw(graph, [1.23456, double.NaN, -2], nodeNames: ["a", "b", "c"]));

        Assert.Equal(4, figure.Traces.Count);
        var light = Figure.Numbers(figure.Traces[0]!["x"]);
        Assert.Equal(
            [graph.Layout[0].X, graph.Layout[1].X], light[..2].Select(v => v!.Value), (a, b) => Math.Abs(a - b) < 1e-3);
        Assert.True((double)figure.Traces[0]!["line"]!["width"]! < (double)figure.Traces[1]!["line"]!["width"]!);
        Assert.Equal([1.235, -2], Figure.Numbers(figure.Traces[2]!["marker"]!["color"]));
        Assert.Equal([0, 2], Figure.Numbers(figure.Traces[2]!["customdata"]));
        Assert.Equal([1], Figure.Numbers(figure.Traces[3]!["customdata"]));
        Assert.Equal(
            (-2, 2), ((double)figure.Layout["coloraxis"]!["cmin"]!, (double)figure.Layout["coloraxis"]!["cmax"]!));
        Assert.Equal(graph.ToString(), (string?)figure.Layout["title"]!["text"]);
        Assert.Throws<ArgumentException>("signals[0].Signal", () => GraphSignal.Draw(graph, [1, 2]));
    }
}
