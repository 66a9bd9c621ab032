using Gsr.Analysis.Metrics;
using Gsr.Experiments;
using Gsr.Experiments.TCells;
using Gsr.SingleCell.Preparation;
using Gsr.SingleCell.Reading;
using Gsr.Tests.SingleCell.Reading;

namespace Gsr.Tests.Experiments.TCells;

public sealed class ThymusTests
{
    [Fact]
    public void The_public_sample_is_read_as_it_is_with_the_derived_trajectory_beside_it()
    {
        var options = DataSetOptions.FromEnvironment();
        if (options.DataFolder is null) Assert.Skip("GSR_DATA is not set: the thymus sample was not read.");
        var thymus = Thymus.Load(new DataSetLoader(options with { Offline = true, AllowStandIn = false }));

        Assert.False(thymus.Provenance.IsStandIn);
        if (thymus.Trajectory is not null) Assert.Skip("The data folder has the whole file; the sample was not read.");
        Assert.Equal((25_000, 13), (thymus.Cells.CellCount, thymus.Cells.GeneCount));
        Assert.Equal(
            ["CD27", "CD4", "CD5", "CD127", "CD44", "CD69", "CD117", "CD62L", "CD24", "CD3", "CD8", "CD25", "TCRb"],
            thymus.Cells.GeneTable.Names);
        // Already arcsinh: transformed again, no value would exceed 1.2.
        Assert.InRange(thymus.Cells.Gene("CD8").Max(), 5, 7);
        if (thymus.Reference is not { } reference) return;
        Assert.Equal("25000 cells, 22305 + 828 + 1867 on branches 1 to 3", reference.ToString());
        Assert.Equal(3.6, reference.Cells(2).Average(cell => thymus.Cells.Gene("CD8")[cell]), 0.05);
    }

    [Fact]
    public void A_stand_in_is_the_same_each_time_and_says_what_it_is()
    {
        using var folder = new TemporaryFolder();
        var loader = new DataSetLoader(new DataSetOptions { CacheFolder = folder.File("cache"), Offline = true });
        var (first, second) = (Thymus.Load(loader, 300), Thymus.Load(loader, 300));
        Assert.True(first.Provenance.IsStandIn);
        Assert.Null(first.Trajectory);
        Assert.Equal(300, first.Reference!.Count);
        Assert.Equal(first.Cells.ValuesOf(), second.Cells.ValuesOf());
        Assert.Contains("THIS IS NOT MOUSE THYMUS", first.Provenance.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Generated_cells_follow_their_development_and_it_can_be_found_again()
    {
        var (cells, truth) = ThymusGenerator.Generate(3000, seed: 4);
        Assert.Equal(3, truth.BranchCount);
        Assert.InRange(truth.Cells(1).Length / 3000.0, 0.55, 0.65);
        float[] cd4 = cells.Gene("CD4"), cd8 = cells.Gene("CD8");
        var stages = truth.Stages(["end of trunk", "CD8", "CD4"]);
        Assert.Equal([false, true, false, true], new[] { 0, 2, 3, 4 }
            .Select(stage => stages[stage].Cells.Average(cell => cd4[cell]) > 2));
        Assert.Equal([false, true, true, false], new[] { 0, 2, 3, 4 }
            .Select(stage => stages[stage].Cells.Average(cell => cd8[cell]) > 2));

        var times = DiffusionMap.Of(CellGraph.Of(cells.Values).Graph, components: 3).Pseudotime(stages[0].Cells[0]);
        var branches = SinglePositiveBranches.Of(times, cd8, cd4);
        Assert.True(RankCorrelation.Spearman(times, truth.Times.ToArray()) > 0.9);
        // Half-way along a branch the marker that goes is at its threshold; the last third is past it.
        Assert.All(
            [2, 3], branch =>
                Assert.InRange(truth.Cells(branch)[^200..].Count(cell => branches[cell] == branch), 195, 200));
    }

    [Fact]
    public void The_whole_file_gives_its_own_trajectory_and_markers_after_arcsinh()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("wishbone"));
        var path = folder.File("wishbone", Thymus.WholeFile);
        // 23 channels: 13 markers, one that is left out, 7 markers, Branch and Trajectory; the last cell is on no
        // branch.
        File.WriteAllBytes(path, Whole([1, 2, 3, 0]).ToBytes());
        var loader = new DataSetLoader(
            new DataSetOptions { CacheFolder = folder.File("cache"), DataFolder = folder.Path, Offline = true });
        var thymus = Thymus.Load(loader);

        Assert.False(thymus.Provenance.IsStandIn);
        Assert.Contains(Thymus.WholeFile, thymus.Provenance.ToString(), StringComparison.Ordinal);
        Assert.Equal((3, 20), (thymus.Cells.CellCount, thymus.Cells.GeneCount));
        Assert.Equal([1, 2, 3], thymus.Trajectory!.Branches);
        Assert.Equal([0, 0.25, 0.5], thymus.Trajectory.Times);
        Assert.DoesNotContain("M14", thymus.Cells.GeneTable.Names);
        Assert.Equal(Math.Asinh(15.0 / 5), thymus.Cells.Gene("M15")[0], 1e-6);
        Assert.Equal(Math.Asinh((21 + 200.0) / 5), thymus.Cells.Gene("M21")[2], 1e-6);
    }

    [Fact]
    public void A_whole_file_that_is_none_is_refused_with_its_name_and_what_is_missing()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("some.fcs");
        File.WriteAllBytes(path, Whole([1, 3, 3, 3]).ToBytes());
        Assert.Equal("channel Branch", Assert.Throws<DataFormatException>(() => Thymus.ReadWhole(path)).Field);
        File.WriteAllBytes(path, new FcsFile().ToBytes());
        var message = Assert.Throws<DataFormatException>(() => Thymus.ReadWhole(path)).Message;
        Assert.Contains("one named Branch", message, StringComparison.Ordinal);
        Assert.Contains("some.fcs", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("event,Trajectory,Branch\n0,0.5,1\n", "number of lines")]
    [InlineData("event,Time,Branch\n0,0.5,1\n1,0.6,2\n", "header")]
    [InlineData("event,Trajectory,Branch\n0,0.5,1\n2,0.6,2\n", "line 3")]
    [InlineData("event,Trajectory,Branch\n0,0.5,1\n1,x,2\n", "line 3")]
    public void A_table_that_does_not_belong_to_the_sample_is_refused(string content, string field)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("derived.csv"), content);
        Assert.Equal(
            field, Assert.Throws<DataFormatException>(() => Thymus.ReadDerived(folder.File("derived.csv"), 2)).Field);
    }

    private static FcsFile Whole(double[] branches) => new()
    {
        Bits = [.. Enumerable.Repeat(32, 23)],
        Events = [
            .. branches.Select(
                (branch, cell) =>
                    (double[])[.. Enumerable.Range(1, 21).Select(m => m + (100.0 * cell)), branch, cell * 0.25])],
        Keywords = Enumerable.Range(1, 23)
            .ToDictionary(n => $"$P{n}S", n => (string?)(n <= 21 ? $"M{n}" : n == 22 ? "Branch" : "Trajectory")),
    };
}
