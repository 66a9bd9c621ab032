using System.Text;
using Gsr.SingleCell;
using Gsr.SingleCell.Reading;

namespace Gsr.Tests.SingleCell.Reading;

/// <summary>Tables of text that look like others: nothing of them is read as what it is not without a word.</summary>
public sealed class TableVariantTests
{
    [Theory]
    [InlineData("CELL0,1,0,0\nCELL1,2,0,1\n")]
    [InlineData("1,0,0,3\n2,0,0,1\n0,1,0,4\n")]
    [InlineData("c0\t0.5\t1.5\nc1\t2\t1\n")]
    public void A_table_without_heading_is_refused(string table) =>
        Assert.Contains("line 1, heading: found numbers", Refused(table), StringComparison.Ordinal);

    [Fact]
    public void Names_that_are_numbers_are_remarked()
    {
        var columns = Read(",0,1,2\nACTB,1,2,3\nGAPDH,4,5,6\n", new() { Orientation = Orientation.GenesInRows });
        Assert.Equal(["0", "1", "2"], columns.CellTable.Names);
        Assert.Contains(columns.Remarks, remark => remark.Contains("3 columns are named by numbers in line 1"));
        var rows = Read(",ACTB,GAPDH\n7,1,2\n8,3,4\n");
        Assert.Equal(["7", "8"], rows.CellTable.Names);
        Assert.Contains(rows.Remarks, remark => remark.Contains("named by numbers, from 7 in line 2"));
    }

    [Theory]
    [InlineData("ACTB,GAPDH,FTL\n1,0,2\n2,0,0\n1,5,0\n")]
    [InlineData("ACTB,GAPDH,FTL\n0.5,0,2\n2,0,0\n1,5,0\n")]
    public void A_table_without_names_of_rows_keeps_its_first_column(string table)
    {
        var cells = Read(table);
        Assert.Equal(["ACTB", "GAPDH", "FTL"], cells.GeneTable.Names);
        Assert.Equal(["0", "1", "2"], cells.CellTable.Names);
        Assert.Equal([table[15] == '1' ? 1 : 0.5f, 2, 1], cells.Gene("ACTB"));
        Assert.Contains(cells.Remarks, remark => remark.Contains("first column, 'ACTB', holds numbers"));
    }

    [Fact]
    public void Numbers_before_names_do_not_make_the_names_values()
    {
        var cells = Read("ACTB,GAPDH,FTL\n1,0,2\n1,0,0\nc,5,0\n");
        Assert.Equal(["1", "1-1", "c"], cells.CellTable.Names);
        Assert.Equal([0, 2, 0, 0, 5, 0], cells.Values.ToArray());
    }

