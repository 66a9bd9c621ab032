using System.Text;

namespace Gsr.SingleCell.Reading;

/// <summary>
/// Reads 10x matrices: MatrixMarket with genes in rows, a file of genes and a file of barcodes. Genes are named by
/// their symbols (column 2) where there are any, and get the columns gene_ids and feature_types as in scanpy; further
/// columns are called column4 and so on, those of the barcodes column2 and so on.
/// </summary>
internal static class TenxMatrixReader
{
    /// <summary>Reads a folder, or a matrix with its two files beside it.</summary>
    public static AnnotatedMatrix Read(string path)
    {
        TenxTriple files = TenxTriple.Find(path);
        using var matrix = SingleCellFile.Open(files.Matrix);
        using var genes = SingleCellFile.Open(files.Genes);
        using var barcodes = SingleCellFile.Open(files.Barcodes);
        return Read((matrix, files.Matrix), (genes, files.Genes), (barcodes, files.Barcodes));
    }

    public static AnnotatedMatrix Read((Stream Stream, string Name) matrix, (Stream Stream, string Name) genes,
        (Stream Stream, string Name) barcodes)
    {
        var geneColumns = NameFile.Read(genes.Stream, genes.Name);
        var cellColumns = NameFile.Read(barcodes.Stream, barcodes.Name);
        using var lines = new TextLines(matrix.Stream, matrix.Name);
        MatrixMarketHeader header = MatrixMarketHeader.Read(lines);

        bool columnsAreCells = true;
        if (!Fits(header.Rows, header.Columns) && Fits(header.Columns, header.Rows)) columnsAreCells = false;
        (int geneCount, int cellCount) = columnsAreCells ? (header.Rows, header.Columns)
            : (header.Columns, header.Rows);
        geneColumns = NameFile.WithoutHeading(geneColumns, geneCount);
        cellColumns = NameFile.WithoutHeading(cellColumns, cellCount);
        CheckCount(genes.Name, geneColumns, geneCount, "genes", matrix.Name);
        CheckCount(barcodes.Name, cellColumns, cellCount, "cells", matrix.Name);

        var values = MatrixMarketReader.Read(lines, header, columnsAreCells);
        var cellTable = new AnnotationTable(cellColumns[0]!);
        for (int i = 1; i < cellColumns.Count; i++)
            cellTable = cellTable.With($"column{i + 1}", cellColumns[i]);
        var geneTable = GeneTable(geneColumns);
        return new AnnotatedMatrix(values, cellTable, geneTable)
        {
            Metadata = new Dictionary<string, string> { ["format"] = "10x MatrixMarket" },
            Remarks = Remarks.Of(cellTable, geneTable, columnsAreCells ? null : "The file holds cells in rows."),
        };

        bool Fits(int rows, int columns) =>
            NameFile.WithoutHeading(geneColumns, rows) is [var g, ..] && g.Length == rows
            && NameFile.WithoutHeading(cellColumns, columns) is [var c, ..] && c.Length == columns;
    }

    private static void CheckCount(string file, List<string?[]> columns, int expected, string what, string matrix)
    {
        int found = columns.Count == 0 ? 0 : columns[0].Length;
        if (found != expected)
        {
            throw new DataFormatException(
                file, null, "number of lines", $"{found}", $"{expected}, the {what} of {matrix}",
                "The three files have to come from one run: fetch or export them together.");
        }
    }

    /// <summary>The table of genes from the columns identifier, symbol, type and others.</summary>
    public static AnnotationTable GeneTable(List<string?[]> columns)
    {
        if (columns.Count < 2) return new AnnotationTable(columns[0]!);
        string?[] identifiers = columns[0];
        // A line without a symbol keeps its identifier as its name.
        string?[] symbols = [
            .. columns[1].Select((symbol, i) => string.IsNullOrEmpty(symbol) ? identifiers[i] : symbol)];
        var table = new AnnotationTable(symbols!).With("gene_ids", identifiers);
        for (int i = 2; i < columns.Count; i++)
            table = table.With(i == 2 ? "feature_types" : $"column{i + 1}", columns[i]);
        return table;
    }
}

/// <summary>
/// The three files that Cell Ranger writes: matrix.mtx, genes.tsv (version 2) or features.tsv (version 3), and
/// barcodes.tsv, each plain or gzip, with a common prefix or without (GEO adds one).
/// </summary>
internal sealed record TenxTriple(string Matrix, string Genes, string Barcodes)
{
    private const string Remedy = "Put matrix.mtx, genes.tsv or features.tsv, and barcodes.tsv (or .gz) side by side.";
    private static readonly string[] MatrixFiles = ["matrix.mtx", "matrix.mtx.gz"];
    private static readonly string[] GeneFiles = ["features.tsv", "features.tsv.gz", "genes.tsv", "genes.tsv.gz"];
    private static readonly string[] BarcodeFiles = ["barcodes.tsv", "barcodes.tsv.gz"];

