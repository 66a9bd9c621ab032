using Gsr.Experiments.SpectralFilters;
using Gsr.Tests.Analysis.Pictures;

namespace Gsr.Tests.Experiments.SpectralFilters;

public sealed class TuningMapTests
{
    [Fact]
    public void Nodes_are_rows_of_their_own_range_and_places_are_in_order()
    {
        double[,] a = { { 1, 2 }, { 3, 5 }, { 2, 1 } }, b = { { 0, 0 }, { 0, -10 }, { 10, 0 } };
        var figure = new Figure(TuningMap.Compare([("a", a), ("b", b)], [0.5, 0.1, 0.9], "t", "angle", 3));
        Assert.Equal(2, figure.Panels);
        Assert.Equal(["a", "b"], figure.Lettering);
        var maps = figure.OfType("heatmap").ToArray();
        Assert.Equal([0.1, 0.5, 0.9], Figure.Numbers(maps[0]["x"]));
        Assert.Equal([1, 0, 0.5, 1, 0.25, 0], Figure.Numbers(maps[0]["z"]));
        Assert.Equal([0, 0, 1, 0, 1, 1], Figure.Numbers(maps[1]["z"]));
    }

    [Fact]
    public void Many_places_are_thinned_and_wrong_sizes_refused()
    {
        var figure = new Figure(TuningMap.Compare(
            [("a", new double[500, 3])], [.. Enumerable.Range(0, 500).Select(i => (double)i)], "t", "angle", 3));
        Assert.Equal(60, Figure.Numbers(figure.OfType("heatmap").Single()["x"]).Length);
        Assert.Throws<ArgumentException>(() => TuningMap.Compare([("a", new double[5, 3])], [1, 2], "t", "angle", 3));
        Assert.Throws<ArgumentException>(() => TuningMap.Compare([("a", new[,] { { double.NaN } })], [1], "t", "angle", 3));
    }
}
