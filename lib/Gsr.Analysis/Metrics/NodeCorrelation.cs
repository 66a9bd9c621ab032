namespace Gsr.Analysis.Metrics;

/// <summary>Pearson's correlation of every node with every measured quantity, such as a marker gene.</summary>
public static class NodeCorrelation
{
    /// <summary>
    /// Correlations [quantities, nodes] of activations [examples, nodes] with quantities [examples, quantities] over
    /// all examples, or <paramref name="among"/> those of a branch; NaN where a node or a quantity is constant.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The sizes do not match, there are fewer than two examples, or a value is not finite.
    /// </exception>
    public static double[,] Of(double[,] activations, double[,] quantities, IReadOnlyList<int>? among = null)
    {
        var (examples, nodes) = Arguments.Matrix(activations, nameof(activations));
        var (rows, count) = Arguments.Matrix(quantities, nameof(quantities));
        Arguments.Length(rows, examples, nameof(quantities), "example");
        among ??= [.. Enumerable.Range(0, examples)];
        Arguments.Require(among.Count >= 2, nameof(among),
            $"There are {among.Count} examples; a correlation needs at least 2 examples.");
        Arguments.Require(among.Min() >= 0 && among.Max() < examples, nameof(among),
            $"among names examples {among.Min()} to {among.Max()}; there are {examples}, from 0.");
        var (a, b) = (UnitColumns(activations, among), UnitColumns(quantities, among));
        var correlations = new double[count, nodes];
        for (var q = 0; q < count; q++)
        {
            for (var i = 0; i < nodes; i++)
            {
                double sum = 0;
                for (var e = 0; e < among.Count; e++) sum += a[i][e] * b[q][e];
                correlations[q, i] = Math.Clamp(sum, -1, 1);
            }
        }

        return correlations;
    }

    /// <summary>Columns of mean 0 and length 1; of NaN where a column is constant.</summary>
    private static double[][] UnitColumns(double[,] matrix, IReadOnlyList<int> rows)
    {
        var columns = matrix.GetLength(1);
        var units = new double[columns][];
        for (var j = 0; j < columns; j++)
        {
            var unit = units[j] = new double[rows.Count];
            // Shifted by the first entry: a constant column is exactly 0, and so 0/0.
            for (var i = 0; i < unit.Length; i++) unit[i] = matrix[rows[i], j] - matrix[rows[0], j];
            var mean = unit.Average();
            for (var i = 0; i < unit.Length; i++) unit[i] -= mean;
            var length = Math.Sqrt(unit.Sum(v => v * v));
            for (var i = 0; i < unit.Length; i++) unit[i] /= length;
        }

        return units;
    }
}