    /// <summary>Finds the files of a folder, or beside one of them.</summary>
    /// <param name="path">A folder, whose only subfolder may hold the files, or the matrix.</param>
    public static TenxTriple Find(string path)
    {
        if (!Directory.Exists(path))
        {
            string name = Path.GetFileName(path);
            string? ending = MatrixFiles.FirstOrDefault(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase));
            return Beside(path, ending is null ? "" : name[..^ending.Length]);
        }
        string[] matrices = Matrices(path);
        if (matrices.Length == 0 && Directory.GetDirectories(path) is [var only]) matrices = Matrices(only);
        if (matrices is not [var matrix])
        {
            throw new DataFormatException(path, null, "folder", matrices.Length == 0
                ? "no matrix.mtx" : string.Join(", ", matrices.Select(Path.GetFileName)),
                    "one matrix.mtx or matrix.mtx.gz", matrices.Length == 0
                ? Remedy : "Name the matrix instead of its folder.");
        }
        return Find(matrix);
    }

    private static string[] Matrices(string folder) =>
    [
        .. Directory.GetFiles(folder)
            .Where(file => MatrixFiles.Any(e => file.EndsWith(e, StringComparison.OrdinalIgnoreCase)))
            .Order(StringComparer.Ordinal),
    ];

    private static TenxTriple Beside(string matrix, string prefix)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(matrix))!;
        return new TenxTriple(matrix, Existing(GeneFiles), Existing(BarcodeFiles));

        string Existing(string[] names) =>
            names.Select(name => Path.Combine(folder, prefix + name)).FirstOrDefault(File.Exists)
            ?? throw new DataFormatException(
                matrix, null, "files beside it", "none of " + string.Join(", ", names.Select(n => prefix + n)),
                "one of them", Remedy);
    }
}

/// <summary>The tab-separated files beside a 10x matrix: one line per gene or cell, the name first.</summary>
internal static class NameFile
{
    private static readonly HashSet<string> Headings = new(StringComparer.OrdinalIgnoreCase)
    {
        "", "x", "id", "gene", "genes", "gene_id", "gene_name", "feature", "features", "symbol", "barcode", "barcodes",
            "cell", "cells", "cell_id",
    };

    /// <summary>Reads all lines as columns, as many as the first line has; missing fields are null.</summary>
    /// <param name="stream">The whole file, plain or gzip.</param>
    /// <param name="name">What error messages call it.</param>
    public static List<string?[]> Read(Stream stream, string name)
    {
        using var lines = new TextLines(stream, name);
        var columns = new List<List<string?>>();
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        while (lines.Read())
        {
            var rest = lines.Line;
            if (rest.Contains((byte)0)) throw lines.Fault("name", "a zero byte", "text", TextLines.Remedy);
            if (lines.Number == 1)
            {
                for (int i = rest.Count((byte)'\t'); i >= 0; i--) columns.Add([]);
            }
            for (int i = 0; i < columns.Count; i++)
            {
                int end = rest.IndexOf((byte)'\t');
                var field = end < 0 ? rest : rest[..end];
                bool missing = end < 0 && rest.IsEmpty && i > 0;
                rest = end < 0 ? [] : rest[(end + 1)..];
                columns[i].Add(missing ? null : Text(field, i < 2 ? null : known));
            }
            if (columns[0][^1]!.Length == 0 && lines.Number > 1)
                throw lines.Fault("name", "nothing", "a name", "Remove empty lines, or fetch the file again.");
        }
        return columns.ConvertAll(column => column.ToArray());
    }

    /// <summary>The columns without a first line that is a heading over the expected number of lines.</summary>
    public static List<string?[]> WithoutHeading(List<string?[]> columns, int expected) =>
        columns.Count > 0 && columns[0].Length == expected + 1 && Headings.Contains(columns[0][0]!)
            ? columns.ConvertAll(column => column[1..])
            : columns;

    // The third column says "Gene Expression" in every line: one string for all of them.
    private static string Text(ReadOnlySpan<byte> field, Dictionary<string, string>? known)
    {
        if (field.Length > 1 && field[0] == '"' && field[^1] == '"') field = field[1..^1];
        string text = Encoding.UTF8.GetString(field);
        if (known is null) return text;
        if (known.TryGetValue(text, out string? same)) return same;
        return known[text] = text;
    }
}
