using Gsr.Experiments.GridMaps;
using Gsr.Graphs;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Experiments.GridMaps;

public class MapSegmentationTests
{
    [Fact]
    public void CompactFieldsHaveOneComponentPerClass()
    {
        // Four quadrants of 4x4 cells: per direction 8 of 56 edges cross a border.
        var map = MapSegmentation.Of(FeatureGraph.Grid(8, 8), Quadrants(8));
        Assert.Equal((4, 4, 96), (map.ComponentCount, map.ClassesPresent, map.SameLabelEdges));
        Near.Equal(96.0 / 112, map.SameLabelShare);
        Assert.Equal([1, 1, 1, 1], map.ComponentsPerClass);
        Assert.Equal(0, map.UnlabelledNodes);
        Assert.Equal("4 components of 4 classes, 96 of 112 edges within a class", map.ToString());
    }

    [Fact]
    public void CheckerboardFallsIntoSingleNodes()
    {
        int[] labels = [.. Enumerable.Range(0, 64).Select(i => (i + (i / 8)) % 2)];
        var map = MapSegmentation.FromLabels(FeatureGraph.Grid(8, 8), labels, 10);
        Assert.Equal((64, 2, 0), (map.ComponentCount, map.ClassesPresent, map.SameLabelEdges));
        Assert.Equal([32, 32, 0, 0, 0, 0, 0, 0, 0, 0], map.ComponentsPerClass);
        Assert.Equal(0, map.SameLabelShare);
    }

    [Fact]
    public void OneClassFillsTheMap()
    {
        var map = MapSegmentation.Of(FeatureGraph.Grid(8, 8), Filled(1, 64, 0.5));
        Assert.Equal((1, 1, 112), (map.ComponentCount, map.ClassesPresent, map.SameLabelEdges));
    }

    [Fact]
    public void DeadNodesAreUnlabelledAndTheirEdgesDoNotCount()
    {
        var map = MapSegmentation.Of(FeatureGraph.Path(5), new double[,] { { 1, 0, 0, 1, -2 }, { 0, 0, 0, 0, -1 } });
        Assert.Equal([0, MapSegmentation.Unlabelled, MapSegmentation.Unlabelled, 0, 1], map.Labels);
        Assert.Equal((3, 2, 0, 2), (map.ComponentCount, map.ClassesPresent, map.SameLabelEdges, map.UnlabelledNodes));
        Assert.Equal([2, 1], map.ComponentsPerClass);
    }

    [Fact]
    public void DeadLayerHasNothing()
    {
        var map = MapSegmentation.Of(FeatureGraph.Grid(2, 2), new double[3, 4]);
        Assert.Equal((0, 0, 0, 4), (map.ComponentCount, map.ClassesPresent, map.SameLabelEdges, map.UnlabelledNodes));
        Assert.Equal(0, map.SameLabelShare);
    }

    [Fact]
    public void OneNodeHasNoEdgeToShare()
    {
        var map = MapSegmentation.Of(FeatureGraph.Path(1), new[,] { { 0.0 }, { 2.0 } });
        Assert.Equal((1, 1), (map.ComponentCount, map.ClassesPresent));
        Assert.True(double.IsNaN(map.SameLabelShare));
    }

    [Fact]
    public void EqualMeansGoToTheLowestClass() =>
        Assert.Equal([0, 1], MapSegmentation.Of(FeatureGraph.Path(2), new double[,] { { 1, 0 }, { 1, 1 }, { 1, 1 } }).Labels);

    [Fact]
    public void ComponentsAreThoseOfTheGraphWithoutBorders() => GraphSample.Check(sample =>
    {
        int[] labels = [.. sample.Signal.Select(v => v < -2 ? -1 : v < 1 ? 0 : 1)];
        var map = MapSegmentation.FromLabels(sample.Graph, labels, 2);
        Edge[] within = [.. sample.Graph.Edges.Where(e => labels[e.Source] == labels[e.Target] && labels[e.Source] >= 0)];
        var cut = FeatureGraph.FromEdges(sample.Nodes, within);
        Assert.Equal(within.Length, map.SameLabelEdges);
        Assert.Equal(cut.ComponentCount - labels.Count(label => label < 0), map.ComponentCount);
    });

    [Fact]
    public void HostileInputsAreNamed()
    {
        var path = FeatureGraph.Path(3);
        Refuses(() => MapSegmentation.Of(path, new double[2, 4]), "classMeans is 2x4, the graph has 3 nodes; give one column");
        Refuses(() => MapSegmentation.Of(path, new double[0, 3]), "classMeans is 0x3; give at least one row");
        Refuses(() => MapSegmentation.Of(path, new[,] { { 0, double.NaN, 0 } }), "classMeans[0, 1] is NaN");
        Refuses(() => MapSegmentation.FromLabels(path, [0, 1, 2], 2), "labels[2] is 2; labels are 0 to 1, or -1 for none.");
        Refuses(() => MapSegmentation.FromLabels(path, [0, -2, 1], 2), "labels[1] is -2");
        Refuses(() => MapSegmentation.FromLabels(path, [0, 1], 2), "labels holds 2 values; expected 3");

        static void Refuses(Action action, string message) =>
            Assert.Contains(message, Assert.Throws<ArgumentException>(action).Message);
    }

    private static double[,] Quadrants(int side)
    {
        var means = new double[4, side * side];
        for (int i = 0; i < side * side; i++)
            means[(2 * (i / side / (side / 2))) + (i % side / (side / 2)), i] = 1;
        return means;
    }

    private static double[,] Filled(int rows, int columns, double value)
    {
        var matrix = new double[rows, columns];
        for (int i = 0; i < rows * columns; i++)
            matrix[i / columns, i % columns] = value;
        return matrix;
    }
}
