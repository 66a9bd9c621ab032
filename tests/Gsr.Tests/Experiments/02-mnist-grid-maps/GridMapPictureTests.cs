using Gsr.Analysis.Pictures;
using Gsr.Experiments.GridMaps;
using Gsr.Tests.Analysis.Pictures;

namespace Gsr.Tests.Experiments.GridMaps;

public sealed class GridMapPictureTests
{
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
        Assert.Throws<ArgumentException>(() => Segmentation.Compare([("a", [0, 1, 2])], (2, 2)));
    }

    [Fact]
    public void Many_segmentations_are_drawn_in_rows()
    {
        var figure = new Figure(Segmentation.Compare(
            [.. Enumerable.Range(0, 7).Select(i => ($"{i}", (IReadOnlyList<int>)[0, 1, 1, i % 3]))], (2, 2)));
        double[] Domain(string axis) => [.. figure.Layout[axis]!["domain"]!.AsArray().Select(v => (double)v!)];
        Assert.Equal(7, figure.Traces.Count);
        Assert.Equal(Domain("xaxis"), Domain("xaxis6"));
        Assert.Equal(Domain("yaxis"), Domain("yaxis5"));
        Assert.True(Domain("yaxis6")[1] < Domain("yaxis")[0]);
    }

    [Fact]
    public void Top_cells_are_enclosed_by_the_border_of_their_region()
    {
        // Cells 0 and 1 of a 2 x 2 grid touch: their common side is not drawn, the six others are.
        var figure = new Figure(TopCellMaps.Draw(
            [new("a 9", [0, 0.5f, 1, 0.25f], [4, 3, 2, double.NaN], [0, 1])], (2, 2), (2, 2), "top cells"));
        var border = figure.OfType("scatter").First();
        var (x, y) = (Figure.Numbers(border["x"]), Figure.Numbers(border["y"]));
        var sides = x.Zip(y).Chunk(3).Select(s => (s[0], s[1])).ToHashSet();

        Assert.Equal(6, sides.Count);
        Assert.DoesNotContain(sides, side => side.Item1.First == 0.5 && side.Item2.First == 0.5);
        Assert.Equal([0, 128, 255, 64], Figure.Numbers(figure.Traces[0]!["z"]));
        Assert.Equal([4, 3, 2, null], Figure.Numbers(figure.OfType("heatmap").ElementAt(1)["customdata"]));
        Assert.Equal([1, 0.5, 0, null], Figure.Numbers(figure.OfType("heatmap").ElementAt(1)["z"]));
        Assert.Equal(["a 9"], figure.Lettering);
    }
}
