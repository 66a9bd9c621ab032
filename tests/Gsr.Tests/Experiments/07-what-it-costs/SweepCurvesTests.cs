using Gsr.Experiments;
using Gsr.Experiments.Costs;
using Gsr.Tests.Analysis.Pictures;

namespace Gsr.Tests.Experiments.Costs;

public sealed class SweepCurvesTests
{
    [Fact]
    public void Several_penalties_share_the_weights_and_have_one_colour_in_all_panels()
    {
        double[] weights = [1e-3, 1e-2, 1e-1];
        var figure = new Figure(SweepCurves.Draw(weights,
            [
                new("MSE", [Line("L1", [1, 2, 3], [2], [5]), Line("GSR", [4], [4], [4])], new([1, 2, 3])),
                new("Moran's I", [Line("GSR", [0.1], [0.2], [0.3])], new([0, 0]), Range: (-0.1, 1)),
            ], "t"));

        Assert.Equal(2, figure.Panels);
        // Band and level, then dots and curve per penalty; one penalty in the second panel.
        Assert.Equal(10, figure.Traces.Count);
        // t(2, .975) = 4.3027; the standard error of 1, 2 and 3 is 0.5774.
        Assert.Equal([-0.4841, -0.4841, 4.484, 4.484], Figure.Numbers(figure.Traces[0]!["y"]));
        Assert.Equal([2, 2], Figure.Numbers(figure.Traces[1]!["y"]));
        Assert.Equal([1, 2, 3, 2, 5], Figure.Numbers(figure.Traces[2]!["y"]));
        Assert.Equal([2, 2, 5], Figure.Numbers(figure.Traces[3]!["y"]));
        Assert.Equal([2.484, 0, 0], Figure.Numbers(figure.Traces[3]!["error_y"]!["array"]));
        Assert.Equal((string?)figure.Traces[5]!["line"]!["color"], (string?)figure.Traces[9]!["line"]!["color"]);
        Assert.NotEqual((string?)figure.Traces[3]!["line"]!["color"], (string?)figure.Traces[5]!["line"]!["color"]);
        Assert.Equal([true, true, false], new[] { 3, 5, 9 }.Select(i => (bool)figure.Traces[i]!["showlegend"]!));
        Assert.Equal([-3, -2, -1], Figure.Numbers(figure.Layout["xaxis2"]!["tickvals"]));

        Assert.Equal([-0.1, 1], Figure.Numbers(figure.Layout["yaxis2"]!["range"]));
        Assert.False(figure.Layout["yaxis"]!.AsObject().ContainsKey("range"));

        double[] decades = [.. Enumerable.Range(-5, 11).Select(e => Math.Pow(10, e))];
        var wide = new Figure(SweepCurves.Draw(
            decades, [new("MSE", [Line("L1", [.. decades.Select(d => new[] { d })])], new([0, 0]))], "t"));
        Assert.Equal([-5, -3, -1, 1, 3, 5], Figure.Numbers(wide.Layout["xaxis"]!["tickvals"]));

        Assert.Throws<ArgumentException>(
            () => SweepCurves.Draw([1], [new("m", [Line("a", [1], [1])], new([0, 0]))], "t"));
        Assert.Throws<ArgumentException>(
            () => SweepCurves.Draw([1], [new("m", [Line("a", [double.NaN])], new([0, 0]))], "t"));
    }

    private static SweepLine Line(string name, params double[][] values) =>
        new(name, [.. values.Select(seeds => new Replicates(seeds))]);
}
