using Gsr.Analysis.Pictures;
using Gsr.Experiments.GridMaps;
using Gsr.Graphs;
using Plotly.NET;

namespace Gsr.Tests.Analysis.Pictures;

public sealed class StyleTests
{
    private const int Kilobyte = 1024;

    private static double[,] Noise(int rows, int columns)
    {
        var random = new Random(2);
        var noise = new double[rows, columns];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
                noise[i, j] = random.NextDouble();
        }
        return noise;
    }

    public static TheoryData<string> Names =>
        ["maps", "segmentation", "heat map", "top cells", "graph", "curves", "scatter"];

    private static GenericChart Typical(string name)
    {
        var maps = Noise(10, 64);
        int[] labels = [.. Enumerable.Range(0, 64).Select(i => i % 10)];
        double[] steps = [.. Enumerable.Range(0, 2000).Select(i => (double)i)];
        double[] values = [.. steps.Select(s => Math.Exp(-s / 500) + 0.1)];
        var image = Enumerable.Range(0, 784).Select(i => i % 255 / 255f).ToArray();
        return name switch
        {
            "maps" =>
                ClassMaps.Compare(
                    [("none", maps), ("convolution", maps), ("GSR", maps), ("GSR + convolution", maps)], (8, 8),
                    "maps"),
            "segmentation" =>
                Segmentation.Compare(
                    [("none", labels), ("convolution", labels), ("GSR", labels), ("both", labels)], (8, 8)),
            "heat map" => NodeHeatMap.Compare([("a", Noise(6, 6)), ("b", Noise(6, 6)), ("c", Noise(6, 6))], "heat"),
            "top cells" => TopCellMaps.Draw(
                [.. Enumerable.Range(0, 6)
                    .Select(i => new SampleMap("9", image, values[..64], [0, 1, 2, 8, 9, 10, 16]))],
                (28, 28), (8, 8), "top"),
            "graph" => GraphSignal.Draw(FeatureGraph.Grid(16, 16), [.. Noise(1, 256).Cast<double>()]),
            "curves" => LearningCurves.Compare([.. new[] { "loss", "penalty" }.Select(quantity => new CurvePanel(
                quantity, [.. new[] { "a", "b", "c" }.Select(run => new Curve(run, steps, values, values))]))]),
            _ => ClassScatter.Pca(Noise(5000, 8), [.. Enumerable.Range(0, 5000).Select(i => i % 10)]),
        };
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_typical_figure_is_small_transparent_responsive_and_carries_no_template(string name)
    {
        var figure = new Figure(Typical(name));

        Assert.InRange(figure.Text.Length, 500, 60 * Kilobyte);
        Assert.False(figure.Layout.ContainsKey("template"));
        Assert.False(figure.Layout.ContainsKey("width"));
        Assert.True((bool)figure.Layout["autosize"]!);
        Assert.InRange((int)figure.Layout["height"]!, 120, 600);
        Assert.Equal(["rgba(0,0,0,0)", "rgba(0,0,0,0)"],
            new[] { "paper_bgcolor", "plot_bgcolor" }.Select(key => (string)figure.Layout[key]!));
        Assert.DoesNotMatch(@"0\.0*[1-9]\d{5}|[1-9]\d*\.\d{6}", figure.Text);
    }

    [Theory]
    [InlineData(0.123456, 0.1235)]
    [InlineData(-123456.0, -123500.0)]
    [InlineData(1.23456e-9, 1.235e-9)]
    [InlineData(1.23456e20, 1.235e20)]
    [InlineData(0.0, 0.0)]
    [InlineData(1e-320, 1e-320)]
    public void Values_are_drawn_to_four_significant_digits(double value, double drawn) =>
        Assert.Equal(drawn, Rounding.Significant(value));

    [Fact]
    public void Lettering_and_palette_are_visible_on_light_and_dark_paper()
    {
        Assert.All(["#ffffff", "#1e1e1e"], paper =>
        {
            Assert.True(ColorVision.Contrast(PictureStyle.Foreground, paper) > 4);
            Assert.All(PictureStyle.Palette, color => Assert.True(ColorVision.Contrast(color, paper) > 1.8, color));
        });
    }

    [Fact]
    public void Any_two_colours_stay_apart_for_every_kind_of_sight()
    {
        foreach (var sight in ColorVision.Sights)
        {
            for (var i = 0; i < PictureStyle.Palette.Length; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    Assert.True(
                        ColorVision.Distance(PictureStyle.Color(i), PictureStyle.Color(j), sight) >= 19, $"{i}, {j}");
                }
            }
        }
        // The oracle itself: red and green of equal lightness are far apart, but not for a deuteranope.
        Assert.True(ColorVision.Distance("#b06040", "#708030", ColorVision.Sights[2]) < 19);
        Assert.True(ColorVision.Distance("#b06040", "#708030", ColorVision.Sights[0]) > 30);
    }
}
