namespace Gsr.Analysis;

/// <summary>
/// Rows, columns and shuffles of matrices such as activations, [examples, nodes]. Indices count from 0, and every
/// result is a copy.
/// </summary>
public static class Matrices
{
    /// <summary>One row.</summary>
    public static T[] Row<T>(this T[,] matrix, int row)
    {
        var values = new T[matrix.GetLength(1)];
        for (var j = 0; j < values.Length; j++) values[j] = matrix[row, j];
        return values;
    }

    /// <summary>One column.</summary>
    public static T[] Column<T>(this T[,] matrix, int column)
    {
        var values = new T[matrix.GetLength(0)];
        for (var i = 0; i < values.Length; i++) values[i] = matrix[i, column];
        return values;
    }

    /// <summary>All rows.</summary>
    public static IEnumerable<T[]> Rows<T>(this T[,] matrix) =>
        Enumerable.Range(0, matrix.GetLength(0)).Select(matrix.Row);

    /// <summary>All columns.</summary>
    public static IEnumerable<T[]> Columns<T>(this T[,] matrix) =>
        Enumerable.Range(0, matrix.GetLength(1)).Select(matrix.Column);

    /// <summary>The transpose, [columns, rows].</summary>
    public static T[,] Transposed<T>(this T[,] matrix) =>
        Of(matrix.GetLength(1), matrix.GetLength(0), (i, j) => matrix[j, i]);

    /// <summary>The rows of these indices, in their order; one may be there more than once.</summary>
    public static T[,] SelectRows<T>(this T[,] matrix, IReadOnlyList<int> rows) =>
        Of(rows.Count, matrix.GetLength(1), (i, j) => matrix[rows[i], j]);

    /// <summary>The columns of these indices, in their order; one may be there more than once.</summary>
    public static T[,] SelectColumns<T>(this T[,] matrix, IReadOnlyList<int> columns) =>
        Of(matrix.GetLength(0), columns.Count, (i, j) => matrix[i, columns[j]]);

    /// <summary>The index of each row's largest value, the first of equal ones, such as the predicted class.</summary>
    public static int[] ArgMaxOfRows(this double[,] matrix) =>
        [.. matrix.Rows().Select(row => Array.IndexOf(row, row.Max()))];

    /// <summary>A sequence in random order.</summary>
    public static T[] Shuffled<T>(this IEnumerable<T> values, Random random)
    {
        T[] shuffled = [.. values];
        random.Shuffle(shuffled);
        return shuffled;
    }

    /// <summary>A matrix by its entries.</summary>
    internal static T[,] Of<T>(int rows, int columns, Func<int, int, T> entry)
    {
        var matrix = new T[rows, columns];
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < columns; j++) matrix[i, j] = entry(i, j);
        return matrix;
    }
}
