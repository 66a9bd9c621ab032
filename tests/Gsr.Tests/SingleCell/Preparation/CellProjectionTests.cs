using Gsr.SingleCell.Preparation;

namespace Gsr.Tests.SingleCell.Preparation;

public sealed class CellProjectionTests
{
    [Fact]
    public void Neighbours_are_the_nearest_of_the_sample_and_weights_fall_with_the_distance()
    {
        var random = new Random(1);
        float[,] sample = Points(random, 60, 4), cells = Points(random, 600, 4);
        var projection = CellProjection.Onto(sample, cells, 5);
        for (var cell = 0; cell < 600; cell++)
        {
            int[] nearest = [.. Enumerable.Range(0, 60).OrderBy(other => Distance(cells, cell, sample, other)).Take(5)];
            Assert.Equal(nearest, Row(projection.Neighbours, cell));
            var weights = Row(projection.Weights, cell);
            Assert.Equal(weights.OrderDescending(), weights);
            Assert.Equal(1, weights.Sum(), 1e-5f);
        }
    }

    [Fact]
    public void Labels_and_means_of_the_sample_are_carried_over()
    {
        var random = new Random(2);
        float[,] sample = Points(random, 40, 2), cells = Points(random, 300, 2);
        for (var i = 0; i < 20; i++) sample[i, 0] += 50;
        for (var i = 0; i < 100; i++) cells[i, 0] += 50;
        var projection = CellProjection.Onto(sample, cells);
        int[] labels = [.. Enumerable.Range(0, 40).Select(i => i < 20 ? 1 : 0)];
        Assert.Equal(Enumerable.Range(0, 300).Select(i => i < 100 ? 1 : 0), projection.Labels(labels));
        var means = projection.Means(sample);
        Assert.All(Enumerable.Range(0, 300), i => Assert.True(Distance(cells, i, means, i) < 4));
        var itself = CellProjection.Onto(sample, sample, 1);
        Assert.Equal(Enumerable.Range(0, 40), Enumerable.Range(0, 40).Select(i => itself.Neighbours[i, 0]));
        Assert.All(itself.Weights.Cast<float>(), weight => Assert.Equal(1, weight));
    }

    [Fact]
    public void Hostile_input_is_named()
    {
        Assert.Throws<ArgumentException>("sample", () => CellProjection.Onto(new float[0, 2], new float[3, 2]));
        Assert.Throws<ArgumentException>("cells", () => CellProjection.Onto(new float[2, 2], new float[3, 1]));
        Assert.Throws<ArgumentException>("cells", () => CellProjection.Onto(new float[1, 1], new[,] { { float.NaN } }));
        Assert.Throws<ArgumentOutOfRangeException>(() => CellProjection.Onto(new float[2, 2], new float[3, 2], 0));
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(
            () => CellProjection.Onto(new float[2, 2], new float[3, 2], 1, null, source.Token));
        Assert.Throws<OperationCanceledException>(() => CellGraph.Of(new float[30, 2], 3, null, source.Token));
    }

    [Fact]
    public void A_graph_of_single_precision_is_that_of_double()
    {
        var points = Points(new Random(4), 50, 3);
        var wide = new double[50, 3];
        for (var i = 0; i < 50; i++)
        {
            for (var j = 0; j < 3; j++) wide[i, j] = points[i, j];
        }
        Assert.Equal(CellGraph.Of(wide, 4).Graph.Edges, CellGraph.Of(points, 4).Graph.Edges);
    }

    private static float[,] Points(Random random, int cells, int dimensions)
    {
        var points = new float[cells, dimensions];
        for (var i = 0; i < cells; i++)
        {
            for (var j = 0; j < dimensions; j++) points[i, j] = 4 * random.NextSingle();
        }
        return points;
    }

    private static double Distance(float[,] a, int i, float[,] b, int j) =>
        Math.Sqrt(Enumerable.Range(0, a.GetLength(1)).Sum(d => Math.Pow(a[i, d] - b[j, d], 2)));

    private static T[] Row<T>(T[,] matrix, int row) =>
        [.. Enumerable.Range(0, matrix.GetLength(1)).Select(i => matrix[row, i])];
}
