namespace Gsr.SingleCell;

/// <summary>A matrix with every value in memory, row by row: cytometry, scaled data, coordinates.</summary>
public sealed class DenseMatrix : ExpressionMatrix
{
    private readonly float[] _values;
    private int[]? _all;

    /// <summary>Wraps an array, which is not copied.</summary>
    /// <param name="rows">Number of cells.</param>
    /// <param name="columns">Number of genes or channels.</param>
    /// <param name="values">rows · columns values, row by row.</param>
    /// <exception cref="ArgumentException"><paramref name="values"/> has another length.</exception>
    public DenseMatrix(int rows, int columns, float[] values)
        : base(rows, columns)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != (long)rows * columns)
        {
            throw new ArgumentException(
                $"There are {values.Length} values; {rows} x {columns} need {(long)rows * columns}.", nameof(values));
        }
        _values = values;
    }

    /// <summary>The values, row by row; not a copy.</summary>
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
            return _values[(row * Columns) + column];
        }
    }

    /// <summary>One row; not a copy.</summary>
    /// <param name="row">0 to Rows - 1.</param>
    public ReadOnlySpan<float> Row(int row)
    {
        CheckRow(row);
        return _values.AsSpan(row * Columns, Columns);
    }

    /// <inheritdoc/>
    public override void CopyRow(int row, Span<float> destination)
    {
        CheckDestination(destination);
        Row(row).CopyTo(destination);
    }

    /// <inheritdoc/>
    public override DenseMatrix SelectRows(ReadOnlySpan<int> rows)
    {
        var values = new float[checked(rows.Length * Columns)];
        for (var i = 0; i < rows.Length; i++) Row(rows[i]).CopyTo(values.AsSpan(i * Columns));
        return new DenseMatrix(rows.Length, Columns, values);
    }

    /// <inheritdoc/>
    public override DenseMatrix SelectColumns(ReadOnlySpan<int> columns)
    {
        foreach (var column in columns) CheckColumn(column);
        var values = new float[checked(Rows * columns.Length)];
        for (var row = 0; row < Rows; row++)
        {
            var from = Row(row);
            var to = values.AsSpan(row * columns.Length, columns.Length);
            for (var i = 0; i < to.Length; i++) to[i] = from[columns[i]];
        }
        return new DenseMatrix(Rows, columns.Length, values);
    }

    /// <inheritdoc/>
    public override DenseMatrix Transposed()
    {
        var values = new float[_values.Length];
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
                values[(column * Rows) + row] = _values[(row * Columns) + column];
        }
        return new DenseMatrix(Columns, Rows, values);
    }

    internal override ReadOnlySpan<int> ColumnsOf(int row) => _all ??= [.. Enumerable.Range(0, Columns)];

    internal override ReadOnlySpan<float> ValuesOf(int row) => Row(row);

    internal override DenseMatrix Map(Func<int, float, float> replace)
    {
        var values = new float[_values.Length];
        for (int row = 0, k = 0; row < Rows; row++)
        {
            for (var end = k + Columns; k < end; k++) values[k] = replace(row, _values[k]);
        }
        return new DenseMatrix(Rows, Columns, values);
    }

    /// <summary>For example "25000 x 13, dense".</summary>
    public override string ToString() => $"{Rows} x {Columns}, dense";
}
