using Gsr.Graphs;

namespace Gsr.Metrics;

/// <summary>Pearson's correlation of every node with every measured quantity, such as a marker: what does a node stand for?</summary>
public static class NodeCorrelation
{
    /// <summary>Correlations over the examples.</summary>
    /// <param name="activations">[examples, nodes], finite; at least two examples.</param>
    /// <param name="quantities">[examples, quantities], finite.</param>
    /// <returns>[quantities, nodes], -1 .. 1; NaN where a node or a quantity is constant.</returns>
    /// <exception cref="ArgumentException">The sizes do not match, or a value is not finite.</exception>
    public static double[,] Of(double[,] activations, double[,] quantities)
    {
        var (examples, nodes) = MetricArguments.Matrix(activations, nameof(activations));
        var (rows, count) = MetricArguments.Matrix(quantities, nameof(quantities));
        GraphArguments.Length(rows, examples, nameof(quantities), "example");
        if (examples < 2) throw new ArgumentException($"activations is {examples}x{nodes}; a correlation needs at least 2 examples.", nameof(activations));
        var (a, b) = (UnitColumns(activations), UnitColumns(quantities));
        var correlations = new double[count, nodes];
        for (var q = 0; q < count; q++)
        {
            for (var i = 0; i < nodes; i++)
            {
                double sum = 0;
                for (var e = 0; e < examples; e++) sum += a[i][e] * b[q][e];
                correlations[q, i] = Math.Clamp(sum, -1, 1);
            }
        }

        return correlations;
    }

    /// <summary>Columns of mean 0 and length 1; of NaN where a column is constant.</summary>
    private static double[][] UnitColumns(double[,] matrix)
    {
        var (rows, columns) = (matrix.GetLength(0), matrix.GetLength(1));
        var units = new double[columns][];
        for (var j = 0; j < columns; j++)
        {
            var unit = units[j] = new double[rows];
            // Shifted by the first entry: a constant column is exactly 0, and so 0/0.
            for (var i = 0; i < rows; i++) unit[i] = matrix[i, j] - matrix[0, j];
            var mean = unit.Average();
            for (var i = 0; i < rows; i++) unit[i] -= mean;
            var length = Math.Sqrt(unit.Sum(v => v * v));
            for (var i = 0; i < rows; i++) unit[i] /= length;
        }

        return units;
    }
}
