namespace Gsr.SingleCell.Reading;

/// <summary>
/// Rows of a table as they are read, each kept sparse or dense by which is smaller, so that no more than twice the text
/// is in memory; at the end one matrix, as read or transposed.
/// </summary>
internal sealed class RowCollector(int columns)
{
    // Index null: a dense row.
    private readonly List<(int[]? Columns, float[] Values)> _rows = [];
    private readonly int[] _perColumn = new int[columns];
    private long _entries;

    /// <summary>Number of values of a row.</summary>
    public int Columns => columns;

    /// <summary>Adds a row; the span is copied.</summary>
    public void Add(ReadOnlySpan<float> row)
    {
        var entries = row.Length - row.Count(0f);
        _entries += entries;
        for (var column = 0; column < row.Length; column++)
        {
            if (row[column] != 0) _perColumn[column]++;
        }
        if (2L * entries > row.Length)
        {
            _rows.Add((null, row.ToArray()));
            return;
        }
        var indices = new int[entries];
        var values = new float[entries];
        var next = 0;
        for (var column = 0; column < row.Length; column++)
        {
            if (row[column] == 0) continue;
            (indices[next], values[next]) = (column, row[column]);
            next++;
        }
        _rows.Add((indices, values));
    }

    /// <summary>The matrix: dense where more than half of its values are not 0.</summary>
    /// <param name="transpose">Whether the rows become columns.</param>
    /// <param name="file">What an error message calls the file.</param>
    /// <exception cref="DataFormatException">There are more values than an array can hold.</exception>
    public ExpressionMatrix ToMatrix(bool transpose, string file)
    {
        var size = (long)_rows.Count * columns;
        var dense = 2 * _entries > size;
        if ((dense ? size : _entries) > Array.MaxLength)
        {
            throw new DataFormatException(
                file, null, "values", $"{_entries} that are not 0", $"at most {Array.MaxLength}",
                "Split the table into parts.");
        }
        return dense ? Dense(transpose) : Sparse(transpose);
    }

    private DenseMatrix Dense(bool transpose)
    {
        var values = new float[_rows.Count * columns];
        (var rowStep, var columnStep) = transpose ? (1, _rows.Count) : (columns, 1);
        for (var row = 0; row < _rows.Count; row++)
        {
            (var indices, var entries) = _rows[row];
            for (var k = 0; k < entries.Length; k++)
                values[(row * rowStep) + ((indices is null ? k : indices[k]) * columnStep)] = entries[k];
        }
        return transpose ? new DenseMatrix(columns, _rows.Count, values)
            : new DenseMatrix(_rows.Count, columns, values);
    }

    private SparseMatrix Sparse(bool transpose)
    {
        var height = transpose ? columns : _rows.Count;
        var pointers = new int[height + 1];
        for (var i = 0; i < height; i++)
            pointers[i + 1] = pointers[i]
                + (transpose ? _perColumn[i] : Entries(_rows[i].Values, _rows[i].Columns is null));
        var next = pointers[..height];
        var indices = new int[pointers[^1]];
        var values = new float[pointers[^1]];
        for (var row = 0; row < _rows.Count; row++)
        {
            (var places, var entries) = _rows[row];
            for (var k = 0; k < entries.Length; k++)
            {
                if (entries[k] == 0) continue;
                var column = places is null ? k : places[k];
                var at = next[transpose ? column : row]++;
                (indices[at], values[at]) = (transpose ? row : column, entries[k]);
            }
        }
        return transpose
            ? new SparseMatrix(columns, _rows.Count, pointers, indices, values)
            : new SparseMatrix(_rows.Count, columns, pointers, indices, values);
    }

    private static int Entries(float[] values, bool dense) => dense ? values.Length - values.AsSpan().Count(0f)
        : values.Length;
}
