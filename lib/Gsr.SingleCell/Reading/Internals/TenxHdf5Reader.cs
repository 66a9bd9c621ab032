namespace Gsr.SingleCell.Reading;

/// <summary>
/// Reads the .h5 files of Cell Ranger: version 3 and later with the group /matrix, version 2 with a group named after
/// the genome. Genes are named by their symbols and have the columns gene_ids and feature_types.
/// </summary>
internal static class TenxHdf5Reader
{
    /// <summary>Reads a file.</summary>
    /// <param name="content">The file.</param>
    /// <param name="genome">For version 2: the group to read; null where there is only one.</param>
    /// <exception cref="DataFormatException">The file is damaged, no such file, or has several genomes.</exception>
    public static AnnotatedMatrix Read(Hdf5Content content, string? genome)
    {
        var current = IsMatrix(content, "matrix");
        var group = current ? "matrix" : Genome(content, genome);
        var shape = content.Wholes($"{group}/shape", int.MaxValue);
        if (shape is not [var geneCount, var cellCount])
            throw content.Fault($"{group}/shape", $"{shape.Length} lengths", "two, of genes and cells");
        var features = $"{group}/features";
        List<string?[]> columns = current
            ? [content.Texts($"{features}/id"), content.Texts($"{features}/name")]
            : [content.Texts($"{group}/genes"), content.Texts($"{group}/gene_names")];
        if (current && content.HasDataset($"{features}/feature_type"))
            columns.Add(content.Texts($"{features}/feature_type"));
        foreach (var column in columns) CheckCount(content, features, column.Length, geneCount);
        var genes = TenxMatrixReader.GeneTable(columns);
        foreach (var extra in current ? content.Children(features) : [])
        {
            var at = $"{features}/{extra}";
            if (extra is "id" or "name" or "feature_type" || !content.HasDataset(at)
                || content.Dimensions(at) is not [var length]
                || length != geneCount || !content.IsText(at)) continue;
            genes = genes.With(extra, content.Texts(at));
        }
        var barcodes = content.Texts($"{group}/barcodes");
        CheckCount(content, $"{group}/barcodes", barcodes.Length, cellCount);
        var cells = new AnnotationTable(barcodes);
        // Columns of a matrix of genes x cells are rows of cells x genes.
        var values = Hdf5Matrix.Compressed(content, group, cellCount, geneCount);
        return new AnnotatedMatrix(values, cells, genes)
        {
            Metadata = new Dictionary<string, string>
            {
                ["format"] = current ? "10x HDF5, version 3" : "10x HDF5, version 2",
                ["group"] = group
            },
            Remarks = Remarks.Of(cells, genes),
        };
    }

    /// <summary>Whether a group is such a matrix of either version.</summary>
    public static bool IsMatrix(Hdf5Content content, string group) => content.HasGroup(group)
        && content.HasDataset($"{group}/indptr") && content.HasDataset($"{group}/barcodes");

    private static string Genome(Hdf5Content content, string? wanted)
    {
        string[] genomes = [.. content.Children("/").Where(child => IsMatrix(content, child))];
        if (wanted is null && genomes is [var only]) return only;
        if (wanted is not null && genomes.Contains(wanted)) return wanted;
        throw content.Fault(
            "/", genomes.Length == 0 ? "no group of a matrix" : $"the genomes {string.Join(", ", genomes)}",
            wanted ?? "one group", genomes.Length > 1 ? "Name the genome to read (Genome)." : Hdf5Content.Remedy);
    }

    private static void CheckCount(Hdf5Content content, string path, int found, int expected)
    {
        if (found != expected) throw content.Fault(path, $"{found} names", $"{expected}, as the shape says");
    }
}
