using Gsr.Experiments.StartHere;
using Gsr.Graphs;
using Gsr.Tests.Analysis.Pictures;

namespace Gsr.Tests.Experiments.StartHere;

public sealed class StartPictureTests
{
    [Fact]
    public void A_laplacian_stands_beside_its_graph_with_its_numbers()
    {
        var figure = new Figure(LaplacianMatrix.Draw(FeatureGraph.Path(3).Laplacian(), [1, 2.5, -1], "title"));
        Assert.Equal(2, figure.Panels);
        var matrix = Assert.Single(figure.OfType("heatmap"));
        Assert.Equal([1, -1, 0, -1, 2, -1, 0, -1, 1], Figure.Numbers(matrix["z"]));
        Assert.Equal("""[["1","−1","0"],["−1","2","−1"],["0","−1","1"]]""", matrix["text"]!.ToJsonString(Plain));
        Assert.Equal((-2, 2), ((double)matrix["zmin"]!, (double)matrix["zmax"]!));
        var nodes = figure.Traces.Single(t => t!["marker"]?["color"] is not null);
        Assert.Equal([1, 2.5, -1], Figure.Numbers(nodes!["marker"]!["color"]));
        Assert.Equal(["0", "1", "2"], Texts("markers+text"));
        Assert.Equal(["z = 1", "z = 2.5", "z = −1"], Texts("text"));
        Assert.Equal("title", (string?)figure.Layout["title"]!["text"]);

        IEnumerable<string> Texts(string mode) => figure.Traces.Single(t => (string?)t!["mode"] == mode)!["text"]!
            .AsArray().Select(text => ((string)text!).Replace("<br>", "").Trim());
    }

    [Fact]
    public void Each_stop_of_the_slider_gives_every_map_its_shares_and_the_figure_its_caption()
    {
        double[,] first = { { 1, 2 }, { 4, -1 } }, second = { { 0, 0 }, { 0, 0 } };
        var figure = new Figure(ClassMapSlider.Draw(
            [new("0", second, "loss 1"), new("0.1", first, "loss 2")], (1, 2), "α", start: 1));
        Assert.Equal(["0", "1"], figure.Lettering);
        Assert.Equal([[0, 1], [1, 0]], figure.OfType("heatmap").Select(map => Figure.Numbers(map["z"])));
        Assert.Equal("loss 2", (string?)figure.Layout["title"]!["text"]);
        var scale = figure.Layout["coloraxis"]!;
        Assert.Equal((0, 1), ((double)scale["cmin"]!, (double)scale["cmax"]!));
        var slider = figure.Layout["sliders"]![0]!;
        Assert.Equal("α = ", (string?)slider["currentvalue"]!["prefix"]);
        var steps = slider["steps"]!.AsArray();
        Assert.Equal(["0", "0.1"], steps.Select(step => (string?)step!["label"]));
        Assert.Equal(["loss 1", "loss 2"], steps.Select(step => (string?)step!["args"]![1]!["title.text"]));
        Assert.Equal(1, (int)slider["active"]!);
        // Of one network after the other, map by map, each in its own range.
        Assert.Equal([[0, 0], [0, 0]], steps[0]!["args"]![0]!["z"]!.AsArray().Select(Figure.Numbers));
        Assert.Equal([[0, 1], [1, 0]], steps[1]!["args"]![0]!["z"]!.AsArray().Select(Figure.Numbers));
    }

    [Fact]
    public void Places_are_ringed_and_each_node_shows_the_class_that_it_prefers()
    {
        double[,] means = { { 1, 3, 2, 1 }, { 0, 4, 0, 8 } }, dead = new double[2, 4];
        var figure = new Figure(PlaceMaps.Draw([("GSR", means), ("dead", dead)], (2, 2), "title"));
        Assert.Equal(6, figure.Panels);
        var maps = figure.OfType("heatmap").Select(map => Figure.Numbers(map["z"]).ToArray()).ToArray();
        Assert.Equal([[0, 1, 0.5, 0], [0, 0.5, 0, 1], [0, 1, 0, 1], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]], maps);
        Assert.Equal([[1], [1], [], []], figure.OfType("scatter").Select(ring => Figure.Numbers(ring["x"])));
        Assert.Equal([[0], [1], [], []], figure.OfType("scatter").Select(ring => Figure.Numbers(ring["y"])));
    }

    [Fact]
    public void A_graphs_nodes_carry_the_class_that_they_prefer()
    {
        var figure = new Figure(PreferenceGraph.Draw(FeatureGraph.Path(3), [7, 7, 0], "title"));
        var nodes = figure.Traces.Single(t => (string?)t!["mode"] == "markers+text")!;
        Assert.Equal(["7", "7", "0"], nodes["text"]!.AsArray().Select(text => (string?)text));
        var colors = nodes["marker"]!["color"]!.AsArray().Select(color => (string?)color).ToArray();
        Assert.True(colors[0] == colors[1] && colors[0] != colors[2]);
        Assert.Throws<ArgumentException>(() => PreferenceGraph.Draw(FeatureGraph.Path(3), [1, 2], ""));
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
    public void Signals_and_maps_of_another_size_are_refused()
    {
        var graph = FeatureGraph.Path(3).Laplacian();
        Assert.Throws<ArgumentException>(() => LaplacianMatrix.Draw(graph, [1, 2], ""));
        Assert.Throws<ArgumentException>(() => ClassMapSlider.Draw([new("a", new double[2, 3], "")], (2, 2), "α"));
    }

    private static readonly System.Text.Json.JsonSerializerOptions Plain = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
