using Gsr.Analysis.Metrics;
using Gsr.Tests.Graphs;
using MathNet.Numerics.Statistics;

namespace Gsr.Tests.Analysis.Metrics;

public sealed class NodeCorrelationTests
{
    [Fact]
    public void Every_entry_is_the_correlation_of_its_two_columns()
    {
        var random = new Random(6);
        for (var round = 0; round < 60; round++)
        {
            var (examples, nodes, markers) = (random.Next(3, 40), random.Next(1, 7), random.Next(1, 5));
            var (z, m) = (Matrix(examples, nodes), Matrix(examples, markers));
            var actual = NodeCorrelation.Of(z, m);
            for (var q = 0; q < markers; q++)
            {
                for (var i = 0; i < nodes; i++) Near.Equal(
                    Correlation.Pearson(Column(z, i), Column(m, q)), actual[q, i], 1e-8);
            }
        }

        double[,] Matrix(int rows, int columns)
        {
            var matrix = new double[rows, columns];
            for (var i = 0; i < rows; i++)
                for (var j = 0; j < columns; j++) matrix[i, j] = (1000 * j) + random.NextDouble();
            return matrix;
        }
    }

    [Fact]
    public void Among_some_examples_the_others_do_not_count()
    {
        double[,] z = { { 1 }, { 2 }, { 90 }, { 4 } }, m = { { 2 }, { 4 }, { -7 }, { 8 } };
        Near.Equal(1, NodeCorrelation.Of(z, m, [0, 1, 3])[0, 0]);
        Assert.True(NodeCorrelation.Of(z, m)[0, 0] < 0);
        Assert.Throws<ArgumentException>("among", () => NodeCorrelation.Of(z, m, [0, 4]));
    }

    [Fact]
    public void Perfect_opposite_and_constant()
    {
        var correlations = NodeCorrelation.Of(
            new double[,] { { 1, 5 }, { 2, 5 }, { 3, 5 } }, new double[,] { { 10, 0 }, { 20, -1 }, { 30, -2 } });
        Near.Equal(1, correlations[0, 0]);
        Near.Equal(-1, correlations[1, 0]);
        Assert.True(double.IsNaN(correlations[0, 1]) && double.IsNaN(correlations[1, 1]));
    }

    [Fact]
    public void Hostile_input_is_named()
    {
        Assert.Throws<ArgumentException>("quantities", () => NodeCorrelation.Of(new double[3, 1], new double[2, 1]));
        Assert.Throws<ArgumentException>("among", () => NodeCorrelation.Of(new double[1, 1], new double[1, 1]));
        Assert.Throws<ArgumentException>(
            "quantities", () => NodeCorrelation.Of(new double[2, 1], new[,] { { 0 }, { double.NaN } }));
    }

    private static double[] Column(double[,] matrix, int column) =>
        [.. Enumerable.Range(0, matrix.GetLength(0)).Select(i => matrix[i, column])];
}
