namespace Gsr.SingleCell.Reading;

/// <summary>
/// Reads 10x matrices: MatrixMarket with genes in rows, a file of genes and a file of barcodes. Genes are named by their
/// symbols (column 2) where there are any, and get the columns gene_ids and feature_types as in scanpy; further columns
/// are called column4 and so on, those of the barcodes column2 and so on.
/// </summary>
public static class TenxMatrixReader
{
    /// <summary>Reads a folder, or a matrix with its two files beside it.</summary>
    /// <param name="path">The folder or the .mtx file.</param>
    /// <param name="naming">Which column names the genes.</param>
    /// <exception cref="DataFormatException">A file is missing, damaged, or contradicts another.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static AnnotatedMatrix Read(string path, GeneNaming naming = GeneNaming.Symbol)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        TenxTriple files = TenxTriple.Find(path);
        using FileStream matrix = SingleCellFile.Open(files.Matrix);
        using FileStream genes = SingleCellFile.Open(files.Genes);
        using FileStream barcodes = SingleCellFile.Open(files.Barcodes);
        return Read((matrix, files.Matrix), (genes, files.Genes), (barcodes, files.Barcodes), naming);
    }

    internal static AnnotatedMatrix Read((Stream Stream, string Name) matrix, (Stream Stream, string Name) genes,
        (Stream Stream, string Name) barcodes, GeneNaming naming)
    {
        List<string?[]> geneColumns = NameFile.Read(genes.Stream, genes.Name);
        List<string?[]> cellColumns = NameFile.Read(barcodes.Stream, barcodes.Name);
        using var lines = new TextLines(matrix.Stream, matrix.Name);
        MatrixMarketHeader header = MatrixMarketHeader.Read(lines);

        bool columnsAreCells = true;
        if (!Fits(header.Rows, header.Columns) && Fits(header.Columns, header.Rows)) columnsAreCells = false;
        (int geneCount, int cellCount) = columnsAreCells ? (header.Rows, header.Columns) : (header.Columns, header.Rows);
        geneColumns = NameFile.WithoutHeading(geneColumns, geneCount);
        cellColumns = NameFile.WithoutHeading(cellColumns, cellCount);
        CheckCount(genes.Name, geneColumns, geneCount, "genes", matrix.Name);
        CheckCount(barcodes.Name, cellColumns, cellCount, "cells", matrix.Name);

        SparseMatrix values = MatrixMarketReader.Read(lines, header, columnsAreCells);
        var cellTable = new AnnotationTable(cellColumns[0]!);
        for (int i = 1; i < cellColumns.Count; i++)
            cellTable = cellTable.With($"column{i + 1}", cellColumns[i]);
        AnnotationTable geneTable = GeneTable(geneColumns, naming);
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
            throw new DataFormatException(file, null, "number of lines", $"{found}", $"{expected}, the {what} of {matrix}",
                "The three files have to come from one run: fetch or export them together.");
        }
    }

    /// <summary>The table of genes from the columns identifier, symbol, type and others.</summary>
    internal static AnnotationTable GeneTable(List<string?[]> columns, GeneNaming naming)
    {
        if (columns.Count < 2) return new AnnotationTable(columns[0]!);
        string?[] identifiers = columns[0];
        // A line without a symbol keeps its identifier as its name.
        string?[] symbols = [.. columns[1].Select((symbol, i) => string.IsNullOrEmpty(symbol) ? identifiers[i] : symbol)];
        AnnotationTable table = naming == GeneNaming.Symbol
            ? new AnnotationTable(symbols!).With("gene_ids", identifiers)
            : new AnnotationTable(identifiers!).With("gene_symbols", symbols);
        for (int i = 2; i < columns.Count; i++)
            table = table.With(i == 2 ? "feature_types" : $"column{i + 1}", columns[i]);
        return table;
    }
}
