using Gsr.Analysis.Pictures;
using Gsr.Experiments.GridMaps;

namespace Gsr.Tests.Analysis.Pictures;

public sealed class GridPictureTests
{
    [Fact]
    public void Class_maps_put_node_r_c_of_each_class_in_row_r_and_column_c()
    {
        double[,] means = { { 0, 1, 2, 3, 4, 5 }, { 10, 11, 12, 13, 14, 15 } };
        var figure = new Figure(ClassMaps.Draw(means, (2, 3), classNames: ["zero", "one"]));

        Assert.Equal(2, figure.Panels);
        Assert.Equal(["zero", "one"], figure.Lettering);
        Assert.Equal("[[10,11,12],[13,14,15]]", figure.Traces[1]!["z"]!.ToJsonString().Replace(".0", ""));
        Assert.Equal("x2", (string?)figure.Traces[1]!["xaxis"]);
        Assert.Equal("class one, node (%{y},%{x}): %{z}<extra></extra>", (string?)figure.Traces[1]!["hovertemplate"]);
        Assert.Equal(
            (0, 15), ((double)figure.Layout["coloraxis"]!["cmin"]!, (double)figure.Layout["coloraxis"]!["cmax"]!));
        Assert.Equal("x2", (string?)figure.Layout["yaxis2"]!["scaleanchor"]);
    }

    [Fact]
    public void Class_maps_of_several_models_range_by_row()
    {
        var figure = new Figure(ClassMaps.Compare(
            [("a", new double[,] { { 0, 1 }, { 2, 3 } }), ("b", new double[,] { { 0, 10 }, { 20, 30 } })], (1, 2)));

        Assert.Equal([3, 3, 30, 30], figure.OfType("heatmap").Select(trace => (double)trace["zmax"]!));
        Assert.Single(figure.Traces, trace => trace!["marker"]?["coloraxis"] is not null);
    }

    [Fact]
    public void A_missing_value_is_a_gap_beneath_which_a_neutral_cell_is_drawn()
    {
        var figure = new Figure(ClassMaps.Draw(new[,] { { 1, double.NaN, 3, 4 } }, (2, 2)));

        Assert.Equal([1, null, 3, 4], Figure.Numbers(figure.Traces[0]!["z"]));
        Assert.Equal([null, 0, null, null], Figure.Numbers(figure.Traces[1]!["z"]));
        Assert.Equal(PictureStyle.Neutral, (string?)figure.Traces[1]!["colorscale"]![0]![1]);
        Assert.DoesNotContain("NaN", figure.Text);
        Assert.Single(new Figure(ClassMaps.Draw(new double[,] { { 1, 2, 3, 4 } }, (2, 2))).Traces);
    }

    [Fact]
    public void Segmentation_letters_and_colours_each_cell_by_its_class()
    {
        var figure = new Figure(Segmentation.Compare([("a", [0, 2, -1, 2]), ("b", [1, 1, 0, 0])], (2, 2)));

        Assert.Equal(3, figure.Traces.Count);
        Assert.Equal([0, 2, null, 2], Figure.Numbers(figure.Traces[0]!["z"]));
        Assert.Equal("""[["0","2"],["","2"]]""", figure.Traces[0]!["text"]!.ToJsonString());
        Assert.Equal([null, null, 0, null], Figure.Numbers(figure.Traces[1]!["z"]));
        var scale = figure.Layout["coloraxis"]!;
        Assert.Equal((-0.5, 2.5), ((double)scale["cmin"]!, (double)scale["cmax"]!));
        Assert.Equal(Enumerable.Range(0, 3).SelectMany(k => new[] { PictureStyle.Color(k), PictureStyle.Color(k) }),
            scale["colorscale"]!.AsArray().Select(stop => (string)stop![1]!));
    }

