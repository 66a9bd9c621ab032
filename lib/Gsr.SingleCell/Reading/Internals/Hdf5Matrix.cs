namespace Gsr.SingleCell.Reading;

/// <summary>
/// Matrices in HDF5: dense data sets, and groups of data, indices and indptr; read at once, or left in the file.
/// </summary>
internal static class Hdf5Matrix
{
    // A block of rows takes chunks whole, if they are no larger.
    private const long LargestChunk = 1 << 22;

    /// <summary>A matrix of anndata: a data set of two dimensions, or a group of compressed rows or columns.</summary>
    public static ExpressionMatrix Anndata(Hdf5Content content, string path)
    {
        if (content.HasDataset(path)) return Dense(content, path);
        if (!content.HasGroup(path)) throw content.Missing(path);
        var format = content.TextAttribute(path, "encoding-type") is [var type] ? type
            : content.TextAttribute(path, "h5sparse_format") is [var old] ? old + "_matrix" : "";
        var shape = content.WholeAttribute(path, "shape");
        if (shape.Length == 0) shape = content.WholeAttribute(path, "h5sparse_shape");
        if (shape is not [>= 0 and <= int.MaxValue, >= 0 and <= int.MaxValue])
            throw content.Fault(path, $"a shape of [{string.Join(", ", shape)}]", "an attribute of two lengths");
        (var rows, var columns) = ((int)shape[0], (int)shape[1]);
        return format switch
        {
            "csr_matrix" => Compressed(content, path, rows, columns),
            "csc_matrix" => Turned(Compressed(content, path, columns, rows)),
            _ => throw content.Fault(
                path, $"the encoding '{format}'", "csr_matrix, csc_matrix or a data set of two dimensions"),
        };
    }

    /// <summary>Compressed rows out of the data sets data, indices and indptr of a group; sorted within rows.</summary>
    public static ExpressionMatrix Compressed(Hdf5Content content, string path, int rows, int columns)
    {
        var pointerCount = content.Dimensions($"{path}/indptr");
        if (pointerCount is not [var count] || count != rows + 1L)
        {
            throw content.Fault(
                $"{path}/indptr", $"{string.Join(" x ", pointerCount)} row pointers",
                $"{rows + 1L}, one more than the shape says");
        }
        var pointers = content.Longs($"{path}/indptr");
        Hdf5Slices indices = content.Slices($"{path}/indices"), values = content.Slices($"{path}/data");
        if (Fault(pointers, indices.Dimensions, values.Dimensions) is { } fault)
            throw content.Fault(path, fault, "compressed rows");
        var stored = pointers[^1];
        var least = Math.Max(Chunk(indices), Chunk(values));
        return Of(content, rows, columns, stored, ExpressionMatrix.HeightOf(stored, rows, 4 * least),
            own => new CompressedReader(own, path, pointers, columns));

        static long Chunk(Hdf5Slices slices) => slices.Chunks is [<= LargestChunk and var length] ? length : 0;
    }

    /// <summary>A data set of two dimensions.</summary>
    public static ExpressionMatrix Dense(Hdf5Content content, string path) => Grid(content, path, false, false);

    /// <summary>A data set of cells x genes, or of genes x cells transposed; sparse where half of it is 0.</summary>
    public static ExpressionMatrix Compact(Hdf5Content content, string path, bool transpose) =>
        Grid(content, path, transpose, true);

    private static ExpressionMatrix Grid(Hdf5Content content, string path, bool transpose, bool compact)
    {
        var shape = content.Dimensions(path);
        if (shape is not [>= 0 and <= int.MaxValue, >= 0 and <= int.MaxValue])
            throw content.Fault(path, $"{shape.Length} dimensions of [{string.Join(", ", shape)}]", "two");
        (var rows, var columns) = transpose ? ((int)shape[1], (int)shape[0]) : ((int)shape[0], (int)shape[1]);
        var stored = shape[0] * shape[1];
        var height = ExpressionMatrix.HeightOf(stored, rows);
        if (content.Slices(path).Chunks is { } chunks && chunks[transpose ? 1 : 0] is var chunk
            && chunk * columns <= LargestChunk)
            height = (int)Math.Min(Math.Max(1, rows), (height + chunk - 1) / chunk * chunk);
        return Of(content, rows, columns, stored, height, own => new DenseReader(own, path, transpose, compact));
    }

