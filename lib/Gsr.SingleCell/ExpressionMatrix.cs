namespace Gsr.SingleCell;

/// <summary>
/// Cells x genes of single-precision numbers, sparse (<see cref="SparseMatrix"/>), dense (<see cref="DenseMatrix"/>), or
/// left in a file (<see cref="Reading.SingleCellFile"/>). Single precision holds every count up to 2²⁴ exactly, and
/// is what a network is trained on.
/// </summary>
public abstract class ExpressionMatrix
{
    private const int ValuesPerBlock = 1 << 19;

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

    /// <summary>Number of values that are stored: all of a dense matrix, the entries of a sparse one.</summary>
    public abstract long StoredCount { get; }

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
    public float[] Column(int column)
    {
        CheckColumn(column);
        var values = new float[Rows];
        ForEachRow((row, columns, entries) =>
        {
            var at = columns.BinarySearch(column);
            if (at >= 0) values[row] = entries[at];
        });
        return values;
    }

    /// <summary>The rows of these indices, in their order; an index may come twice.</summary>
    public abstract ExpressionMatrix SelectRows(ReadOnlySpan<int> rows);

    /// <summary>The columns of these indices, in their order; each at most once.</summary>
    public abstract ExpressionMatrix SelectColumns(ReadOnlySpan<int> columns);

    /// <summary>The matrix with rows and columns exchanged.</summary>
    public abstract ExpressionMatrix Transposed();

    /// <summary>Sum of each row, in double precision.</summary>
    public double[] RowSums()
    {
        var sums = new double[Rows];
        ForEachRow((row, _, values) =>
        {
            foreach (var value in values) sums[row] += value;
        });
        return sums;
    }

    /// <summary>Sum of each column, in double precision.</summary>
    public double[] ColumnSums()
    {
        var sums = new double[Columns];
        ForEachRow((_, columns, values) =>
        {
            for (var k = 0; k < values.Length; k++) sums[columns[k]] += values[k];
        });
        return sums;
    }

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
        ForEachRow((row, columns, entries) =>
        {
            for (var k = 0; k < entries.Length; k++) values[(row * Columns) + columns[k]] = entries[k];
        });
        return values;
    }

    /// <summary>Receives a row: its number, columns in ascending order, and their values; not to be kept.</summary>
    internal delegate void RowVisitor(int row, ReadOnlySpan<int> columns, ReadOnlySpan<float> values);

    /// <summary>How many rows a pass takes at once: few, so that it can be stopped and fits into caches.</summary>
    internal virtual int BlockRows => HeightOf(StoredCount, Rows);

    /// <summary>So many rows, of so many values in all, that a block has about half a million, or more if asked.</summary>
    internal static int HeightOf(long stored, int rows, long least = 0) => (int)Math.Clamp(
        Math.Max(least, ValuesPerBlock) * (double)rows / Math.Max(1, stored), 1, Math.Max(1, rows));

    /// <summary>Visits the rows in their order; values that are not among those visited are 0.</summary>
    internal void ForEachRow(RowVisitor visit)
    {
        using var reader = Open();
        for (var first = 0; first < Rows; first += BlockRows)
        {
            var block = reader.Read(first, Math.Min(BlockRows, Rows - first));
            for (var row = 0; row < block.Count; row++) visit(first + row, block.Columns(row), block.Values(row));
        }
    }

    /// <summary>Rows of some matrices in memory, one after the other: dense where all are, or most values are not 0.</summary>
    /// <param name="parts">In their order.</param>
    /// <param name="columns">Their width.</param>
    /// <param name="compact">Whether dense ones of which half is 0 become sparse.</param>
    internal static ExpressionMatrix Joined(
        IReadOnlyList<ExpressionMatrix> parts, int columns, bool compact = false)
    {
        var rows = parts.Sum(part => part.Rows);
        var size = (long)rows * columns;
        var stored = parts.Sum(part => part is DenseMatrix dense
            ? dense.Values.Length - dense.Values.Count(0f) : part.StoredCount);
        var dense = parts.Count(part => part is DenseMatrix);
        if (dense > 0 && ((dense == parts.Count && !compact) || 2 * stored > size))
        {
            if (parts is [var only]) return only;
            var values = new float[size];
            var first = 0;
            foreach (var part in parts)
            {
                for (var row = 0; row < part.Rows; row++)
                    part.CopyRow(row, values.AsSpan((first + row) * columns, columns));
                first += part.Rows;
            }
            return new DenseMatrix(rows, columns, values);
        }
        List<int> pointers = [0];
        var (indices, entries) = (new int[stored], new float[stored]);
        var next = 0;
        foreach (var part in parts)
        {
            for (var row = 0; row < part.Rows; row++)
            {
                var own = part.ColumnsOf(row);
                var values = part.ValuesOf(row);
                for (var k = 0; k < own.Length; k++)
                {
                    if (part is DenseMatrix && values[k] == 0) continue;
                    (indices[next], entries[next]) = (own[k], values[k]);
                    next++;
                }
                pointers.Add(next);
            }
        }
        return SparseMatrix.Unchecked(rows, columns, [.. pointers], indices, entries);
    }

    /// <summary>Opens the matrix for one thread and pass.</summary>
    internal virtual IRowReader Open() => new MemoryReader(this);

    /// <summary>The matrix with all of its values in memory.</summary>
    internal virtual ExpressionMatrix InMemory() => this;

    /// <summary>
    /// The matrix as passes over its rows want it: itself, but for one that a file stores in another order.
    /// </summary>
    internal virtual ExpressionMatrix Ready(Watch? watch) => this;

    /// <summary>The columns of what a row in memory stores.</summary>
    internal abstract ReadOnlySpan<int> ColumnsOf(int row);

    /// <summary>What a row in memory stores.</summary>
    internal abstract ReadOnlySpan<float> ValuesOf(int row);

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

    private sealed class MemoryReader(ExpressionMatrix matrix) : IRowReader
    {
        public RowBlock Read(int first, int count) => new(first, count, matrix, first);

        public void Dispose()
        {
        }
    }
}