    [Fact]
    public void Node_heat_maps_print_their_numbers_and_diverge_about_zero_only_where_a_value_is_negative()
    {
        var figure = new Figure(NodeHeatMap.Compare(
            [("a", new[,] { { 0.123456, 1 } }), ("b", new[,] { { double.NaN, 0.5 } })], rowNames: ["c0"], decimals: 3));
        Assert.Equal("""[["0.123","1.000"]]""", figure.Traces[0]!["text"]!.ToJsonString());
        Assert.Equal("""[["","0.500"]]""", figure.Traces[1]!["text"]!.ToJsonString());
        Assert.Equal([0.1235, 1], Figure.Numbers(figure.Traces[0]!["z"]));
        Assert.Equal("""["n1","n2"]""", figure.Traces[0]!["x"]!.ToJsonString());
        Assert.Equal(
            (0, 1), ((double)figure.Layout["coloraxis"]!["cmin"]!, (double)figure.Layout["coloraxis"]!["cmax"]!));

        Assert.Equal("""[["0","1"]]""", new Figure(NodeHeatMap.Draw(new[,] { { -0.2, 0.9 } }, decimals: 0))
            .Traces[0]!["text"]!.ToJsonString());
        var signed = new Figure(NodeHeatMap.Draw(new[,] { { -0.2, 0.9 } })).Layout["coloraxis"]!;
        Assert.Equal((-0.9, 0.9), ((double)signed["cmin"]!, (double)signed["cmax"]!));
    }

    [Fact]
    public void Top_cells_are_enclosed_by_the_border_of_their_region()
    {
        // Cells 0 and 1 of a 2 x 2 grid touch: their common side is not drawn, the six others are.
        var figure = new Figure(
            TopCellMaps.Draw([new("a 9", [0, 0.5f, 1, 0.25f], [4, 3, 2, double.NaN], [0, 1])], (2, 2), (2, 2)));
        var border = figure.OfType("scatter").First();
        double?[] x = Figure.Numbers(border["x"]), y = Figure.Numbers(border["y"]);
        var sides = x.Zip(y).Chunk(3).Select(s => (s[0], s[1])).ToHashSet();

        Assert.Equal(6, sides.Count);
        Assert.DoesNotContain(sides, side => side.Item1.First == 0.5 && side.Item2.First == 0.5);
        Assert.Equal([0, 128, 255, 64], Figure.Numbers(figure.Traces[0]!["z"]));
        Assert.Equal([4, 3, 2, null], Figure.Numbers(figure.OfType("heatmap").ElementAt(1)["customdata"]));
        Assert.Equal([1, 0.5, 0, null], Figure.Numbers(figure.OfType("heatmap").ElementAt(1)["z"]));
        Assert.Equal(["a 9"], figure.Lettering);
    }

    [Fact]
    public void Sizes_that_do_not_match_are_named_with_their_value()
    {
        static string Message(Action draw) => Assert.ThrowsAny<ArgumentException>(draw).Message;

        Assert.Contains(
            "ClassMeans is [1, 3]; expected one row per class and 4",
            Message(() => ClassMaps.Draw(new double[1, 3], (2, 2))));
        Assert.Contains(
            "classNames holds 1", Message(() => ClassMaps.Draw(new double[2, 4], (2, 2), classNames: ["a"])));
        Assert.Contains(
            "[0, 1] is Infinity", Message(() => ClassMaps.Draw(new[,] { { 0, double.PositiveInfinity } }, (1, 2))));
        Assert.Contains("shape is 0x4", Message(() => ClassMaps.Draw(new double[1, 0], (0, 4))));
        Assert.Contains("conditions[1].ClassMeans holds 1", Message(() =>
            ClassMaps.Compare([("a", new double[2, 4]), ("b", new double[1, 4])], (2, 2))));
        Assert.Contains("conditions is empty", Message(() => Segmentation.Compare([], (2, 2))));
        Assert.Contains("conditions[0].Labels holds 3", Message(() => Segmentation.Draw([0, 1, 2], (2, 2))));
        Assert.Contains("a label is 3", Message(() => Segmentation.Draw([0, 3], (1, 2), classNames: ["a"])));
        Assert.Contains(
            "conditions[1].Values is [1, 3]",
            Message(() => NodeHeatMap.Compare([("a", new double[1, 2]), ("b", new double[1, 3])])));
        Assert.Contains(
            "samples[0].TopCells holds 4",
            Message(() => TopCellMaps.Draw([new("", [1], [1, 2, 3, 4], [4])], (1, 1), (2, 2))));
        Assert.Contains(
            "samples[0].Image[0] is NaN",
            Message(() => TopCellMaps.Draw([new("", [float.NaN], [1], [])], (1, 1), (1, 1))));
    }
}
