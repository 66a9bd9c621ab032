using Gsr.Analysis.Pictures;

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
    public void Sizes_that_do_not_match_are_refused()
    {
        Assert.Throws<ArgumentException>("conditions[0].ClassMeans", () => ClassMaps.Draw(new double[1, 3], (2, 2)));
        Assert.Throws<ArgumentException>(
            "classNames", () => ClassMaps.Draw(new double[2, 4], (2, 2), classNames: ["a"]));
        Assert.Throws<ArgumentException>(
            "conditions[0].ClassMeans", () => ClassMaps.Draw(new[,] { { 0, double.PositiveInfinity } }, (1, 2)));
        Assert.Throws<ArgumentOutOfRangeException>("shape", () => ClassMaps.Draw(new double[1, 0], (0, 4)));
        Assert.Throws<ArgumentException>("conditions[1].ClassMeans", () =>
            ClassMaps.Compare([("a", new double[2, 4]), ("b", new double[1, 4])], (2, 2)));
        Assert.Throws<ArgumentException>(
            "conditions[1].Values", () => NodeHeatMap.Compare([("a", new double[1, 2]), ("b", new double[1, 3])]));
    }
}
