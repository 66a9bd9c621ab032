namespace Gsr.SingleCell;

/// <summary>
/// A matrix in compressed rows: row i holds ColumnIndices[k], Values[k] for RowPointers[i] ≤ k &lt; RowPointers[i + 1],
/// columns ascending, none twice. Eight bytes an entry, at most 2³¹ - 1 entries.
/// </summary>
public sealed class SparseMatrix : ExpressionMatrix
{
    private readonly int[] _pointers;
    private readonly int[] _columns;
    private readonly float[] _values;

    /// <summary>Wraps arrays, which are checked and not copied.</summary>
    /// <param name="rows">Number of cells.</param>
    /// <param name="columns">Number of genes.</param>
    /// <param name="rowPointers">rows + 1 offsets that start at 0, never fall and end at the number of entries.</param>
    /// <param name="columnIndices">The column of each entry, ascending within a row.</param>
    /// <param name="values">The value of each entry.</param>
    /// <exception cref="ArgumentException">The arrays contradict each other; the message says where.</exception>
    public SparseMatrix(int rows, int columns, int[] rowPointers, int[] columnIndices, float[] values)
        : base(rows, columns)
    {
        ArgumentNullException.ThrowIfNull(rowPointers);
        ArgumentNullException.ThrowIfNull(columnIndices);
        ArgumentNullException.ThrowIfNull(values);
        if (CompressedRows.Fault(rows, columns, rowPointers, columnIndices, values.Length, ascending: true) is
            {
            } fault)
            throw new ArgumentException($"These are no compressed rows: {fault}.", nameof(rowPointers));
        (_pointers, _columns, _values) = (rowPointers, columnIndices, values);
    }

    private SparseMatrix(int[] pointers, int[] columns, float[] values, int width)
        : base(pointers.Length - 1, width) => (_pointers, _columns, _values) = (pointers, columns, values);

    /// <summary>Rows + 1 offsets into <see cref="ColumnIndices"/> and <see cref="Values"/>.</summary>
    public ReadOnlySpan<int> RowPointers => _pointers;

    /// <summary>The column of each entry; not a copy.</summary>
    public ReadOnlySpan<int> ColumnIndices => _columns;

    /// <summary>The value of each entry; not a copy.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <inheritdoc/>
    public override long StoredCount => _values.Length;

    /// <inheritdoc/>
    public override float this[int row, int column]
    {
        get
        {
            CheckRow(row);
            CheckColumn(column);
            var at = _columns.AsSpan(_pointers[row].._pointers[row + 1]).BinarySearch(column);
            return at < 0 ? 0 : _values[_pointers[row] + at];
        }
    }

    /// <summary>The columns of one row's entries; not a copy.</summary>
    /// <param name="row">0 to Rows - 1.</param>
    public ReadOnlySpan<int> RowColumns(int row)
    {
        CheckRow(row);
        return _columns.AsSpan(_pointers[row].._pointers[row + 1]);
    }

    /// <summary>The values of one row's entries; not a copy.</summary>
    /// <param name="row">0 to Rows - 1.</param>
    public ReadOnlySpan<float> RowValues(int row)
    {
        CheckRow(row);
        return _values.AsSpan(_pointers[row].._pointers[row + 1]);
    }

    /// <inheritdoc/>
    public override void CopyRow(int row, Span<float> destination)
    {
        CheckDestination(destination);
        CheckRow(row);
        destination.Clear();
        for (var k = _pointers[row]; k < _pointers[row + 1]; k++) destination[_columns[k]] = _values[k];
    }

    /// <inheritdoc/>
    public override SparseMatrix SelectRows(ReadOnlySpan<int> rows)
    {
        var pointers = new int[rows.Length + 1];
        for (var i = 0; i < rows.Length; i++)
            pointers[i + 1] = checked(pointers[i] + RowColumns(rows[i]).Length);
        var columns = new int[pointers[^1]];
        var values = new float[pointers[^1]];
        for (var i = 0; i < rows.Length; i++)
        {
            RowColumns(rows[i]).CopyTo(columns.AsSpan(pointers[i]));
            RowValues(rows[i]).CopyTo(values.AsSpan(pointers[i]));
        }
        return new SparseMatrix(rows.Length, Columns, pointers, columns, values);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A column is named twice.</exception>
    public override SparseMatrix SelectColumns(ReadOnlySpan<int> columns)
    {
        var place = new int[Columns];
        Array.Fill(place, -1);
        for (var i = 0; i < columns.Length; i++)
        {
            CheckColumn(columns[i]);
            if (place[columns[i]] >= 0)
                throw new ArgumentException($"Column {columns[i]} is selected twice.", nameof(columns));
            place[columns[i]] = i;
        }
        var pointers = new int[Rows + 1];
        for (var row = 0; row < Rows; row++)
        {
            pointers[row + 1] = pointers[row];
            foreach (var column in RowColumns(row))
            {
                if (place[column] >= 0) pointers[row + 1]++;
            }
        }
        var kept = new int[pointers[^1]];
        var values = new float[pointers[^1]];
        var next = 0;
        for (var k = 0; k < _columns.Length; k++)
        {
            if (place[_columns[k]] < 0) continue;
            (kept[next], values[next]) = (place[_columns[k]], _values[k]);
            next++;
        }
        CompressedRows.Sort(pointers, kept, values);
        return new SparseMatrix(Rows, columns.Length, pointers, kept, values);
    }

    /// <inheritdoc/>
    public override SparseMatrix Transposed()
    {
        var pointers = new int[Columns + 1];
        foreach (var column in _columns) pointers[column + 1]++;
        for (var column = 0; column < Columns; column++) pointers[column + 1] += pointers[column];
        var next = pointers[..Columns];
        var rows = new int[_columns.Length];
        var values = new float[_columns.Length];
        // Rows come in ascending order, so that each row of the result is ascending without a sort.
        for (var row = 0; row < Rows; row++)
        {
            for (var k = _pointers[row]; k < _pointers[row + 1]; k++)
            {
                var at = next[_columns[k]]++;
                (rows[at], values[at]) = (row, _values[k]);
            }
        }
        return new SparseMatrix(Columns, Rows, pointers, rows, values);
    }

    /// <summary>Wraps arrays that are sound by how they were made.</summary>
    internal static SparseMatrix Unchecked(int rows, int columns, int[] pointers, int[] indices, float[] values) =>
        pointers.Length == rows + 1 ? new SparseMatrix(pointers, indices, values, columns)
            : throw new ArgumentException($"There are {pointers.Length} row pointers for {rows} rows.", nameof(rows));

    internal override ReadOnlySpan<int> ColumnsOf(int row) => RowColumns(row);

    internal override ReadOnlySpan<float> ValuesOf(int row) => RowValues(row);

    internal override SparseMatrix Map(Func<int, float, float> replace)
    {
        var values = new float[_values.Length];
        for (var row = 0; row < Rows; row++)
        {
            for (var k = _pointers[row]; k < _pointers[row + 1]; k++) values[k] = replace(row, _values[k]);
        }
        return new SparseMatrix(Rows, Columns, _pointers, _columns, values);
    }

    /// <summary>For example "2638 x 32738, 2238732 entries (2.59 %)".</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Rows} x {Columns}, {StoredCount} entries ({Percent:0.##} %)");

    private double Percent => 100.0 * StoredCount / Math.Max(1, (double)Rows * Columns);
}
