using Gsr.Experiments;
using Gsr.Experiments.ScRnaSeq;
using Gsr.SingleCell;

namespace Gsr.Tests.Experiments.ScRnaSeq;

public sealed class TranscriptomeTests
{
    private static readonly Func<DataSetLoader?, CancellationToken, Transcriptome>[] s_all =
        [Transcriptomes.MouseCortex, Transcriptomes.FetalCortex, Transcriptomes.Blood];

    [Fact]
    public void Where_no_file_is_to_be_had_cells_are_generated_and_say_so()
    {
        var folder = Directory.CreateTempSubdirectory("gsr-transcriptomes-");
        try
        {
            var loader = new DataSetLoader(new DataSetOptions { CacheFolder = folder.FullName, Offline = true });
            int[] cells = [880, 220, 2638];
            for (var i = 0; i < s_all.Length; i++)
            {
                var data = s_all[i](loader, TestContext.Current.CancellationToken);
                Assert.True(data.IsStandIn);
                Assert.Contains("STAND-IN", data.Provenance.ToString(), StringComparison.Ordinal);
                Assert.Equal(cells[i], data.Cells.CellCount);
                Assert.True(data.Types().Distinct().Count() >= 3);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_real_files_have_the_published_sizes_and_types()
    {
        Assert.SkipWhen(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("GSR_DATA")), "GSR_DATA is not set: the transcriptomes were not read.");
        Transcriptome[] all = [.. s_all.Select(load => load(null, TestContext.Current.CancellationToken))];
        var (mouse, fetal, blood) = (all[0], all[1], all[2]);
        Assert.Equal((880, 17085), (mouse.Cells.CellCount, mouse.Cells.GeneCount));
        Assert.Equal((220, 12694), (fetal.Cells.CellCount, fetal.Cells.GeneCount));
        Assert.Equal((2638, 32738), (blood.Cells.CellCount, blood.Cells.GeneCount));
        Assert.Contains("has no cell types", Assert.Throws<InvalidOperationException>(mouse.Types).Message, StringComparison.Ordinal);
        Assert.Equal([("apical progenitor", 40), ("basal progenitor", 19), ("neuron", 161)], Counts(fetal));
        Assert.Equal([("B", 344), ("DC", 32), ("Monocyte", 642), ("NK", 155), ("Platelet", 14), ("T", 1451)], Counts(blood));
    }

    [Fact]
    public void A_cell_without_a_label_is_named()
    {
        var data = new Transcriptome
        {
            Cells = new AnnotatedMatrix(new DenseMatrix(2, 1, [1, 2]), new AnnotationTable(["a", "b"]), new AnnotationTable(["g"]))
                .WithCellColumn("type", ["x", null!]),
            TypeColumn = "type",
            Provenance = new DataSetLoader(new DataSetOptions { CacheFolder = Path.GetTempPath(), Offline = true }).Load("pbmc3k", TestContext.Current.CancellationToken),
        };
        Assert.Contains("'b'", Assert.Throws<InvalidOperationException>(data.Types).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_of_genes_come_in_the_order_asked_for()
    {
        var cells = new AnnotatedMatrix(new DenseMatrix(2, 3, [1, 2, 3, 4, 5, 6]), new AnnotationTable(["a", "b"]), new AnnotationTable(["x", "y", "z"]));
        Assert.Equal(new double[,] { { 3, 1 }, { 6, 4 } }, cells.ValuesOf(["z", "x"]));
        Assert.Equal(new double[,] { { 1, 2, 3 }, { 4, 5, 6 } }, cells.ValuesOf());
        Assert.Throws<KeyNotFoundException>(() => cells.ValuesOf(["nowhere"]));
    }

    private static IEnumerable<(string, int)> Counts(Transcriptome data) =>
        data.Types().CountBy(type => type).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value));
}
