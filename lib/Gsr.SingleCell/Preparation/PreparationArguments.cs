namespace Gsr.SingleCell.Preparation;

/// <summary>Checks shared by the steps of the preparation; each message names the argument, its value and the remedy.</summary>
internal static class PreparationArguments
{
    /// <summary>At least so many cells.</summary>
    public static void Cells(AnnotatedMatrix matrix, int least, string what)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (matrix.CellCount >= least) return;
        throw new ArgumentException(
            $"matrix has {matrix.CellCount} cells; {what} needs at least {least}: look at what the filters removed.", nameof(matrix));
    }

    /// <summary>All values finite, and none below a bound.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="least">The bound; none where it is negative infinity.</param>
    /// <param name="remedy">What to do about a value that is below.</param>
    public static void Values(AnnotatedMatrix matrix, double least, string remedy)
    {
        matrix.Values.ForEachRow((row, columns, values) =>
        {
            for (int k = 0; k < values.Length; k++)
            {
                if (float.IsFinite(values[k]) && values[k] >= least) continue;
                throw new ArgumentException(
                    $"matrix holds {values[k]} for cell '{matrix.CellTable.Names[row]}' and gene " +
                    $"'{matrix.GeneTable.Names[columns[k]]}'; {remedy}", nameof(matrix));
            }
        });
    }

    /// <summary>A finite number above 0.</summary>
    public static void Positive(double value, string argument)
    {
        if (value > 0 && double.IsFinite(value)) return;
        throw new ArgumentOutOfRangeException(argument, value, $"{argument} is {value}; give a finite number above 0.");
    }
}
