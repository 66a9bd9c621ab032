using Gsr.Experiments.GridMaps;
using Gsr.Graphs;
using Gsr.Models;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Experiments.GridMaps;

public sealed class GridNetworkTests
{
    [Fact]
    public void Levels_and_maps_divide_the_variance_between_classes()
    {
        // Class 1 is louder by 2 everywhere: that is level. The two opposite bumps, ±1 on two of four nodes, are not.
        Near.Equal(1, Network(new double[,] { { 0, 1, 2, 3 }, { 2, 3, 4, 5 } }).LevelShare);
        Near.Equal(0, Network(new double[,] { { 1, -1, 0, 0 }, { -1, 1, 0, 0 } }).LevelShare);
        Near.Equal(2.0 / 3, Network(new double[,] { { 1, -1, 0, 0 }, { 1, 3, 2, 2 } }).LevelShare);
    }

    [Fact]
    public void Digits_are_chosen_by_the_lead_of_the_first_class()
    {
        double[,] scores = { { 5, 1, 0 }, { 2, 1, 0 }, { 0, 4, 1 }, { 1, 0, 2 }, { 0, 0, 9 } };
        int[] truths = [0, 0, 0, 0, 2];
        var chosen = ExampleDigit.Choose(new double[5, 1], scores, truths, 0, misreadAs: 2).ToArray();
        Assert.Equal(["normal", "transitional", "wrong"], chosen.Select(c => c.Kind));
        Assert.Equal([0, 1, 3], chosen.Select(c => c.Index));
        Assert.Equal([0, 0, 2], chosen.Select(c => c.Answer));
        Assert.Equal(2, ExampleDigit.Choose(new double[5, 1], scores, truths, 0, misreadAs: 7).Last().Index);
        Assert.Equal(["normal", "transitional"],
            ExampleDigit.Choose(new double[5, 1], scores, truths, 2, -1).Select(c => c.Kind));
    }

    [Fact]
    public void Cells_of_misread_images_are_counted_by_region_against_right_ones()
    {
        // Twenty nodes, the first ten class 0's: two top cells for each image. The last image is a 0 read as a 1 with
        // its top cells at nodes 3 and 12.
        var graph = FeatureGraph.Path(20);
        var activations = new double[4, 20];
        (activations[0, 0], activations[0, 1]) = (5, 5);
        (activations[1, 2], activations[1, 15]) = (5, 5);
        (activations[2, 18], activations[2, 19]) = (5, 5);
        (activations[3, 3], activations[3, 12]) = (9, 9);
        var means = new double[2, 20];
        for (var j = 0; j < 20; j++) means[j / 10, j] = 1;
        var read = Misreading.Of(activations, MapSegmentation.Of(graph, means), [0, 0, 1, 0], [0, 0, 1, 1]);
        Assert.Equal(1, read.Count);
        Near.Equal(0.5, read.InAnswer);
        Near.Equal(0.25, read.InAnswerBase);
        Near.Equal(0.5, read.InTruth);
        Near.Equal((1 + 0.5 + 1) / 3, read.InTruthWhenRight);

        // The only 1 is misread, too: for it there is no base, and that of the other stays.
        var more = Misreading.Of(activations, MapSegmentation.Of(graph, means), [0, 0, 1, 0], [0, 0, 0, 1]);
        Assert.Equal(2, more.Count);
        Near.Equal(0.25, more.InAnswerBase);
    }

    [Fact]
    public void Without_a_misread_image_there_is_nothing_to_count()
    {
        var read = Misreading.Of(new double[,] { { 1, 0 }, { 0, 1 } },
            MapSegmentation.Of(FeatureGraph.Path(2), new double[,] { { 1, 0 }, { 0, 1 } }), [0, 1], [0, 1]);
        Assert.Equal((0, true, true), (read.Count, double.IsNaN(read.InAnswer), double.IsNaN(read.InAnswerBase)));
        Near.Equal(1, read.InTruthWhenRight);
    }

    private static GridNetwork Network(double[,] maps)
    {
        var graph = FeatureGraph.Path(maps.GetLength(1));
        var regions = MapSegmentation.Of(graph, maps);
        return new GridNetwork(new GridCondition("a", 0) { Activation = Activation.None }, 10)
        {
            Maps = maps,
            Moran = 0,
            Regions = regions,
            LevelFree = MapSegmentation.LevelFree(graph, maps),
            Accuracy = 0,
            Misread = Misreading.Of(maps, regions, [0, 1], [0, 1]),
            Examples = [],
        };
    }
}
