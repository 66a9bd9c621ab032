using Gsr.SingleCell;
using Gsr.SingleCell.Preparation;
using Gsr.SingleCell.Reading;
using Gsr.Tests.SingleCell.Reading;

namespace Gsr.Tests.SingleCell.Preparation;

public sealed class AnnotationFileTests
{
    private static readonly AnnotatedMatrix Cells = Samples.Of(["g"], [1], [2], [3]);

    [Theory]
    [InlineData("name,type,age\ncell2,B,3\ncell0,\"T, naive\",1\ncell1,NK,2\n")]
    [InlineData("type\tname\tage\nB\tcell2\t3\r\nT, naive\tcell0\t1\r\nNK\tcell1\t2\r\n")]
    [InlineData("name;type;age\ncell2;B;3\n\ncell0;T, naive;1\ncell1;NK;2")]
    [InlineData("type\tage\ncell2\tB\t3\ncell0\tT, naive\t1\ncell1\tNK\t2\n")]
    [InlineData("\uFEFF\"\",\"type\",\"age\"\n\"cell2\",\"B\",3\n\"cell0\",\"T, naive\",1\n\"cell1\",\"NK\",2\n")]
    public void Rows_are_joined_by_name(string text)
    {
        foreach (var content in (byte[][])[SmallFiles.Text(text), SmallFiles.Gzip(text)])
        {
            var joined = Join(content);
            Assert.Equal(["T, naive", "NK", "B"], joined.CellTable.Text("type"));
            Assert.Equal([1, 2, 3], joined.CellTable.Numbers("age"));
            Assert.Equal(["type", "age"], joined.CellTable.ColumnNames);
            Assert.StartsWith("labels.csv was joined by '", joined.Remarks[^1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Rows_are_taken_in_order_where_nothing_names_the_cells()
    {
        var joined = Join("cluster\nb\na\nb\n");
        Assert.Equal(["b", "a", "b"], joined.CellTable.Text("cluster"));
        Assert.Equal("labels.csv names no cells: its 3 rows were taken in the order of the cells.", joined.Remarks[^1]);
        Assert.Equal([5, 6, 7], Join("id,n\nx1,5\nx2,6\nx3,7\n").CellTable.Numbers("n"));
    }

    [Theory]
    [InlineData("cell2\tT\ncell0\tT\ncell1\tNK\n", "column2")]
    [InlineData("T\nNK\nT\n", "column1")]
    [InlineData("T,1\nNK,2\nT,3\n", "column1")]
    public void A_first_line_that_is_no_heading_is_a_row(string text, string column)
    {
        var joined = Join(text);
        Assert.Equal(["T", "NK", "T"], joined.CellTable.Text(column));
        Assert.Contains(
            joined.Remarks, remark => remark.StartsWith("labels.csv has no heading", StringComparison.Ordinal));
    }

    [Fact]
    public void What_does_not_match_is_said()
    {
        var joined = Join("name,n,t\ncell2,4,x\nother,9,y\ncell0,5,z\n");
        Assert.Equal([5, double.NaN, 4], joined.CellTable.Numbers("n"));
        Assert.Equal(["z", null, "x"], joined.CellTable.Text("t"));
        Assert.Equal(
            "labels.csv was joined by 'name'; 1 cells are not in it; 1 of its rows are of no cell.",
            joined.Remarks[^1]);
        // A few labels only, by a column that is named.
        var few = Join("barcode,t\nu,a\nv,b\nw,c\ncell1,d\n", "barcode");
        Assert.Equal([null, "d", null], few.CellTable.Text("t"));
    }

    [Fact]
    public void Columns_have_the_type_of_all_their_values()
    {
        var joined = Join(
            "name,whole,real,flag,code,gap,none\ncell0,1,1.5,True,007,NA,\ncell1,-2,2e3,false,12,4,NA\ncell2,3,7,TRUE,5,5,\n");
        Assert.Equal([typeof(long), typeof(double), typeof(bool), typeof(string), typeof(double)],
            ((string[])["whole", "real", "flag", "code", "gap"])
                .Select(name => joined.CellTable.Column(name).GetType().GetElementType()));
        Assert.Equal([1.5, 2000, 7], joined.CellTable.Numbers("real"));
        Assert.Equal([double.NaN, 4, 5], joined.CellTable.Numbers("gap"));
        Assert.Equal(["007", "12", "5"], joined.CellTable.Text("code"));
        Assert.Equal([null, null, null], joined.CellTable.Text("none"));
        Assert.Equal([1.5, 2.5, 3], Join("name;x\ncell0;1,5\ncell1;2,5\ncell2;3\n").CellTable.Numbers("x"));
    }

    [Theory]
    [InlineData("", null, "found an empty file")]
    [InlineData("name,type\n", null, "found the end of the file; expected one line for each cell")]
    [InlineData("name,type\ncell0,a\ncell1\n", null, "line 3, fields: found 1; expected 2")]
    [InlineData("name,type\ncell0,a\ncell1,\"b\n", null, "line 3, quotes")]
    [InlineData("name,type\ncell0,a\ncell1,b\ncell0,c\n", null, "line 4, 'name': found 'cell0', which line 2 has too")]
    [InlineData("name,type\nx,a\ny,b\n", null, "names such as 'cell0', or exactly 3 rows")]
    [InlineData("name,type\ncell0,a\n", "barcode", "expected a column 'barcode'")]
    [InlineData("name,type\nx,a\ny,b\nz,c\n", "name", "no column of cell names")]
    [InlineData("name,type\ncell0,\0\n", null, "a zero byte")]
    public void Faults_name_file_and_line(string text, string? column, string expected)
    {
        var message = Assert.Throws<DataFormatException>(() => Join(text, column)).Message;
        Assert.StartsWith("/data/labels.csv: ", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_files_are_refused_or_read()
    {
        var whole = SmallFiles.Gzip("name,type,age\ncell2,\"B\",3\ncell0,T,1\ncell1,NK,2\n");
        var text = SmallFiles.Text("name,type,age\ncell2,\"B\",3\ncell0,T,1\ncell1,NK,2\n");
        var random = new Random(1);
        var refused = 0;
        for (var trial = 0; trial < 2000; trial++)
        {
            var damaged = (byte[])(trial % 2 == 0 ? whole : text).Clone();
            for (var i = random.Next(1, 4); i > 0; i--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            if (random.Next(3) == 0) Array.Resize(ref damaged, random.Next(damaged.Length));
            try
            {
                Assert.Equal(3, Join(damaged).CellCount);
            }
            catch (DataFormatException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 1000, 1999);
    }

    [Fact]
    public void Real_files()
    {
        var pbmc = Real("scrnaseq/pbmc3k/filtered_gene_bc_matrices", "scrnaseq/pbmc3k/cell_labels.tsv");
        Assert.Equal(697, pbmc.CellTable.Text("cell_type").Count(type => type == "Naive CD4 T"));
        Assert.Equal(pbmc.Values.RowSums(), pbmc.CellTable.Numbers("n_umi"));
        Assert.EndsWith("cell_labels.tsv was joined by 'barcode'.", pbmc.Remarks[^1], StringComparison.Ordinal);

        var camp = Real(
            "scrnaseq/camp2015-fetal-cortex/counts.csv.gz", "scrnaseq/camp2015-fetal-cortex/cell_labels.csv");
        Assert.Equal(161, camp.CellTable.Text("derived_level1").Count(type => type == "neuron"));

        var darmanis = Real(
            "scrnaseq/darmanis2015-human-brain/data.csv.gz", "scrnaseq/darmanis2015-human-brain/meta.csv.gz");
        Assert.Equal((131, 16), (Count(darmanis, "cell type", "neurons"), Count(darmanis, "cell type", "microglia")));
        // GAD1 is of inhibitory neurons, MBP of oligodendrocytes: the rows belong to their cells.
        Assert.True(
            Mean(darmanis, "MBP", "cell type", "oligodendrocytes") > 10 * Mean(
                darmanis, "MBP", "cell type", "neurons"));

        var worm = Real(
            "scrnaseq/packer2019-worm-embryo", "scrnaseq/packer2019-worm-embryo/cell_metadata.tsv");
        Assert.Equal(
            (477, 106),
            (Count(worm, "cell.type", "ADL"), worm.CellTable.Text("lineage").Count(lineage => lineage is null)));
        Assert.InRange(worm.CellTable.Numbers("embryo.time").Average(), 200, 800);
        Assert.All(
            worm.Values.RowSums().Zip(worm.CellTable.Numbers("n.umi")), pair => Assert.True(pair.First <= pair.Second));
    }

    private static int Count(AnnotatedMatrix cells, string column, string label) =>
        cells.CellTable.Text(column).Count(l => l == label);

    private static double Mean(AnnotatedMatrix cells, string gene, string column, string label) =>
        cells.Gene(gene).Zip(cells.CellTable.Text(column)).Where(pair => pair.Second == label)
            .Average(pair => pair.First);

    private static AnnotatedMatrix Real(string cells, string labels) =>
        SingleCellFile.Read(Samples.RealFile(cells)).WithCellAnnotations(Samples.RealFile(labels));

    private static AnnotatedMatrix Join(string text, string? column = null) => Join(SmallFiles.Text(text), column);

    private static AnnotatedMatrix Join(byte[] content, string? column = null)
    {
        using var stream = new MemoryStream(content);
        return Cells.WithCellAnnotations(stream, "/data/labels.csv", column);
    }
}
