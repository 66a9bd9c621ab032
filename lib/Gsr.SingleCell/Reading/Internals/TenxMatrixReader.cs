namespace Gsr.SingleCell.Reading;

/// <summary>
/// Reads 10x matrices: MatrixMarket with genes in rows, a file of genes and a file of barcodes. Genes are named by
/// their symbols (column 2) where there are any, and get the columns gene_ids and feature_types as in scanpy; further
/// columns are called column4 and so on, those of the barcodes column2 and so on.
/// </summary>
internal static class TenxMatrixReader
{
    /// <summary>Reads the matrix of a folder, which may lie in a folder below it.</summary>
    public static AnnotatedMatrix ReadFolder(string path, string? genome, Watch watch)
    {
        var (files, remark) = TenxTriple.InFolder(path, genome);
        return remark is null ? Read(files, watch) : Read(files, watch).WithRemark(remark);
    }

    /// <summary>Reads a matrix with its two files beside it.</summary>
    public static AnnotatedMatrix Read(string path, Watch watch) => Read(TenxTriple.Beside(path), watch);

    private static AnnotatedMatrix Read(TenxTriple files, Watch watch)
    {
        using var matrix = new WatchedFile(files.Matrix, 0, watch);
        using var genes = SingleCellFile.OpenText(files.Genes);
        using var barcodes = SingleCellFile.OpenText(files.Barcodes);
        return Read((matrix, files.Matrix), (genes, files.Genes), (barcodes, files.Barcodes));
    }

    public static AnnotatedMatrix Read((Stream Stream, string Name) matrix, (Stream Stream, string Name) genes,
        (Stream Stream, string Name) barcodes)
    {
        var geneColumns = NameFile.Read(genes.Stream, genes.Name, out var geneEncoding);
        var cellColumns = NameFile.Read(barcodes.Stream, barcodes.Name, out var cellEncoding);
        using var lines = new TextLines(matrix.Stream, matrix.Name);
        var header = MatrixMarketHeader.Read(lines);

        var columnsAreCells = true;
        if (!Fits(header.Rows, header.Columns) && Fits(header.Columns, header.Rows)) columnsAreCells = false;
        (var geneCount, var cellCount) = columnsAreCells ? (header.Rows, header.Columns)
            : (header.Columns, header.Rows);
        geneColumns = NameFile.Only(geneColumns, geneCount);
        cellColumns = NameFile.Only(cellColumns, cellCount);
        CheckCount(genes.Name, geneColumns, geneCount, "genes", matrix.Name);
        CheckCount(barcodes.Name, cellColumns, cellCount, "cells", matrix.Name);

        var values = MatrixMarketReader.Read(lines, header, columnsAreCells, matrix.Stream);
        var cellTable = new AnnotationTable(cellColumns[0]!);
        for (var i = 1; i < cellColumns.Count; i++)
            cellTable = cellTable.With($"column{i + 1}", cellColumns[i]);
        var geneTable = GeneTable(geneColumns);
        return new AnnotatedMatrix(values, cellTable, geneTable)
        {
            Metadata = new Dictionary<string, string> { ["format"] = "10x MatrixMarket" },
            Remarks = Remarks.Of(cellTable, geneTable,
                columnsAreCells ? null : "The file holds cells in rows.", geneEncoding, cellEncoding),
        };

        bool Fits(int rows, int columns) =>
            NameFile.Only(geneColumns, rows) is [var g, ..] && g.Length == rows
            && NameFile.Only(cellColumns, columns) is [var c, ..] && c.Length == columns;
    }

    private static void CheckCount(string file, List<string?[]> columns, int expected, string what, string matrix)
    {
        var found = columns.Count == 0 ? 0 : columns[0].Length;
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
        var identifiers = columns[0];
        // A line without a symbol keeps its identifier as its name.
        string?[] symbols = [
            .. columns[1].Select((symbol, i) => string.IsNullOrEmpty(symbol) ? identifiers[i] : symbol)];
        var table = new AnnotationTable(symbols!).With("gene_ids", identifiers);
        for (var i = 2; i < columns.Count; i++)
            table = table.With(i == 2 ? "feature_types" : $"column{i + 1}", columns[i]);
        return table;
    }
}
