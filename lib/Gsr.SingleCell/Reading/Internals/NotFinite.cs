namespace Gsr.SingleCell.Reading;

/// <summary>Says of every format's values how many are missing or infinite, and where the first one is.</summary>
internal static class NotFinite
{
    public static AnnotatedMatrix Remarked(AnnotatedMatrix matrix)
    {
        var remarked = matrix;
        Add(matrix.Values, matrix, "");
        foreach ((var name, var layer) in matrix.Layers)
        {
            if (!ReferenceEquals(layer, matrix.Values)) Add(layer, matrix, $" of the layer {name}");
        }
        if (matrix.Raw is { } raw && !ReferenceEquals(raw.Values, matrix.Values)) Add(raw.Values, raw, " of raw");
        return remarked;

        void Add(ExpressionMatrix values, AnnotatedMatrix named, string where)
        {
            if (Find(values) is not (int count, int cell, int gene)) return;
            remarked = remarked.WithRemark($"{count} values{where} are missing (NaN) or infinite, the first in "
                + $"'{named.GeneTable.Names[gene]}' of the cell '{named.CellTable.Names[cell]}'.");
        }
    }

    private static (int Count, int Row, int Column)? Find(ExpressionMatrix matrix)
    {
        var values = matrix is SparseMatrix sparse ? sparse.Values : ((DenseMatrix)matrix).Values;
        int count = 0, first = -1;
        for (var k = 0; k < values.Length; k++)
        {
            if (float.IsFinite(values[k])) continue;
            if (count++ == 0) first = k;
        }
        if (count == 0) return null;
        if (matrix is not SparseMatrix rows) return (count, first / matrix.Columns, first % matrix.Columns);
        var row = 0;
        while (rows.RowPointers[row + 1] <= first) row++;
        return (count, row, rows.ColumnIndices[first]);
    }
}
