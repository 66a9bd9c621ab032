namespace Gsr.SingleCell.Reading;

/// <summary>
/// Reads AnnData files (.h5ad): X dense, in compressed rows or compressed columns; obs and var with categories and
/// missing values as anndata writes them now and as it did before 0.8; layers, obsm as
/// <see cref="AnnotatedMatrix.CellArrays"/>, and raw. What else the file holds (uns, obsp, varm, varp) is left. A file
/// without X gives a layer or raw in its place.
/// </summary>
internal static class H5adReader
{
    // In the order of preference where X is missing.
    private static readonly string[] Counts = ["counts", "raw_counts", "spliced"];
    private static readonly string[] RnaNames = ["rna", "gex", "gene expression"];

    /// <summary>Reads a file, or the part of one below a path that ends in "/".</summary>
    public static AnnotatedMatrix Read(Hdf5Content content, string root = "")
    {
        List<string> remarks = [];
        var cells = Table(content, $"{root}obs", remarks);
        var genes = Table(content, $"{root}var", remarks);
        Dictionary<string, ExpressionMatrix> layers = [];
        foreach (var name in content.Children($"{root}layers"))
        {
            remarks.Try($"{root}layers/{name}", () =>
                layers[name] = Fitting(content, $"{root}layers/{name}", cells.Count, genes.Count));
        }
        AnnotatedMatrix? raw = null;
        if (content.HasGroup($"{root}raw"))
        {
            remarks.Try($"{root}raw", () =>
            {
                var rawGenes = Table(content, $"{root}raw/var", remarks);
                raw = new AnnotatedMatrix(
                    Fitting(content, $"{root}raw/X", cells.Count, rawGenes.Count), cells, rawGenes);
            });
        }
        var x = $"{root}X";
        ExpressionMatrix values;
        if (content.HasDataset(x) || content.HasGroup(x)) values = Fitting(content, x, cells.Count, genes.Count);
        else if (layers.Count > 0) values = Layer(layers, remarks);
        else if (raw is not null) (values, genes) = OfRaw(raw, remarks);
        else throw content.Fault(x, "nothing, nor layers or raw", "a matrix", "Write the file anew with its values.");
        return new AnnotatedMatrix(values, cells, genes)
        {
            Raw = raw,
            Layers = ReferenceEquals(values, raw?.Values) ? [] : layers,
            CellArrays = Arrays(content, $"{root}obsm", cells.Count, remarks),
            Metadata = new Dictionary<string, string> { ["format"] = "AnnData HDF5" },
            Remarks = Remarks.Of(cells, genes, [.. remarks]),
        };
    }

    /// <summary>Reads one modality of a MuData file (.h5mu).</summary>
    public static AnnotatedMatrix ReadModality(Hdf5Content content, string? wanted)
    {
        var names = content.Children("mod");
        var name = wanted is not null ? names.FirstOrDefault(name => Same(name, wanted))
            : names is [var only] ? only : names.FirstOrDefault(name => RnaNames.Any(rna => Same(name, rna)));
        if (name is null)
        {
            throw content.Fault("mod", $"the modalities {string.Join(", ", names.DefaultIfEmpty("none"))}",
                wanted ?? "one called rna", "Name the one to read (Modality).");
        }
        if (!content.HasGroup($"mod/{name}/obs"))
        {
            throw content.Fault($"mod/{name}", "no annotated matrix", "obs, var and X of a modality of MuData",
                "Write the modality as h5ad (mdata.mod[...].write_h5ad).");
        }
        return Read(content, $"mod/{name}/").WithRemark(
            $"Of the modalities {string.Join(", ", names)} of this MuData file '{name}' was read.");

        static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);
    }

    private static ExpressionMatrix Layer(Dictionary<string, ExpressionMatrix> layers, List<string> remarks)
    {
        var name = Counts.FirstOrDefault(layers.ContainsKey) ?? layers.Keys.First();
        remarks.Add($"The file has no X: the layer '{name}' of {string.Join(", ", layers.Keys)} was taken.");
        return layers[name];
    }

    private static (ExpressionMatrix Values, AnnotationTable Genes) OfRaw(AnnotatedMatrix raw, List<string> remarks)
    {
        remarks.Add("The file has no X: raw was taken.");
        return (raw.Values, raw.GeneTable);
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

    private static Dictionary<string, ExpressionMatrix> Arrays(
        Hdf5Content content, string group, int cells, List<string> remarks)
    {
        Dictionary<string, ExpressionMatrix> arrays = [];
        foreach (var name in content.Children(group))
        {
            var path = $"{group}/{name}";
            remarks.Try(path, () =>
            {
                if (!content.HasDataset(path) || content.Dimensions(path) is not [var rows, _] || rows != cells
                    || !content.IsNumeric(path))
                    remarks.Add($"{path} is no matrix of {cells} rows and was left.");
                else
                    arrays[name] = Hdf5Matrix.Dense(content, path);
            });
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
        var present = content.Children(path);
        var index = content.TextAttribute(path, "_index") is [var name] ? name
            : present.Contains("_index") ? "_index" : "index";
        var names = Hdf5Columns.Texts(content, $"{path}/{index}") ?? throw content.Missing($"{path}/{index}");
        var table = new AnnotationTable(names!);
        var ordered = content.TextAttribute(path, "column-order");
        string[] columns = [.. present.Where(child => child != index && child != "__categories")];
        foreach (var column in ordered.Where(columns.Contains).Concat(columns.Except(ordered)).ToArray())
        {
            remarks.Try($"{path}/{column}", () => table = WithColumn(table, content, path, column)
                ?? throw content.Fault($"{path}/{column}", "a kind that is not read", "a column of values"));
        }
        return table;
    }

    private static AnnotationTable? WithColumn(AnnotationTable table, Hdf5Content content, string path, string column)
    {
        var at = $"{path}/{column}";
        if (content.HasDataset(at))
        {
            // Before anndata 0.8 a categorical column was its codes, its categories kept in a group of their own.
            var categories = $"{path}/__categories/{column}";
            if (content.HasDataset(categories))
                return Hdf5Columns.WithCategories(table, content, at, categories, column);
            return content.Dimensions(at).Length == 1 && (content.IsText(at) || content.IsNumeric(at))
                ? Hdf5Columns.WithDataset(table, content, at, column)
                : null;
        }
        if (content.HasDataset($"{at}/codes"))
            return Hdf5Columns.WithCategories(table, content, $"{at}/codes", $"{at}/categories", column);
        return content.HasDataset($"{at}/values") && content.HasDataset($"{at}/mask")
            ? Hdf5Columns.WithMask(table, content, at, column)
            : null;
    }
}
