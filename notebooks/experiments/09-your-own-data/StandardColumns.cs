namespace Gsr.Experiments.OwnData;

/// <summary>Columns of [rows, columns] brought to one scale; sums in double, storage in single precision.</summary>
internal static class StandardColumns
{
    /// <summary>A copy whose columns have mean 0 and variance 1 (n); 0 where a column never varies.</summary>
    /// <exception cref="ArgumentException">The matrix is empty or a value is not finite.</exception>
    internal static float[,] Of(float[,] values, string argument)
    {
        var (rows, columns) = Size(values, argument);
        double[] sums = new double[columns], squares = new double[columns];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                if (!float.IsFinite(values[i, j]))
                {
                    throw new ArgumentException(
                        $"{argument}[{i}, {j}] is {values[i, j]}; every value must be finite.", argument);
                }

                // From the first row on, so that a constant is exactly 0.
                var shifted = (double)values[i, j] - values[0, j];
                sums[j] += shifted;
                squares[j] += shifted * shifted;
            }
        }

        double[] means = Array.ConvertAll(sums, sum => sum / rows),
            scales = [.. squares.Select((s, j) => Scale((s / rows) - (means[j] * means[j]), s / rows))];
        var standard = new float[rows, columns];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
                standard[i, j] = (float)(((double)values[i, j] - values[0, j] - means[j]) * scales[j]);
        }

        return standard;

        // What rounding leaves of a constant is none.
        static double Scale(double variance, double square) => variance > 1e-12 * square ? 1 / Math.Sqrt(variance) : 0;
    }

    /// <summary>Rows and columns of a matrix that has some.</summary>
    internal static (int Rows, int Columns) Size(float[,] values, string argument)
    {
        ArgumentNullException.ThrowIfNull(values, argument);
        Arguments.Require(values.Length > 0, argument,
            $"{argument} is {values.GetLength(0)}x{values.GetLength(1)}; give at least one row and one column.");
        return (values.GetLength(0), values.GetLength(1));
    }
}
