using Gsr.SingleCell;
using Gsr.SingleCell.Preparation;

namespace Gsr.Tests.SingleCell.Preparation;

public sealed class CellGraphTests
{
    [Fact]
    public void Neighbours_are_those_of_a_full_sort()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            (var cells, var dimensions, var k) = (random.Next(2, 60), random.Next(1, 6), random.Next(1, 20));
            // Few values, so that there are duplicates and equal distances.
            var points = Points(cells, dimensions, () => random.Next(seed % 2 == 0 ? 4 : 1000));
            var graph = CellGraph.Of(points, k);
            Assert.Equal(Math.Min(k, cells - 1), graph.Neighbours.GetLength(1));
            for (var cell = 0; cell < cells; cell++)
            {
                int[] sorted = [.. Enumerable.Range(0, cells).Where(other => other != cell)
                    .OrderBy(other => Distance(points, cell, other)).ThenBy(other => other).Take(k)];
                Assert.Equal(sorted, Enumerable.Range(0, sorted.Length).Select(i => graph.Neighbours[cell, i]));
                Samples.Near(sorted.Select(other => Distance(points, cell, other)),
                    Enumerable.Range(0, sorted.Length).Select(i => graph.Distances[cell, i]), 1e-3);
            }
        }
    }

    [Fact]
    public void Weights_follow_their_definition()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var random = new Random(seed);
            var points = Points(40, 3, random.NextDouble);
            var graph = CellGraph.Of(points, 6);
            double[,] expected = Slow(points, 6), adjacency = graph.Graph.ToAdjacency();
            Samples.Near(expected.Cast<double>(), adjacency.Cast<double>(), 1e-5);
            Assert.All(graph.Graph.Edges, edge => Assert.InRange(edge.Weight, 0, 1));
        }
    }

    [Fact]
    public void Weights_by_hand()
    {
        // Points 0, 1, 3 with k = 1: widths ½, ½ and 1; 0-1 chose each other, 3 chose 1.
        var graph = CellGraph.Of(new double[,] { { 0 }, { 1 }, { 3 } }, 1);
        Assert.Equal(
            (2, "1 nearest cells, gaussian weights, 3 nodes, 2 edges"), (graph.Graph.Edges.Count, graph.ToString()));
        Assert.Equal(Math.Exp(-2), graph.Graph.Edges[0].Weight, 1e-12);
        Assert.Equal(Math.Sqrt(.8) * Math.Exp(-4 / 1.25), graph.Graph.Edges[1].Weight, 1e-12);
    }

    [Fact]
    public void Degenerate_points()
    {
        var same = CellGraph.Of(new double[5, 2], 3);
        Assert.All(same.Graph.Edges, edge => Assert.Equal(1, edge.Weight));
        Assert.All(same.Distances.Cast<double>(), distance => Assert.Equal(0, distance));
        var pair = CellGraph.Of(new double[,] { { 0, 0 }, { 3, 4 } }, 15);
        Assert.Equal((1, 5), (pair.Graph.Edges.Count, pair.Distances[0, 0]));
        // Three duplicates and one far cell: weights stay finite.
        Assert.All(CellGraph.Of(new double[,] { { 1 }, { 1 }, { 1 }, { 9 } }, 2).Graph.Edges,
            edge => Assert.InRange(edge.Weight, 0, 1));
    }

    [Fact]
    public void A_matrix_gives_the_same_graph()
    {
        var random = new Random(3);
        var values = new float[60];
        for (var k = 0; k < values.Length; k++) values[k] = random.NextSingle();
        var points = new double[20, 3];
        for (var k = 0; k < values.Length; k++) points[k / 3, k % 3] = values[k];
        Assert.Equal(CellGraph.Of(points, 4).Graph.Edges, CellGraph.Of(new DenseMatrix(20, 3, values), 4).Graph.Edges);
    }

    [Fact]
    public void Hostile_input()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => CellGraph.Of(new double[3, 2], 0));
        Assert.Throws<ArgumentException>(() => CellGraph.Of(new double[1, 2]));
        Assert.Throws<ArgumentException>(() => CellGraph.Of(new double[3, 0]));
        Assert.Throws<ArgumentException>("coordinates", () => CellGraph.Of(new double[,] { { 0 }, { double.NaN } }));
    }

    internal static double[,] Points(int cells, int dimensions, Func<double> next)
    {
        var points = new double[cells, dimensions];
        for (var cell = 0; cell < cells; cell++)
        {
            for (var dimension = 0; dimension < dimensions; dimension++)
                points[cell, dimension] = next();
        }
        return points;
    }

    private static double Distance(double[,] points, int a, int b) =>
        Math.Sqrt(Enumerable.Range(0, points.GetLength(1)).Sum(d => Math.Pow(points[a, d] - points[b, d], 2)));

    private static double[,] Slow(double[,] points, int k)
    {
        var cells = points.GetLength(0);
        double[] farthest = [.. Enumerable.Range(0, cells).Select(i => Enumerable.Range(0, cells).Where(j => j != i)
            .Select(j => Distance(points, i, j)).Order().ElementAt(k - 1))];
        var result = new double[cells, cells];
        for (var i = 0; i < cells; i++)
        {
            for (var j = 0; j < cells; j++)
            {
                var d = Distance(points, i, j);
                if (i == j || d > Math.Max(farthest[i], farthest[j])) continue;
                double a = farthest[i] / 2, b = farthest[j] / 2, squares = (a * a) + (b * b);
                result[i, j] = Math.Sqrt(2 * a * b / squares) * Math.Exp(-d * d / squares);
            }
        }
        return result;
    }
}
