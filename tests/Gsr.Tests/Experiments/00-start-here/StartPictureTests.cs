using Gsr.Experiments.StartHere;
using Gsr.Graphs;
using Gsr.Tests.Analysis.Pictures;

namespace Gsr.Tests.Experiments.StartHere;

public sealed class StartPictureTests
{
    [Fact]
    public void A_laplacian_stands_beside_its_graph_with_its_numbers()
    {
        var figure = new Figure(LaplacianMatrix.Draw(FeatureGraph.Path(3).Laplacian(), [1, 2.5, -1]));
        Assert.Equal(2, figure.Panels);
        var matrix = Assert.Single(figure.OfType("heatmap"));
        Assert.Equal([1, -1, 0, -1, 2, -1, 0, -1, 1], Figure.Numbers(matrix["z"]));
        Assert.Equal("""[["1","−1","0"],["−1","2","−1"],["0","−1","1"]]""", matrix["text"]!.ToJsonString(Plain));
        Assert.Equal((-2, 2), ((double)matrix["zmin"]!, (double)matrix["zmax"]!));
        Assert.Equal([1, 2.5, -1], Figure.Numbers(figure.Traces.Single(t => t!["marker"]?["color"] is not null)!["marker"]!["color"]));
        Assert.Equal(["0", "1", "2"], figure.Traces.Single(t => (string?)t!["mode"] == "markers+text")!["text"]!.AsArray().Select(t => (string?)t));
        Assert.Equal(["z = 1", "z = 2.5", "z = −1"], figure.Traces.Single(t => (string?)t!["mode"] == "text")!["text"]!.AsArray().Select(t => ((string)t!).Trim()));
        Assert.Contains("combinatorial Laplacian of path 3", (string?)figure.Layout["title"]!["text"]);
    }

    [Fact]
    public void Each_stop_of_the_slider_gives_every_map_its_shares_and_the_figure_its_caption()
    {
        double[,] first = { { 1, 2 }, { 4, -1 } }, second = { { 0, 0 }, { 0, 0 } };
        var figure = new Figure(ClassMapSlider.Draw([new("0", first, "loss 1"), new("0.1", second, "loss 2")], (1, 2), "α", ["a", "b"]));
        Assert.Equal(["a", "b"], figure.Lettering);
        Assert.Equal([[0.4, 0.6], [1, 0]], figure.OfType("heatmap").Select(map => Figure.Numbers(map["z"])));
        Assert.Equal("loss 1", (string?)figure.Layout["title"]!["text"]);
        Assert.Equal((0, 1), ((double)figure.Layout["coloraxis"]!["cmin"]!, (double)figure.Layout["coloraxis"]!["cmax"]!));
        var slider = figure.Layout["sliders"]![0]!;
        Assert.Equal("α = ", (string?)slider["currentvalue"]!["prefix"]);
        var steps = slider["steps"]!.AsArray();
        Assert.Equal(["0", "0.1"], steps.Select(step => (string?)step!["label"]));
        Assert.Equal(["loss 1", "loss 2"], steps.Select(step => (string?)step!["args"]![1]!["title.text"]));
        // Of one network after the other, map by map: the first stop's are those that are drawn.
        Assert.Equal([[0.4, 0.6], [1, 0]], steps[0]!["args"]![0]!["z"]!.AsArray().Select(Figure.Numbers));
        Assert.Equal([[0, 0], [0, 0]], steps[1]!["args"]![0]!["z"]!.AsArray().Select(Figure.Numbers));
        Assert.Equal(1, (int)new Figure(ClassMapSlider.Draw([new("0", first, ""), new("1", second, "x")], (1, 2), "α", active: 1)).Layout["sliders"]![0]!["active"]!);
    }

    [Fact]
    public void Ten_maps_of_seven_networks_stay_small()
    {
        var random = new Random(1);
        var stops = Enumerable.Range(0, 7).Select(i =>
        {
            var means = new double[10, 64];
            for (var k = 0; k < 640; k++) means[k / 64, k % 64] = random.NextDouble();
            return new ClassMapStop($"{i}", means, $"stop {i}");
        }).ToArray();
        var figure = new Figure(ClassMapSlider.Draw(stops, (8, 8), "α"));
        Assert.Equal(10, figure.Panels);
        Assert.InRange(figure.Text.Length, 1000, 80 * 1024);
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        Assert.Contains("signal holds 2", Message(() => LaplacianMatrix.Draw(FeatureGraph.Path(3).Laplacian(), [1, 2])));
        Assert.Contains("signal[0] is NaN", Message(() => LaplacianMatrix.Draw(FeatureGraph.Path(1).Laplacian(), [double.NaN])));
        Assert.Contains("laplacian has 21 nodes", Message(() => LaplacianMatrix.Draw(FeatureGraph.Path(21).Laplacian(), new double[21])));
        var maps = new ClassMapStop("a", new double[2, 4], "");
        Assert.Contains("stops is empty", Message(() => ClassMapSlider.Draw([], (2, 2), "α")));
        Assert.Contains("stops[1].ClassMeans is [2, 3]", Message(() => ClassMapSlider.Draw([maps, new("b", new double[2, 3], "")], (2, 2), "α")));
        Assert.Contains("stops[1].ClassMeans holds 1", Message(() => ClassMapSlider.Draw([maps, new("b", new double[1, 4], "")], (2, 2), "α")));
        Assert.Contains("stops[0].ClassMeans[0] is NaN", Message(() => ClassMapSlider.Draw([new("a", new[,] { { double.NaN } }, "")], (1, 1), "α")));
        Assert.Contains("active is 1", Message(() => ClassMapSlider.Draw([maps], (2, 2), "α", active: 1)));
        Assert.Contains("classNames holds 1", Message(() => ClassMapSlider.Draw([maps], (2, 2), "α", ["a"])));

        static string Message(Action draw) => Assert.ThrowsAny<ArgumentException>(draw).Message;
    }

    private static readonly System.Text.Json.JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