    [Theory]
    [InlineData("two", "'two'")]
    [InlineData("\"1,234\"", "'1,234'")]
    public void Text_in_a_column_of_numbers_is_refused_with_its_place(string field, string found)
    {
        foreach (var line in (int[])[2, 3])
        {
            var table = string.Concat(Enumerable.Range(1, 5).Select(i =>
                i == 1 ? "cell,ACTB,CD4\n" : $"c{i},1,{(i == line ? field : "3")}\n"));
            Assert.Contains($"line {line}, field 3 ('CD4'): found {found}; expected a number",
                Refused(table), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Columns_of_text_are_annotations_and_are_said_to_be()
    {
        var cells = Read("cell,type,kept,CD4\nc1,B,True,1\nc2,T,False,2\n");
        Assert.Equal(["CD4"], cells.GeneTable.Names);
        Assert.Equal(["true", "false"], cells.CellTable.Text("kept"));
        Assert.Contains("Columns taken for annotations: type, kept.", cells.Remarks);
    }

    [Fact]
    public void Columns_of_numbers_that_are_annotations_are_remarked_and_can_be_named()
    {
        const string Table = ",cluster,ACTB,CD4,UMAP_1\nc1,0,1,2,0.5\nc2,1,3,4,0.25\nc3,2,0,0,1\n";
        var read = Read(Table);
        Assert.Equal(4, read.GeneCount);
        Assert.Contains(read.Remarks, remark => remark.Contains("perhaps annotations: cluster, UMAP_1"));
        var cells = Read(Table, new() { Annotations = ["cluster", "UMAP_1"] });
        Assert.Equal(["ACTB", "CD4"], cells.GeneTable.Names);
        Assert.Equal([0.0, 1, 2], cells.CellTable.Numbers("cluster"));
        Assert.Equal([0.5, 0.25, 1], cells.CellTable.Numbers("UMAP_1"));
        Assert.DoesNotContain(cells.Remarks, remark => remark.Contains("perhaps annotations"));
        var rows = Read("gene,c1,c2\nACTB,1,2\nbatch,3,4\n", new() { Annotations = ["batch"] });
        Assert.Equal(["ACTB"], rows.GeneTable.Names);
        Assert.Equal([3.0, 4], rows.CellTable.Numbers("batch"));
        Assert.Contains("'Batch', which is no column of the file; there are cluster",
            Assert.Throws<ArgumentException>(() => Read(Table, new() { Annotations = ["Batch"] })).Message);
    }

    [Theory]
    [InlineData("\"c1\" \"c2\"\n\"ACTB\" 1 0\n\"CD4\" 0 2.5\n")]
    [InlineData("  c1   c2\nACTB  1   0  \nCD4   0 2.5\n")]
    [InlineData("gene c1 c2\nACTB 1 0\nCD4 0 2.5\n")]
    public void Blanks_divide_as_r_writes_them(string table)
    {
        var cells = Read(table);
        Assert.Equal(["ACTB", "CD4"], cells.GeneTable.Names);
        Assert.Equal([1, 0, 0, 2.5f], cells.Values.ToArray());
    }

    [Fact]
    public void Blanks_in_names_do_not_divide()
    {
        var cells = Read("cell,T cell,B cell\nc 1,1,2\nc 2,3,4\n");
        Assert.Equal(["T cell", "B cell"], cells.GeneTable.Names);
    }

    [Theory]
    [InlineData('\t')]
    [InlineData(';')]
    public void A_decimal_comma_is_read_and_remarked(char separator)
    {
        var cells = Read("cell,ACTB,CD4\nc1,1.5,0.0\nc2,3,0.25\n".Replace(',', separator).Replace('.', ','));
        Assert.Equal([1.5f, 0, 3, 0.25f], cells.Values.ToArray());
        Assert.Contains(cells.Remarks, remark => remark.Contains("decimal comma, such as '1,5' in line 2"));
    }

    [Theory]
    [InlineData("cell\ta\tb\nc1\t1,5\t0\nc2\t0\t1.5\n", "line 2, number: found '1,5', and a decimal point in line 3")]
    [InlineData("cell\ta\tb\nc1\t1,234\t0\nc2\t0\t12,500\n", "whose comma may be of decimals or thousands")]
    public void A_comma_that_may_be_of_thousands_is_refused(string table, string expected) =>
        Assert.Contains(expected, Refused(table), StringComparison.Ordinal);

    [Theory]
    [InlineData("gene\tcell\tcount\ng1\tAAA\t1\ng2\tAAA\t4\ng2\tCCC\t2\n")]
    [InlineData("cell,gene,count\nAAA,g1,1\nAAA,g2,4\nCCC,g2,2\n")]
    public void Long_tables_become_a_matrix(string table)
    {
        var cells = Read(table);
        Assert.Equal(["AAA", "CCC"], cells.CellTable.Names);
        Assert.Equal(["g1", "g2"], cells.GeneTable.Names);
        Assert.Equal([1, 4, 0, 2], cells.Values.ToArray());
        Assert.Contains("'g1' in 'AAA': found two numbers", Refused("gene,cell,n\ng1,AAA,1\ng1,AAA,2\n"));
    }

    [Fact]
    public void Comments_and_the_columns_of_feature_counts_are_known()
    {
        var cells = Read("# Program:featureCounts v2; Command:\"x\" \"y\"\n"
            + "Geneid\tChr\tStart\tEnd\tStrand\tLength\tc1.bam\tc2.bam\n"
            + "ENSG1\tchr1\t1\t100\t+\t100\t5\t0\n"
            + "ENSG2\tchr1;chr1\t1;50\t100;90\t+;+\t140\t0\t7\n");
        Assert.Equal(["c1.bam", "c2.bam"], cells.CellTable.Names);
        Assert.Equal(["ENSG1", "ENSG2"], cells.GeneTable.Names);
        Assert.Equal([5, 0, 0, 7], cells.Values.ToArray());
        Assert.Equal([100.0, 140], cells.GeneTable.Numbers("Length"));
        Assert.Equal(["1", "1;50"], cells.GeneTable.Text("Start"));
        Assert.Equal([1, 2], Read("#made by X\n#and Y\ncell,g\nc1,1\nc2,2\n").Values.ToArray());
        Assert.Equal(["#cell", "g"], ((string[])["#cell", .. Read("#cell,g\nc1,1\nc2,2\n").GeneTable.Names]));
    }

    [Fact]
    public void Bytes_of_another_encoding_are_read_as_latin_1_with_a_remark()
    {
        var cells = SingleCellFile.Read(
            new MemoryStream(Encoding.Latin1.GetBytes("cell,ACTB,Gené\nc1,1,2\nc2,3,4\n")), "/data/latin.csv");
        Assert.Equal(["ACTB", "Gené"], cells.GeneTable.Names);
        Assert.Contains(cells.Remarks, remark =>
            remark.StartsWith("latin.csv: line 1 is no UTF-8 and was read as Latin-1", StringComparison.Ordinal));
        Assert.DoesNotContain(Read("cell,Gené\nc1,1\n").Remarks, remark => remark.Contains("Latin"));
    }

    [Fact]
    public void Genes_are_told_from_wells_and_numbered_cells()
    {
        var plate = string.Concat(
            Enumerable.Range(0, 300).Select(i => i == 0 ? ",A01,A02,B11\n" : $"AT1G{i:00000},1,2,3\n"));
        Assert.Equal(["A01", "A02", "B11"], Read(plate).CellTable.Names);
        var numbered = string.Concat(
            Enumerable.Range(0, 300).Select(i => i == 0 ? "rownames,bc0,bc1\n" : $"X{i}a,1,2\n"));
        Assert.Equal(["bc0", "bc1"], Read(numbered).CellTable.Names);
        Assert.Equal(["1_AAACCTGAGA", "2_AAACCTGAGT"],
            Read("x,1_AAACCTGAGA,2_AAACCTGAGT\nQ1,0,3\nQ2,1,0\nQ3,1,0\n").CellTable.Names);
    }

    [Fact]
    public void A_separator_at_the_end_of_every_line_adds_nothing()
    {
        var cells = Read("cell,ACTB,CD4,\nc1,1,2,\nc2,3,4,\n");
        Assert.Equal(["ACTB", "CD4"], cells.GeneTable.Names);
        Assert.Empty(cells.CellTable.ColumnNames);
    }

    [Theory]
    [InlineData("BZh91AY", "bzip2")]
    [InlineData("<!DOCTYPE html><html>", "web page")]
    [InlineData("RDX3\nX\n", "R workspace")]
    public void What_is_no_table_is_called_by_its_name(string start, string expected) =>
        Assert.Contains(expected, Refused(start), StringComparison.Ordinal);

    [Fact]
    public void Lines_may_end_as_those_of_the_old_macintosh()
    {
        Assert.Equal([1, 2, 3, 4], Read("cell,ACTB,CD4\rc1,1,2\rc2,3,4\r").Values.ToArray());
        // A heading longer than the buffer, whose CR LF comes later.
        string[] names = [.. Enumerable.Range(0, 20_000).Select(i => $"Gene{i}")];
        var cells = Read($"cell,{string.Join(',', names)}\r\nc1,{string.Join(',', names.Select(_ => "1"))}\r\n");
        Assert.Equal((1, 20_000), (cells.CellCount, cells.GeneCount));
    }

    [Fact]
    public void Text_in_utf_16_is_called_so() => Assert.Contains("UTF-16", Assert.Throws<DataFormatException>(
        () => SingleCellFile.Read(new MemoryStream([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("cell,g\nc,1\n")]), "u"))
        .Message, StringComparison.Ordinal);

    private static AnnotatedMatrix Read(string table, ReadOptions? options = null) =>
        SingleCellFile.Read(new MemoryStream(SmallFiles.Text(table)), "test.csv", options);

    private static string Refused(string table) => Assert.Throws<DataFormatException>(() => Read(table)).Message;
}
