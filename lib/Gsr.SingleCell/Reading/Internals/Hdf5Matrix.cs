namespace Gsr.SingleCell.Reading;

/// <summary>Matrices in HDF5: dense data sets, and groups of data, indices and indptr.</summary>
internal static class Hdf5Matrix
{
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
            "csc_matrix" => Compressed(content, path, columns, rows).Transposed(),
            _ => throw content.Fault(
                path, $"the encoding '{format}'", "csr_matrix, csc_matrix or a data set of two dimensions"),
        };
    }

    /// <summary>Compressed rows out of the data sets data, indices and indptr of a group; sorted within rows.</summary>
    public static SparseMatrix Compressed(Hdf5Content content, string path, int rows, int columns)
    {
        var pointerCount = content.Dimensions($"{path}/indptr");
        if (pointerCount is not [var count] || count != rows + 1L)
        {
            throw content.Fault(
                $"{path}/indptr", $"{string.Join(" x ", pointerCount)} row pointers",
                $"{rows + 1L}, one more than the shape says");
        }
        var pointers = content.Wholes($"{path}/indptr", Array.MaxLength);
        var indices = content.Wholes($"{path}/indices", int.MaxValue);
        var values = content.Floats($"{path}/data");
        if (CompressedRows.Fault(rows, columns, pointers, indices, values.Length, ascending: false) is { } fault)
            throw content.Fault(path, fault, "compressed rows");
        CompressedRows.Sort(pointers, indices, values);
        if (CompressedRows.Duplicate(pointers, indices) is (int row, int column))
            throw content.Fault(path, $"two entries in row {row}, column {column}", "one at most");
        return new SparseMatrix(rows, columns, pointers, indices, values);
    }

    /// <summary>A data set of two dimensions.</summary>
    public static DenseMatrix Dense(Hdf5Content content, string path)
    {
        (var rows, var columns) = Shape(content, path);
        return new DenseMatrix(rows, columns, content.Floats(path));
    }

    /// <summary>A data set of cells x genes, or of genes x cells transposed; sparse where half of it is 0.</summary>
    public static ExpressionMatrix Compact(Hdf5Content content, string path, bool transpose)
    {
        (var rows, var columns) = Shape(content, path);
        var values = content.Floats(path);
        var collector = new RowCollector(columns);
        for (var row = 0; row < rows; row++) collector.Add(values.AsSpan(row * columns, columns));
        return collector.ToMatrix(transpose, content.Name);
    }

    private static (int Rows, int Columns) Shape(Hdf5Content content, string path)
    {
        var shape = content.Dimensions(path);
        if (shape is not [>= 0 and <= int.MaxValue, >= 0 and <= int.MaxValue])
            throw content.Fault(path, $"{shape.Length} dimensions of [{string.Join(", ", shape)}]", "two");
        return ((int)shape[0], (int)shape[1]);
    }
}
