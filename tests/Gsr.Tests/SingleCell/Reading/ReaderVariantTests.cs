using System.Text;
using Gsr.SingleCell;
using Gsr.SingleCell.Reading;

namespace Gsr.Tests.SingleCell.Reading;

/// <summary>Small files in every variant of the formats of text and of cytometry.</summary>
public sealed class ReaderVariantTests
{
    private const string Body = "3 2 4\n3 1 5\n1 1 12\n2 2 7\n1 2 300\n";

    [Theory]
    [InlineData("%%MatrixMarket matrix coordinate integer general\n" + Body)]
    [InlineData(
        "%%MatrixMarket matrix coordinate real general\n%comment\n%\n\n3 2 4\n1 1 1.2e1\n3\t1   5.0 \n1 2 300\n2 2 7")]
    [InlineData(
        "%%matrixmarket MATRIX Coordinate Integer GENERAL\r\n3 2 4\r\n1 1 12\r\n3 1 5\r\n1 2 300\r\n2 2 7\r\n",
        "%%MatrixMarket")]
    [InlineData("%%MatrixMarket matrix coordinate integer general\n2 3 4\n1 1 12\n1 3 5\n2 1 300\n2 2 7\n")]
    public void Variants_of_matrix_market_hold_the_same_matrix(string matrix, string? banner = null)
    {
        if (banner is not null) matrix = banner + matrix[banner.Length..];
        foreach (var gzip in (bool[])[false, true])
        {
            var cells = Triple(matrix, "ENSG1\tACTB\nENSG2\tCD4\nENSG3\tCD4\n", "AAAC-1\nAAAG-1\n", gzip);
            Assert.Equal([12, 0, 5, 300, 7, 0], cells.Values.ToArray());
            Assert.Equal(["ACTB", "CD4", "CD4-1"], cells.GeneTable.Names);
            Assert.Equal(["ENSG1", "ENSG2", "ENSG3"], cells.GeneTable.Text("gene_ids"));
            Assert.Equal(["AAAC-1", "AAAG-1"], cells.CellTable.Names);
        }
    }

    [Theory]
    [InlineData("pattern", "symmetric", "2 1\n3 3\n", new float[] { 0, 1, 0, 1, 0, 0, 0, 0, 1 })]
    [InlineData("integer", "symmetric", "2 1 4\n3 3 5\n", new float[] { 0, 4, 0, 4, 0, 0, 0, 0, 5 })]
    [InlineData("real", "skew-symmetric", "2 1 4\n3 2 5\n", new float[] { 0, 4, 0, -4, 0, 5, 0, -5, 0 })]
    public void Symmetric_matrices_are_filled(string field, string symmetry, string entries, float[] expected)
    {
        var cells = Triple(
            $"%%MatrixMarket matrix coordinate {field} {symmetry}\n3 3 2\n{entries}", "a\nb\nc\n", "x\ny\nz\n");
        Assert.Equal(expected, cells.Values.ToArray());
    }

    [Theory]
    [InlineData("a\nb\nc\n", new[] { "a", "b", "c" }, new string[0])]
    [InlineData("gene_id\nb\nc\nd\n", new[] { "b", "c", "d" }, new string[0])]
    [InlineData(
        "a\tA\tGene Expression\tchr1\nb\t\tGene Expression\nc\tC\n", new[] { "A", "b", "C" },
        new[] { "gene_ids", "feature_types", "column4" })]
    public void Gene_files_may_have_more_or_fewer_columns(string genes, string[] names, string[] columns)
    {
        var cells = Triple("%%MatrixMarket matrix coordinate integer general\n" + Body, genes, "x\ny\n");
        Assert.Equal(names, cells.GeneTable.Names);
        Assert.Equal(columns, cells.GeneTable.ColumnNames);
        if (columns.Length == 3) Assert.Equal([("chr1"), null, null], cells.GeneTable.Text("column4"));
    }

