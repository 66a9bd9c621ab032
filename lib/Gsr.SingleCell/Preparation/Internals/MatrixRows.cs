namespace Gsr.SingleCell.Preparation;

/// <summary>Counts and checks what a matrix stores, row by row, the same way wherever it is.</summary>
internal static class MatrixRows
{
    /// <summary>How many values of each row are above 0.</summary>
    public static int[] DetectedInRows(this ExpressionMatrix matrix)
    {
        var counts = new int[matrix.Rows];
        matrix.ForEachRow((row, _, values) =>
        {
            foreach (var value in values)
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
            for (var k = 0; k < values.Length; k++)
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
                throw Refused(matrix, row, columns[k], values[k], remedy);
            }
        });

    /// <summary>The error that a value cannot be used.</summary>
    public static ArgumentException Refused(AnnotatedMatrix matrix, int cell, int gene, float value, string remedy) =>
        new($"matrix holds {value} for cell '{matrix.CellTable.Names[cell]}' and gene "
            + $"'{matrix.GeneTable.Names[gene]}'; {remedy}", nameof(matrix));
}