    // The columns are read in order, and their values put into rows in memory when those are first asked for.
    private static ExpressionMatrix Turned(ExpressionMatrix columns) => columns is not StreamedMatrix streamed
        ? columns.Transposed()
        : new StreamedMatrix(streamed.Columns, streamed.Rows, streamed.StoredCount,
            ExpressionMatrix.HeightOf(streamed.StoredCount, streamed.Columns), streamed.Open, streamed.Transposed);

    private static ExpressionMatrix Of(Hdf5Content content, int rows, int columns, long stored, int height,
        Func<Hdf5Content, IRowReader> reader)
    {
        // Read at once, it is one block.
        var matrix = new StreamedMatrix(rows, columns, stored, content.IsLeft ? height : Math.Max(1, rows),
            () => reader(content.Reopened()));
        return content.IsLeft ? matrix : matrix.InMemory();
    }

    private static string? Fault(long[] pointers, long[] indices, long[] values)
    {
        if (indices is not [var stored] || values is not [var count] || stored != count)
            return $"{string.Join(" x ", indices)} column indices for {string.Join(" x ", values)} values";
        if (pointers[0] != 0) return $"the first row pointer is {pointers[0]}, not 0";
        if (pointers[^1] != stored) return $"the last row pointer is {pointers[^1]}, not the {stored} entries";
        for (var row = 1; row < pointers.Length; row++)
        {
            if (pointers[row] < pointers[row - 1])
                return $"row pointer {row} is {pointers[row]} after {pointers[row - 1]}";
        }
        return null;
    }

    private sealed class CompressedReader(Hdf5Content content, string path, long[] pointers, int columns) : IRowReader
    {
        private readonly Hdf5Slices _indices = content.Slices($"{path}/indices"),
            _values = content.Slices($"{path}/data");

        public RowBlock Read(int first, int count)
        {
            long from = pointers[first], stored = pointers[first + count] - from;
            if (stored > Array.MaxLength)
            {
                throw content.Fault(path, $"{stored} entries", $"at most {Array.MaxLength}",
                    "Open the file instead of reading it (SingleCellFile.Open), or split it into parts.");
            }
            var own = new int[count + 1];
            for (var row = 0; row <= count; row++) own[row] = (int)(pointers[first + row] - from);
            var places = _indices.Wholes(from, (int)stored, int.MaxValue);
            var values = _values.Floats(from, (int)stored);
            if (CompressedRows.Fault(count, columns, own, places, values.Length, ascending: false, first) is { } fault)
                throw content.Fault(path, fault, "compressed rows");
            CompressedRows.Sort(own, places, values);
            if (CompressedRows.Duplicate(own, places) is (int row2, int column))
                throw content.Fault(path, $"two entries in row {first + row2}, column {column}", "one at most");
            return new RowBlock(first, count, SparseMatrix.Unchecked(count, columns, own, places, values), 0);
        }

        public void Dispose()
        {
            if (content.IsLeft) content.Dispose();
        }
    }

    private sealed class DenseReader(Hdf5Content content, string path, bool transpose, bool compact) : IRowReader
    {
        private readonly Hdf5Slices _slices = content.Slices(path);

        public RowBlock Read(int first, int count)
        {
            var columns = _slices.Dimensions[transpose ? 0 : 1];
            if (count * columns > Array.MaxLength)
            {
                throw content.Fault(path, $"{count} x {columns} values", $"at most {Array.MaxLength}",
                    "Open the file instead of reading it (SingleCellFile.Open).");
            }
            var values = new float[count * columns];
            if (transpose)
            {
                _slices.Tiles(0, columns, first, count, (top, left, width, tile) =>
                {
                    for (var k = 0; k < tile.Length; k++)
                        values[((left - first + (k % width)) * columns) + top + (k / width)] = tile[k];
                });
            }
            else
            {
                _slices.Tiles(first, count, 0, columns, (top, left, width, tile) =>
                {
                    for (var k = 0; k < tile.Length; k += width)
                    {
                        var at = ((top - first + (k / width)) * columns) + left;
                        tile.AsSpan(k, width).CopyTo(values.AsSpan((int)at));
                    }
                });
            }
            var dense = new DenseMatrix(count, (int)columns, values);
            var own = compact ? ExpressionMatrix.Joined([dense], dense.Columns, compact: true) : dense;
            return new RowBlock(first, count, own, 0);
        }

        public void Dispose()
        {
            if (content.IsLeft) content.Dispose();
        }
    }
}
