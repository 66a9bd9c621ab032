namespace Gsr.SingleCell.Reading;

/// <summary>
/// The three files that Cell Ranger writes: matrix.mtx, genes.tsv (version 2) or features.tsv (version 3), and
/// barcodes.tsv, each plain or gzip, with a common prefix or without (GEO adds one); or those of kallisto and bustools.
/// </summary>
internal sealed record TenxTriple(string Matrix, string Genes, string Barcodes)
{
    private const string Remedy = "Put matrix.mtx, genes.tsv or features.tsv, and barcodes.tsv (or .gz) side by side.";
    private const int Depth = 3;
    private static readonly string[] MatrixFiles = ["matrix.mtx", "matrix.mtx.gz", "cells_x_genes.mtx"];
    private static readonly string[] GeneFiles = [
        "features.tsv", "features.tsv.gz", "genes.tsv", "genes.tsv.gz", "cells_x_genes.genes.txt"];
    private static readonly string[] BarcodeFiles = [
        "barcodes.tsv", "barcodes.tsv.gz", "cells_x_genes.barcodes.txt"];

    /// <summary>The files beside a matrix.</summary>
    public static TenxTriple Beside(string matrix)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(matrix))!;
        return Of(matrix, [.. Directory.GetFiles(folder).Select(Path.GetFileName)!], Path.GetFileName(matrix))
            .Map(name => Path.Combine(folder, name)) with
        { Matrix = matrix };
    }

    /// <summary>The one matrix of a folder, or of the folders in it.</summary>
    public static (TenxTriple Files, string? Remark) InFolder(string folder, string? genome)
    {
        var search = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = Depth };
        string[] names = [.. Directory.EnumerateFiles(folder, "*", search)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];
        (var triple, var remark) = Only(folder, names, genome);
        return (triple.Map(name => Path.Combine(folder, name)), remark);
    }

    /// <summary>
    /// The one matrix among names with folders, "/" between them: those of the genome's folder, of fewest folders, and
    /// the filtered one of Cell Ranger's two, go before others.
    /// </summary>
    /// <param name="file">What error messages call the folder or archive.</param>
    /// <param name="names">The names of its files.</param>
    /// <param name="genome">The name of the matrix's folder, or null.</param>
    public static (TenxTriple Files, string? Remark) Only(
        string file, IReadOnlyCollection<string> names, string? genome)
    {
        string[] all = [.. names.Where(name => EndingOf(name) is not null)];
        var some = genome is null ? all : [.. all.Where(name => name.Split('/')[..^1].Contains(genome))];
        string[] top = [.. some.Where(name => Levels(name) == some.Min(Levels))];
        string[] filtered = [.. top.Where(name => name.Contains("filtered", StringComparison.OrdinalIgnoreCase))];
        var one = top is [var only] ? only : filtered is [var single] ? single : null;
        if (one is not null)
        {
            var remark = all.Length == 1 ? null
                : $"Of the matrices {Remarks.Listed(all)} '{one}' was read.";
            return (Of(file, names, one), remark);
        }
        throw all.Length == 0
            ? new DataFormatException(file, null, "files", names.Count == 0 ? "none" : Remarks.Listed([.. names]),
                "one matrix.mtx or matrix.mtx.gz", Remedy)
            : new DataFormatException(file, null, "matrices", Remarks.Listed(all), genome is null ? "one"
                : $"one in a folder '{genome}'", "Name one of them instead, or its folder, or its genome (Genome).");

        static int Levels(string name) => name.Count(c => c == '/');
    }

    private TenxTriple Map(Func<string, string> path) => new(path(Matrix), path(Genes), path(Barcodes));

    private static TenxTriple Of(string file, IReadOnlyCollection<string> names, string matrix)
    {
        var prefix = matrix[..^(EndingOf(matrix)?.Length ?? Path.GetFileName(matrix).Length)];
        return new TenxTriple(matrix, Existing(GeneFiles), Existing(BarcodeFiles));

        string Existing(string[] endings) =>
            endings.Select(ending => prefix + ending).FirstOrDefault(names.Contains)
            ?? throw new DataFormatException(file, null, "files beside the matrix",
                "none of " + string.Join(", ", endings.Select(ending => prefix + ending)), "one of them", Remedy);
    }

    private static string? EndingOf(string name) =>
        MatrixFiles.FirstOrDefault(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
