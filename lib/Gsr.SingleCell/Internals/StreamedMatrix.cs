namespace Gsr.SingleCell;

/// <summary>
/// A matrix whose rows stay in a file, and are read in blocks by every pass over it. Columns are selected as blocks
/// are read; selected rows and the transposed matrix come into memory.
/// </summary>
/// <param name="rows">Number of cells.</param>
/// <param name="columns">Number of genes.</param>
/// <param name="stored">Number of values in the file.</param>
/// <param name="blockRows">Rows that are read at once.</param>
/// <param name="open">Opens the file for one thread and pass.</param>
/// <param name="load">For a file in another order: brings the whole into memory, which is done once; else null.</param>
internal sealed class StreamedMatrix(
    int rows, int columns, long stored, int blockRows, Func<IRowReader> open,
    Func<Watch?, ExpressionMatrix>? load = null) : ExpressionMatrix(rows, columns)
{
    private readonly Lock _loading = new();
    private ExpressionMatrix? _loaded;

    /// <inheritdoc/>
    public override long StoredCount => stored;

    /// <inheritdoc/>
    public override float this[int row, int column]
    {
        get
        {
            CheckColumn(column);
            return SelectRows([row])[0, column];
        }
    }

    internal override int BlockRows => blockRows;

    /// <inheritdoc/>
    public override void CopyRow(int row, Span<float> destination) => SelectRows([row]).CopyRow(0, destination);

    /// <inheritdoc/>
    public override ExpressionMatrix SelectRows(ReadOnlySpan<int> rows)
    {
        var wanted = rows.ToArray();
        foreach (var row in wanted) CheckRow(row);
        int[] sorted = [.. wanted.Distinct().Order()];
        List<ExpressionMatrix> parts = [];
        BlockPass.Run(
            this, block => block.Matrix.SelectRows([.. Within(block.First, block.Count).Select(row => row + block.At)]),
            (_, part) => parts.Add(part), needs: (first, count) => Within(first, count).Any());
        var found = Joined(parts, Columns);
        return wanted.AsSpan().SequenceEqual(sorted) ? found
            : found.SelectRows(Array.ConvertAll(wanted, row => Array.BinarySearch(sorted, row)));

        // Numbers within the block of the rows that are wanted of it.
        IEnumerable<int> Within(int first, int count)
        {
            var at = Array.BinarySearch(sorted, first);
            for (at = at < 0 ? ~at : at; at < sorted.Length && sorted[at] < first + count; at++)
                yield return sorted[at] - first;
        }
    }

    /// <inheritdoc/>
    public override ExpressionMatrix SelectColumns(ReadOnlySpan<int> columns)
    {
        var wanted = columns.ToArray();
        foreach (var column in wanted) CheckColumn(column);
        return new StreamedMatrix(Rows, wanted.Length, stored, blockRows, () => new SelectedReader(Open(), wanted),
            load is null ? null : watch => Ready(watch).SelectColumns(wanted));
    }

    /// <summary>In memory, by two passes: one counts, one puts the values in their places.</summary>
    public override SparseMatrix Transposed() => Transposed(null);

    /// <inheritdoc cref="Transposed()"/>
    public SparseMatrix Transposed(Watch? watch)
    {
        if (stored > Array.MaxLength) throw TooMany();
        var pointers = new int[Columns + 1];
        BlockPass.Run(this, block => block, (block, _) =>
        {
            for (var row = 0; row < block.Count; row++)
            {
                foreach (var column in block.Columns(row)) pointers[column + 1]++;
            }
        }, watch);
        for (var column = 0; column < Columns; column++) pointers[column + 1] += pointers[column];
        var next = pointers[..Columns];
        var places = new int[pointers[^1]];
        var values = new float[pointers[^1]];
        BlockPass.Run(this, block => block, (block, _) =>
        {
            for (var row = 0; row < block.Count; row++)
            {
                var entries = block.Values(row);
                var own = block.Columns(row);
                for (var k = 0; k < own.Length; k++)
                {
                    var at = next[own[k]]++;
                    (places[at], values[at]) = (block.First + row, entries[k]);
                }
            }
        }, watch);
        return SparseMatrix.Unchecked(Columns, Rows, pointers, places, values);
    }

    /// <summary>For example "1000000 x 2000, 100000000 values, left in the file".</summary>
    public override string ToString() => $"{Rows} x {Columns}, {stored} values, left in the file";

    internal override ExpressionMatrix InMemory()
    {
        if (load is not null) return Ready(null);
        if (stored > Array.MaxLength) throw TooMany();
        List<ExpressionMatrix> parts = [];
        BlockPass.Run(this, block => block.Matrix, (_, part) => parts.Add(part));
        return parts is [var only] ? only : Joined(parts, Columns);
    }

    internal override ExpressionMatrix Ready(Watch? watch)
    {
        if (load is null) return this;
        lock (_loading) return _loaded ??= load(watch);
    }

    internal override IRowReader Open() => load is null ? open() : Ready(null).Open();

    internal override ReadOnlySpan<int> ColumnsOf(int row) => throw new NotSupportedException();

    internal override ReadOnlySpan<float> ValuesOf(int row) => throw new NotSupportedException();

    internal override ExpressionMatrix Map(Func<int, float, float> replace) => InMemory().Map(replace);

    private InvalidOperationException TooMany() => new(
        $"{stored} values are more than an array can hold, {Array.MaxLength}: open the file (SingleCellFile.Open) "
        + "instead of reading it, and store its matrix by cells (compressed rows).");

    private sealed class SelectedReader(IRowReader inner, int[] columns) : IRowReader
    {
        public RowBlock Read(int first, int count)
        {
            var block = inner.Read(first, count);
            var own = block.At == 0 && block.Matrix.Rows == count ? block.Matrix
                : block.Matrix.SelectRows([.. Enumerable.Range(block.At, count)]);
            return new RowBlock(first, count, own.SelectColumns(columns), 0);
        }

        public void Dispose() => inner.Dispose();
    }
}
