namespace Gsr.Analysis;

/// <summary>Rows, columns and shuffles of matrices such as activations, [examples, nodes].</summary>
public static class Matrices
{
    /// <summary>One row, as a copy.</summary>
    /// <param name="matrix">[rows, columns].</param>
    /// <param name="row">From 0.</param>
    public static T[] Row<T>(this T[,] matrix, int row)
    {
        var values = new T[matrix.GetLength(1)];
        for (var j = 0; j < values.Length; j++) values[j] = matrix[row, j];
        return values;
    }

    /// <summary>One column, as a copy.</summary>
    /// <param name="matrix">[rows, columns].</param>
    /// <param name="column">From 0.</param>
    public static T[] Column<T>(this T[,] matrix, int column)
    {
        var values = new T[matrix.GetLength(0)];
        for (var i = 0; i < values.Length; i++) values[i] = matrix[i, column];
        return values;
    }

    /// <summary>All rows, each as a copy.</summary>
    /// <param name="matrix">[rows, columns].</param>
    public static IEnumerable<T[]> Rows<T>(this T[,] matrix) =>
        Enumerable.Range(0, matrix.GetLength(0)).Select(matrix.Row);

    /// <summary>All columns, each as a copy.</summary>
    /// <param name="matrix">[rows, columns].</param>
    public static IEnumerable<T[]> Columns<T>(this T[,] matrix) =>
        Enumerable.Range(0, matrix.GetLength(1)).Select(matrix.Column);

    /// <summary>The matrix [columns, rows].</summary>
    /// <param name="matrix">[rows, columns].</param>
    public static T[,] Transposed<T>(this T[,] matrix)
    {
        var transposed = new T[matrix.GetLength(1), matrix.GetLength(0)];
        for (var i = 0; i < matrix.GetLength(0); i++)
            for (var j = 0; j < matrix.GetLength(1); j++) transposed[j, i] = matrix[i, j];
        return transposed;
    }

    /// <summary>The rows of these indices, in their order.</summary>
    /// <param name="matrix">[rows, columns].</param>
    /// <param name="rows">Indices from 0; one may be there more than once.</param>
    public static T[,] SelectRows<T>(this T[,] matrix, IReadOnlyList<int> rows)
    {
        var selected = new T[rows.Count, matrix.GetLength(1)];
        for (var i = 0; i < rows.Count; i++)
            for (var j = 0; j < matrix.GetLength(1); j++) selected[i, j] = matrix[rows[i], j];
        return selected;
    }

    /// <summary>The columns of these indices, in their order.</summary>
    /// <param name="matrix">[rows, columns].</param>
    /// <param name="columns">Indices from 0; one may be there more than once.</param>
    public static T[,] SelectColumns<T>(this T[,] matrix, IReadOnlyList<int> columns)
    {
        var selected = new T[matrix.GetLength(0), columns.Count];
        for (var i = 0; i < matrix.GetLength(0); i++)
            for (var j = 0; j < columns.Count; j++) selected[i, j] = matrix[i, columns[j]];
        return selected;
    }

    /// <summary>The index of each row's largest value, the first of equal ones, such as the predicted class.</summary>
    /// <param name="matrix">[rows, columns], at least one column.</param>
    public static int[] ArgMaxOfRows(this double[,] matrix) =>
        [.. matrix.Rows().Select(row => Array.IndexOf(row, row.Max()))];

    /// <summary>A sequence in random order, as a copy.</summary>
    /// <param name="values">Any values.</param>
    /// <param name="random">Where the order is drawn from.</param>
    public static T[] Shuffled<T>(this IEnumerable<T> values, Random random)
    {
        T[] shuffled = [.. values];
        random.Shuffle(shuffled);
        return shuffled;
    }
}
