namespace Gsr.Analysis.Metrics;

/// <summary>Checks shared by the metrics; each message names the argument, its value and the remedy.</summary>
internal static class MetricArguments
{
    /// <summary>A matrix of finite values with at least one row and one column.</summary>
    internal static (int Rows, int Columns) Matrix(double[,] matrix, string argument)
    {
        ArgumentNullException.ThrowIfNull(matrix, argument);
        int rows = matrix.GetLength(0), columns = matrix.GetLength(1);
        if (rows == 0 || columns == 0)
        {
            throw new ArgumentException(
                $"{argument} is {rows}x{columns}; give at least one row and one column.", argument);
        }
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                if (!double.IsFinite(matrix[i, j]))
                {
                    throw new ArgumentException(
                        $"{argument}[{i}, {j}] is {matrix[i, j]}; every entry is finite: drop or replace it first.",
                        argument);
                }
            }
        }
        return (rows, columns);
    }

    /// <summary>Two labelings of the same, at least one, items.</summary>
    internal static void Labelings(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        if (first.Length != second.Length)
        {
            throw new ArgumentException(
                $"second holds {second.Length} labels and first {first.Length}; label the same items in both.",
                nameof(second));
        }
        if (first.Length == 0)
            throw new ArgumentException("first holds 0 labels; label at least 1 item.", nameof(first));
    }
}
