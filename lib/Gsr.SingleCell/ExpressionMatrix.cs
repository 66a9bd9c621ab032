namespace Gsr.SingleCell;

/// <summary>
/// Cells x genes of single-precision numbers, sparse (<see cref="SparseMatrix"/>) or dense (<see cref="DenseMatrix"/>).
/// Single precision holds every count up to 2²⁴ exactly, and is what a network is trained on.
/// </summary>
public abstract class ExpressionMatrix
{
    private protected ExpressionMatrix(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        (Rows, Columns) = (rows, columns);
    }

    /// <summary>Number of rows: cells.</summary>
    public int Rows { get; }

    /// <summary>Number of columns: genes, or channels of a cytometer.</summary>
    public int Columns { get; }

    /// <summary>Number of values in memory: all of a dense matrix, the entries of a sparse one.</summary>
    public abstract int StoredCount { get; }

    /// <summary>One value; 0 where a sparse matrix stores none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row or column.</exception>
    public abstract float this[int row, int column] { get; }

    /// <summary>Writes a row, zeros filled in.</summary>
    /// <param name="row">0 to Rows - 1.</param>
    /// <param name="destination">As long as there are columns.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length.</exception>
    public abstract void CopyRow(int row, Span<float> destination);

    /// <summary>A column, zeros filled in; the caller's.</summary>
    /// <param name="column">0 to Columns - 1.</param>
    public abstract float[] Column(int column);

    /// <summary>The rows of these indices, in their order; an index may come twice.</summary>
    public abstract ExpressionMatrix SelectRows(ReadOnlySpan<int> rows);

    /// <summary>The columns of these indices, in their order; each at most once.</summary>
    public abstract ExpressionMatrix SelectColumns(ReadOnlySpan<int> columns);

    /// <summary>The matrix with rows and columns exchanged.</summary>
    public abstract ExpressionMatrix Transposed();

    /// <summary>Sum of each row, in double precision.</summary>
    public abstract double[] RowSums();

    /// <summary>Sum of each column, in double precision.</summary>
    public abstract double[] ColumnSums();

    /// <summary>The matrix with every value v of row i replaced by f(i, v), where f(i, 0) has to be 0.</summary>
    internal abstract ExpressionMatrix Map(Func<int, float, float> replace);

    /// <summary>Rows · Columns values, row by row, zeros filled in; the caller's.</summary>
    /// <exception cref="InvalidOperationException">The matrix is too large for one array.</exception>
    public float[] ToArray()
    {
        if ((long)Rows * Columns > Array.MaxLength)
        {
            throw new InvalidOperationException(
                $"A dense array of {Rows} x {Columns} has too many values for .NET; select cells or genes first.");
        }
        var values = new float[Rows * Columns];
        for (int row = 0; row < Rows; row++) CopyRow(row, values.AsSpan(row * Columns, Columns));
        return values;
    }

    private protected void CheckRow(int row)
    {
        if ((uint)row >= (uint)Rows)
            throw new ArgumentOutOfRangeException(nameof(row), row, $"Row is {row}; the matrix has {Rows} rows.");
    }

    private protected void CheckColumn(int column)
    {
        if ((uint)column < (uint)Columns) return;
        throw new ArgumentOutOfRangeException(
            nameof(column), column, $"Column is {column}; the matrix has {Columns} columns.");
    }

    private protected void CheckDestination(ReadOnlySpan<float> destination)
    {
        if (destination.Length != Columns)
        {
            throw new ArgumentException(
                $"The destination holds {destination.Length} values; a row has {Columns}.", nameof(destination));
        }
    }
}