    [Theory]
    [InlineData("", "line 0, banner", "MatrixMarket")]
    [InlineData("1 2 3\n", "line 1, banner: found '1 2 3'", "MatrixMarket")]
    [InlineData("%%MatrixMarket matrix array real general\n2 2\n", "line 1, banner", "coordinate")]
    [InlineData("%%MatrixMarket matrix coordinate complex general\n", "line 1, banner", "integer, real or pattern")]
    [InlineData(
        "%%MatrixMarket matrix coordinate integer general\n3 2\n", "line 2, size: found '3 2'",
        "rows, columns and entries")]
    [InlineData(
        "%%MatrixMarket matrix coordinate integer general\n3 2 999999\n", "line 2, size: found 999999 entries",
        "at most 3 x 2")]
    [InlineData(
        "%%MatrixMarket matrix coordinate integer general\n3000000 2000000 999999999\n", "999999999 entries",
        "bytes can hold")]
    [InlineData(
        "%%MatrixMarket matrix coordinate integer general\n3 2 4\n3 1 5\n1 1 12\n2 2 7\n",
        "line 6: found the end after 3 entries", "truncated")]
    [InlineData(
        "%%MatrixMarket matrix coordinate integer general\n" + Body + "1 1 1\n", "line 7, entry",
        "the end after 4 entries")]
    [InlineData("%%MatrixMarket matrix coordinate integer general\n3 2 1\n4 1 5\n", "line 3, row: found '4'", "1 to 3")]
    [InlineData("%%MatrixMarket matrix coordinate integer general\n3 2 1\n0 1 5\n", "line 3, row: found '0'", "1 to 3")]
    [InlineData(
        "%%MatrixMarket matrix coordinate integer general\n3 2 1\n1 1 x\n", "line 3, value: found '1 1 x'",
        "row, column and a number")]
    [InlineData(
        "%%MatrixMarket matrix coordinate integer general\n3 2 2\n1 1 2\n1 1 3\n",
        "gene 1 of cell 1: found two entries", "one at most")]
    [InlineData(
        "%%MatrixMarket matrix coordinate integer general\n5 2 1\n1 1 2\n", "genes.tsv: number of lines: found 3",
        "5, the genes of matrix.mtx")]
    [InlineData(
        "%%MatrixMarket matrix coordinate integer general\n3 7 1\n1 1 2\n", "barcodes.tsv: number of lines: found 2",
        "7, the cells of matrix.mtx")]
    public void Bad_matrices_are_refused_with_their_place(string matrix, string place, string expected)
    {
        var error = Assert.Throws<DataFormatException>(() => Triple(matrix, "a\nb\nc\n", "x\ny\n"));
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(",ACTB,CD4\nc1,0,1.5\nc2,3,0\n")]
    [InlineData("cell_id\tACTB\tCD4\r\nc1\t0\t1.5\r\nc2\t3\t0\r\n")]
    [InlineData("\uFEFFcell;ACTB;CD4\nc1;0;1,5\nc2;3;0")]
    [InlineData("\"ACTB\",\"CD4\"\n\"c1\",0,1.5\n\"c2\",3,0\n")]
    [InlineData("gene,c1,c2\nACTB,0,3\n\n\"CD4\",1.5E0,0\n")]
    [InlineData("\tc1\tc2\nENSG00000156738\t0\t3\nENSG00000156739\t1.5\t0\n", "ENSG00000156738")]
    [InlineData(",AAACCCAAGG,AAACCCAAGT\nx1,0,3\nx2,1.5,0\n", "x1")]
    public void Tables_are_read_either_way_round(string table, string firstGene = "ACTB")
    {
        foreach (var file in (byte[][])[SmallFiles.Text(table), SmallFiles.Gzip(table)])
        {
            var cells = Table(file);
            Assert.Equal([0, 1.5f, 3, 0], cells.Values.ToArray());
            Assert.Equal(firstGene, cells.GeneTable.Names[0]);
        }
    }

    [Fact]
    public void Tallies_and_text_columns_are_no_genes()
    {
        var cells = Table(
            SmallFiles.Text("gene\tc1\tc2\nCD4\t1\t2\n__no_feature\t7\t8\nambiguous\t9\t0\n"));
        Assert.Equal(["CD4"], cells.GeneTable.Names);
        Assert.Equal([7.0, 8], cells.CellTable.Numbers("htseq_no_feature"));
        Assert.Equal([9.0, 0], cells.CellTable.Numbers("htseq_ambiguous"));
        var typed = Table(SmallFiles.Text("cell,type,CD4,note\nc1,\"B, \"\"naive\"\"\",1,x\nc2,NA,2,\n"));
        Assert.Equal(["CD4"], typed.GeneTable.Names);
        Assert.Equal(["B, \"naive\"", null], typed.CellTable.Text("type"));
        Assert.Equal(["x", null], typed.CellTable.Text("note"));
    }

