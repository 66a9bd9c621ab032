using Gsr.Experiments;
using Gsr.Experiments.ScRnaSeq;
using Gsr.SingleCell;

namespace Gsr.Tests.Experiments.ScRnaSeq;

public sealed class TranscriptomeTests
{
    private static readonly Func<DataSetLoader?, Transcriptome>[] All =
        [Transcriptome.MouseCortex, Transcriptome.FetalCortex, Transcriptome.Blood];

    [Fact]
    public void Where_no_file_is_to_be_had_cells_are_generated_and_say_so()
    {
        var folder = Directory.CreateTempSubdirectory("gsr-transcriptomes-");
        try
        {
            var loader = new DataSetLoader(new DataSetOptions { CacheFolder = folder.FullName, Offline = true });
            int[] cells = [880, 220, 2638];
            for (var i = 0; i < All.Length; i++)
            {
                var data = All[i](loader);
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
        Assert.SkipWhen(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("GSR_DATA")),
            "GSR_DATA is not set: the transcriptomes were not read.");
        var (mouse, fetal, blood) = (Transcriptome.MouseCortex(), Transcriptome.FetalCortex(), Transcriptome.Blood());
        Assert.Equal((880, 17085), (mouse.Cells.CellCount, mouse.Cells.GeneCount));
        Assert.Equal((220, 12694), (fetal.Cells.CellCount, fetal.Cells.GeneCount));
        Assert.Equal((2638, 32738), (blood.Cells.CellCount, blood.Cells.GeneCount));
        Assert.Throws<InvalidOperationException>(mouse.Types);
        Assert.Equal([("apical progenitor", 40), ("basal progenitor", 19), ("neuron", 161)], Counts(fetal));
        Assert.Equal(
            [("B", 344), ("DC", 32), ("Monocyte", 642), ("NK", 155), ("Platelet", 14), ("T", 1451)], Counts(blood));
    }

    [Fact]
    public void A_cell_without_a_label_is_named()
    {
        var loader = new DataSetLoader(new DataSetOptions { CacheFolder = Path.GetTempPath(), Offline = true });
        var cells = new AnnotatedMatrix(
            new DenseMatrix(2, 1, [1, 2]), new AnnotationTable(["a", "b"]), new AnnotationTable(["g"]));
        var data = new Transcriptome(
            cells.WithCellColumn("type", ["x", null!]), "type",
            loader.Load("pbmc3k", TestContext.Current.CancellationToken));
        Assert.Contains("'b'", Assert.Throws<InvalidOperationException>(data.Types).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<(string, int)> Counts(Transcriptome data) =>
        data.Types().CountBy(type => type).OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => (pair.Key, pair.Value));
}
