namespace Gsr.SingleCell.Reading;

/// <summary>
/// The three files that Cell Ranger writes: matrix.mtx, genes.tsv (version 2) or features.tsv (version 3), and
/// barcodes.tsv, each plain or gzip, with a common prefix or without (GEO adds one).
/// </summary>
internal sealed record TenxTriple(string Matrix, string Genes, string Barcodes)
{
    private const string Remedy = "Put matrix.mtx, genes.tsv or features.tsv, and barcodes.tsv (or .gz) side by side.";
    private static readonly string[] s_matrix = ["matrix.mtx", "matrix.mtx.gz"];
    private static readonly string[] s_genes = ["features.tsv", "features.tsv.gz", "genes.tsv", "genes.tsv.gz"];
    private static readonly string[] s_barcodes = ["barcodes.tsv", "barcodes.tsv.gz"];

    /// <summary>Finds the files of a folder, or beside one of them.</summary>
    /// <param name="path">A folder, whose only subfolder may hold the files, or the matrix.</param>
    public static TenxTriple Find(string path)
    {
        if (!Directory.Exists(path))
        {
            string name = Path.GetFileName(path);
            string? ending = s_matrix.FirstOrDefault(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase));
            return Beside(path, ending is null ? "" : name[..^ending.Length]);
        }
        string[] matrices = Matrices(path);
        if (matrices.Length == 0 && Directory.GetDirectories(path) is [var only])
            matrices = Matrices(only);
        if (matrices is not [var matrix])
        {
            throw new DataFormatException(path, null, "folder", matrices.Length == 0
                ? "no matrix.mtx" : string.Join(", ", matrices.Select(Path.GetFileName)), "one matrix.mtx or matrix.mtx.gz", matrices.Length == 0
                ? Remedy : "Name the matrix instead of its folder.");
        }
        return Find(matrix);
    }

    private static string[] Matrices(string folder) =>
    [
        .. Directory.GetFiles(folder)
            .Where(file => s_matrix.Any(e => file.EndsWith(e, StringComparison.OrdinalIgnoreCase)))
            .Order(StringComparer.Ordinal),
    ];

    private static TenxTriple Beside(string matrix, string prefix)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(matrix))!;
        return new TenxTriple(matrix, Existing(s_genes), Existing(s_barcodes));

        string Existing(string[] names) =>
            names.Select(name => Path.Combine(folder, prefix + name)).FirstOrDefault(File.Exists)
            ?? throw new DataFormatException(matrix, null, "files beside it", "none of " + string.Join(", ", names.Select(n => prefix + n)),
                "one of them", Remedy);
    }
}
