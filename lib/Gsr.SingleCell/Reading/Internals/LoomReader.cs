namespace Gsr.SingleCell.Reading;

/// <summary>
/// Reads Loom files: /matrix with genes in rows, row_attrs of the genes (named by Gene), col_attrs of the cells (named
/// by CellID) and layers. The result is cells x genes, sparse where at least half of it is 0.
/// </summary>
internal static class LoomReader
{
    private static readonly string[] CellNames = [
        "CellID", "cell_id", "cell_names", "obs_names", "barcode", "Barcode"];
    private static readonly string[] GeneNames = [
        "Gene", "gene", "gene_names", "var_names", "GeneName", "gene_name", "Accession"];

    public static AnnotatedMatrix Read(Hdf5Content content)
    {
        var values = Hdf5Matrix.Compact(content, "matrix", transpose: true);
        List<string> remarks = [];
        Dictionary<string, ExpressionMatrix> arrays = [];
        var cells = Table(content, "col_attrs", CellNames, values.Rows, remarks, arrays);
        var genes = Table(content, "row_attrs", GeneNames, values.Columns, remarks, null);
        Dictionary<string, ExpressionMatrix> layers = [];
        foreach (var layer in content.Children("layers"))
            remarks.Try($"layers/{layer}", () => layers[layer] = Fitting(content, $"layers/{layer}", values));
        return new AnnotatedMatrix(values, cells, genes)
        {
            Layers = layers,
            CellArrays = arrays,
            Metadata = new Dictionary<string, string> { ["format"] = "Loom" },
            Remarks = Remarks.Of(cells, genes, [.. remarks]),
        };
    }

    private static ExpressionMatrix Fitting(Hdf5Content content, string path, ExpressionMatrix values)
    {
        var matrix = Hdf5Matrix.Compact(content, path, transpose: true);
        return matrix.Rows == values.Rows && matrix.Columns == values.Columns ? matrix : throw content.Fault(
            path, $"{matrix.Columns} x {matrix.Rows}", $"{values.Columns} x {values.Rows} as the matrix");
    }

    private static AnnotationTable Table(
        Hdf5Content content, string path, string[] nameColumns, int count, List<string> remarks,
        Dictionary<string, ExpressionMatrix>? arrays)
    {
        var present = content.Children(path);
        var named = nameColumns.FirstOrDefault(
            column => present.Contains(column) && content.IsText($"{path}/{column}"));
        if (named is null)
            remarks.Add($"{path} has none of {string.Join(", ", nameColumns)}: the names are numbers from 0.");
        var names = named is null ? null : content.Texts($"{path}/{named}");
        if (names is not null && names.Length != count)
            throw content.Fault($"{path}/{named}", $"{names.Length} names", $"{count}, as the matrix has");
        var table = names is null ? AnnotationTable.Numbered(count) : new AnnotationTable(names);
        foreach (var column in present.Where(column => column != named))
        {
            var at = $"{path}/{column}";
            remarks.Try(at, () =>
            {
                var readable = content.HasDataset(at) && (content.IsText(at) || content.IsNumeric(at));
                var shape = readable ? content.Dimensions(at) : [];
                if (shape.Length == 1) table = Hdf5Columns.WithDataset(table, content, at, column);
                else if (arrays is not null && shape is [var rows, _] && rows == count && content.IsNumeric(at))
                    arrays[column] = Hdf5Matrix.Dense(content, at);
                else remarks.Add($"{at} is of a kind that is not read and was left.");
            });
        }
        return table;
    }
}
