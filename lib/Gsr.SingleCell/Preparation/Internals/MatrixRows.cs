namespace Gsr.SingleCell.Preparation;

/// <summary>Visits and checks what a matrix stores, row by row, the same way for sparse and dense ones.</summary>
internal static class MatrixRows
{
    /// <summary>Receives a row: its number, columns in ascending order, and their values; not to be kept.</summary>
    public delegate void Visitor(int row, ReadOnlySpan<int> columns, ReadOnlySpan<float> values);

    /// <summary>Visits the rows in their order; values that are not among those visited are 0.</summary>
    public static void ForEachRow(this ExpressionMatrix matrix, Visitor visit)
    {
        if (matrix is SparseMatrix sparse)
        {
            for (int row = 0; row < sparse.Rows; row++)
                visit(row, sparse.RowColumns(row), sparse.RowValues(row));
            return;
        }
        var dense = (DenseMatrix)matrix;
        int[] columns = [.. Enumerable.Range(0, dense.Columns)];
        for (int row = 0; row < dense.Rows; row++) visit(row, columns, dense.Row(row));
    }

    /// <summary>How many values of each row are above 0.</summary>
    public static int[] DetectedInRows(this ExpressionMatrix matrix)
    {
        var counts = new int[matrix.Rows];
        matrix.ForEachRow((row, _, values) =>
        {
            foreach (float value in values)
            {
                if (value > 0) counts[row]++;
            }
        });
        return counts;
    }

    /// <summary>How many values of each column are above 0.</summary>
    public static int[] DetectedInColumns(this ExpressionMatrix matrix)
    {
        var counts = new int[matrix.Columns];
        matrix.ForEachRow((_, columns, values) =>
        {
            for (int k = 0; k < values.Length; k++)
            {
                if (values[k] > 0) counts[columns[k]]++;
            }
        });
        return counts;
    }

    /// <summary>Throws where there are fewer cells.</summary>
    public static void RequireCells(this AnnotatedMatrix matrix, int least, string what)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (matrix.CellCount >= least) return;
        throw new ArgumentException(
            $"matrix has {matrix.CellCount} cells; {what} needs at least {least}: look at what the filters removed.",
            nameof(matrix));
    }

    /// <summary>Throws where a value is not finite, or below a bound.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="least">The bound; none where it is negative infinity.</param>
    /// <param name="remedy">What to do about a value that is below.</param>
    public static void RequireValues(this AnnotatedMatrix matrix, double least, string remedy) =>
        matrix.Values.ForEachRow((row, columns, values) =>
        {
            for (var k = 0; k < values.Length; k++)
            {
                if (float.IsFinite(values[k]) && values[k] >= least) continue;
                throw new ArgumentException(
                    $"matrix holds {values[k]} for cell '{matrix.CellTable.Names[row]}' and gene "
                    + $"'{matrix.GeneTable.Names[columns[k]]}'; {remedy}", nameof(matrix));
            }
        });
}
