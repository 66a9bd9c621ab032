namespace Gsr.SingleCell.Reading;

/// <summary>
/// Reads AnnData files (.h5ad): X dense, in compressed rows or compressed columns; obs and var with categories as
/// anndata writes them now and as it did before 0.8; layers, obsm as <see cref="AnnotatedMatrix.CellArrays"/>, and raw.
/// What else the file holds (uns, obsp, varm, varp) is left.
/// </summary>
internal static class H5adReader
{
    public static AnnotatedMatrix Read(Hdf5Content content)
    {
        List<string> remarks = [];
        var cells = Table(content, "obs", remarks);
        var genes = Table(content, "var", remarks);
        var values = Fitting(content, "X", cells.Count, genes.Count);
        AnnotatedMatrix? raw = null;
        if (content.HasGroup("raw"))
        {
            var rawGenes = Table(content, "raw/var", remarks);
            raw = new AnnotatedMatrix(Fitting(content, "raw/X", cells.Count, rawGenes.Count), cells, rawGenes);
        }
        return new AnnotatedMatrix(values, cells, genes)
        {
            Raw = raw,
            Layers = content.Children("layers").ToDictionary(
                name => name, name => Fitting(content, $"layers/{name}", cells.Count, genes.Count)),
            CellArrays = Arrays(content, cells.Count, remarks),
            Metadata = new Dictionary<string, string> { ["format"] = "AnnData HDF5" },
            Remarks = Remarks.Of(cells, genes, [.. remarks]),
        };
    }

    private static ExpressionMatrix Fitting(Hdf5Content content, string path, int cells, int genes)
    {
        var matrix = Hdf5Matrix.Anndata(content, path);
        if (matrix.Rows != cells || matrix.Columns != genes)
        {
            throw content.Fault(
                path, $"{matrix.Rows} x {matrix.Columns}", $"{cells} x {genes}, the names in obs and var");
        }
        return matrix;
    }

    private static Dictionary<string, ExpressionMatrix> Arrays(Hdf5Content content, int cells, List<string> remarks)
    {
        Dictionary<string, ExpressionMatrix> arrays = [];
        foreach (string name in content.Children("obsm"))
        {
            string path = $"obsm/{name}";
            if (!content.HasDataset(path) || content.Dimensions(path) is not [var rows, _] || rows != cells
                || !content.IsNumeric(path))
                remarks.Add($"{path} is no matrix of {cells} rows and was left.");
            else
                arrays[name] = Hdf5Matrix.Dense(content, path);
        }
        return arrays;
    }

    private static AnnotationTable Table(Hdf5Content content, string path, List<string> remarks)
    {
        if (content.HasDataset(path))
        {
            throw content.Fault(path, "a table of one data set, as anndata wrote before 0.7", "a group of columns",
                "Read the file with a later anndata and write it again.");
        }
        if (!content.HasGroup(path)) throw content.Missing(path);
        string index = content.TextAttribute(path, "_index") is [var name] ? name
            : content.HasDataset($"{path}/_index") ? "_index" : "index";
        if (!content.HasDataset($"{path}/{index}")) throw content.Missing($"{path}/{index}");
        string[] names = content.IsText($"{path}/{index}")
            ? content.Texts($"{path}/{index}")
            : [.. content.Numbers($"{path}/{index}").Cast<IFormattable>()
                .Select(number => number.ToString(null, null))];
        var table = new AnnotationTable(names);
        string[] ordered = content.TextAttribute(path, "column-order");
        string[] present = [.. content.Children(path).Where(child => child != index && child != "__categories")];
        foreach (string column in ordered.Where(present.Contains).Concat(present.Except(ordered)).ToArray())
            table = WithColumn(table, content, path, column, remarks);
        return table;
    }

    private static AnnotationTable WithColumn(
        AnnotationTable table, Hdf5Content content, string path, string column, List<string> remarks)
    {
        string at = $"{path}/{column}";
        if (content.HasDataset(at))
        {
            // Before anndata 0.8 a categorical column was its codes, its categories kept in a group of their own.
            string categories = $"{path}/__categories/{column}";
            if (content.HasDataset(categories))
                return Hdf5Columns.WithCategories(table, content, at, categories, column);
            if (content.Dimensions(at).Length == 1 && (content.IsText(at) || content.IsNumeric(at)))
                return Hdf5Columns.WithDataset(table, content, at, column);
        }
        else if (content.HasDataset($"{at}/codes") && content.HasDataset($"{at}/categories"))
        {
            return Hdf5Columns.WithCategories(table, content, $"{at}/codes", $"{at}/categories", column);
        }
        else if (content.HasDataset($"{at}/values") && content.HasDataset($"{at}/mask"))
        {
            return Hdf5Columns.WithMask(table, content, at, column);
        }
        remarks.Add($"The column {at} is of a kind that is not read and was left.");
        return table;
    }
}