    [Theory]
    [InlineData("", "heading")]
    [InlineData("a,b\n", "line 1, row")]
    [InlineData("abc\ndef\n", "separator")]
    [InlineData("cell,a,b\nc1,1,2\nc2,1\n", "line 3, fields: found 2; expected 3")]
    [InlineData("cell,a,b\nc1,1,2\nc2,1,2,3\n", "line 3, fields: found more than 3")]
    [InlineData("cell,a,b\nc1,1,2\nc2,1,x\n", "line 3, field 3 ('b'): found 'x'; expected a number")]
    [InlineData("cell,a,b\nc1,1,2\n\"c2,1,2\n", "line 3, field 1: found a quote that is not closed")]
    [InlineData("cell,a,b\nc1,1,2\nc2,\0,2\n", "line 3, text: found a zero byte")]
    public void Bad_tables_are_refused_with_their_place(string table, string place)
    {
        var error = Assert.Throws<DataFormatException>(() => Table(SmallFiles.Text(table)));
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('F', "1,2,3,4", 32, 32)]
    [InlineData('F', "4,3,2,1", 32, 32)]
    [InlineData('F', "3,4,1,2", 32, 32)]
    [InlineData('D', "1,2,3,4", 64, 64)]
    [InlineData('D', "8,7,6,5,4,3,2,1", 64, 64)]
    [InlineData('I', "1,2,3,4", 8, 16)]
    [InlineData('I', "4,3,2,1", 16, 16)]
    [InlineData('I', "2,1", 16, 16)]
    [InlineData('I', "1,2,3,4", 24, 40)]
    [InlineData('I', "4,3,2,1", 24, 64)]
    [InlineData('I', "4,3,2,1", 10, 7)]
    [InlineData('I', "1,2,3,4", 10, 12)]
    [InlineData('I', "3,4,1,2", 32, 32)]
    public void Events_of_any_width_and_order_are_read(char type, string order, int first, int second)
    {
        double[][] events = [
            .. Enumerable.Range(0, 21)
                .Select(i => (double[])[type == 'I' ? i * 11 : i * 1.25, type == 'I' ? 100 - i : -i / 8.0])];
        foreach (var version in (string[])["FCS2.0", "FCS3.0", "FCS3.1"])
        {
            var file = new FcsFile
            {
                Version = version,
                Type = type,
                ByteOrder = order,
                Bits = [first, second],
                Events = events,
                FarOffsets = version == "FCS3.1"
            };
            var matrix = Events(file);
            Assert.Equal(events.SelectMany(row => row).Select(value => (float)value), matrix.Values.ToArray());
            Assert.Equal((version, 21), (matrix.Metadata["format"], matrix.CellCount));
        }
    }

    [Fact]
    public void Channels_are_named_by_stain_or_instrument_and_scales_are_noted()
    {
        var file = new FcsFile
        {
            Delimiter = '|',
            Type = 'I',
            Bits = [16, 16],
            Events = [[1027, 2], [3, 4]],
            Keywords = new()
            {
                ["$P1S"] = "CD4|CD8",
                ["$P1R"] = "1024",
                ["$P2E"] = "4,1",
                ["$TOT"] = null,
                ["EXTRA"] = "a||b",
            },
        };
        var matrix = Events(file);
        Assert.Equal(["CD4|CD8", "Ch2"], matrix.GeneTable.Names);
        Assert.Equal(["Ch1", "Ch2"], matrix.GeneTable.Text("channel"));
        // 1027 has a bit beyond the range of 1024: it is masked.
        Assert.Equal([3, 2, 3, 4], matrix.Values.ToArray());
        Assert.Equal([0.0, 4], matrix.GeneTable.Numbers("log_decades"));
        Assert.Equal("a||b", matrix.Metadata["EXTRA"]);
        Assert.Contains(
            matrix.Remarks, remark =>
                remark.StartsWith("1 channels are on a logarithmic scale", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("$PAR", "0", "$PAR: found '0'")]
    [InlineData("$PAR", "99999", "$PAR: found 99999")]
    [InlineData("$TOT", "3", "DATA")]
    [InlineData("$MODE", "C", "$MODE: found 'C'")]
    [InlineData("$DATATYPE", "A", "$DATATYPE: found 'A'")]
    [InlineData("$BYTEORD", "1,1,3,4", "$BYTEORD: found '1,1,3,4'")]
    [InlineData("$P2B", "16", "$P2B: found '16'; expected 32 to 32")]
    [InlineData("$P2B", null, "$P2B: found nothing")]
    public void Bad_cytometry_is_refused_with_its_keyword(string keyword, string? value, string place)
    {
        var error = Assert.Throws<DataFormatException>(
            () => Events(new FcsFile { Keywords = new() { [keyword] = value } }));
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Formats_are_detected_by_content()
    {
        Assert.Equal(
            "FCS3.1", SingleCellFile.Read(new MemoryStream(new FcsFile().ToBytes()), "data.csv").Metadata["format"]);
        Assert.Equal(
            "text divided by tabs", SingleCellFile.Read(
                new MemoryStream(SmallFiles.Gzip("cell\ta\nx\t1\n")), "data.csv").Metadata["format"]);
        Assert.Contains("ZIP", Refused("PK\u0003\u0004....."u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("empty", Refused([]), StringComparison.Ordinal);
        Assert.Contains("binary", Refused([1, 2, 0, 3]), StringComparison.Ordinal);

        static string Refused(byte[] file) =>
            Assert.Throws<DataFormatException>(() => SingleCellFile.Read(new MemoryStream(file), "data.csv")).Message;
    }

    private static AnnotatedMatrix Triple(string matrix, string genes, string barcodes, bool gzip = false)
    {
        return TenxMatrixReader.Read(
            (Stream(matrix), "matrix.mtx"), (Stream(genes), "genes.tsv"), (Stream(barcodes), "barcodes.tsv"));

        MemoryStream Stream(string text) => new(gzip ? SmallFiles.Gzip(text) : Encoding.UTF8.GetBytes(text));
    }

    private static AnnotatedMatrix Table(byte[] file) => DelimitedReader.Read(new MemoryStream(file), "test.csv");

    private static AnnotatedMatrix Events(FcsFile file) => FcsReader.Read(new MemoryStream(file.ToBytes()), "test.fcs");
}
