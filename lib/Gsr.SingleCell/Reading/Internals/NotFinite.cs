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
        (int Count, int Row, int Column)? found = null;
        matrix.ForEachRow((row, columns, values) =>
        {
            for (var k = 0; k < values.Length; k++)
            {
                if (!float.IsFinite(values[k]))
                    found = found is var (count, first, column) ? (count + 1, first, column) : (1, row, columns[k]);
            }
        });
        return found;
    }
}
