using Gsr.Analysis.Metrics;
using Gsr.Learning;
using Gsr.SingleCell;
using Gsr.SingleCell.Preparation;
using Gsr.SingleCell.Simulation;
using Gsr.Tests.SingleCell.Preparation;

namespace Gsr.Tests.SingleCell.Simulation;

public sealed class SyntheticCellsTests
{
    private static readonly SyntheticCellsOptions Plain = new()
    {
        Cells = 4_000,
        Groups = 1,
        GenesPerModule = 10,
        BackgroundGenes = 10,
        ModuleNoise = 0,
        LibrarySizeSpread = 0,
        HalfDropoutMean = 0,
    };

    [Theory]
    [InlineData(0)]
    [InlineData(.2)]
    [InlineData(1)]
    public void Counts_are_negative_binomial(double dispersion)
    {
        // One group and one library size: every cell has the same means.
        var cells = SyntheticCells.Generate(Plain with { Dispersion = dispersion });
        var levels = cells.GeneTable.Numbers("base_level");
        var modules = cells.GeneTable.Text("module");
        var markers = cells.GeneTable.Numbers("marker");
        double[] shares = [
            .. levels.Select((level, g) => level * (modules[g] == "background" ? 1 : markers[g] == 1 ? 36 : 6))];
        var total = shares.Sum();
        for (var gene = 0; gene < cells.GeneCount; gene++)
        {
            var counts = cells.Values.ColumnOf(gene);
            double mean = 3000 * shares[gene] / total, variance = mean + (dispersion * mean * mean);
            // Six standard errors; of a variance by the fourth moment of the counts.
            Assert.InRange(
                counts.Average(), mean - (6 * Math.Sqrt(variance / 4000)), mean + (6 * Math.Sqrt(variance / 4000)));
            var fourth = counts.Average(count => Math.Pow(count - mean, 4));
            var error = Math.Sqrt((fourth - (variance * variance)) / 4000);
            Assert.InRange(counts.Variance(), variance - (6 * error), variance + (6 * error));
            // So many zeros, (1 + φm)^(-1/φ), tell it from other distributions of equal moments.
            var zeros = dispersion == 0 ? Math.Exp(-mean) : Math.Pow(1 + (dispersion * mean), -1 / dispersion);
            Assert.Equal(
                zeros, counts.Count(count => count == 0) / 4000.0, 6 * Math.Sqrt(zeros * (1 - zeros) / 4000) + 1e-4);
        }
    }

    [Fact]
    public void Library_sizes_are_log_normal()
    {
        var cells = SyntheticCells.Generate(
            Plain with { LibrarySizeSpread = .4, MedianLibrarySize = 5000, Dispersion = 0 });
        double[] logs = [.. cells.CellTable.Numbers("library_size").Select(size => Math.Log(size))];
        Assert.Equal(Math.Log(5000), logs.Average(), 6 * .4 / Math.Sqrt(4000));
        Assert.Equal(.16, logs.Variance(), 6 * .16 * Math.Sqrt(2 / 4000.0));
        double[] totals = cells.Values.RowSums(), sizes = cells.CellTable.Numbers("library_size");
        // Poisson counts: the total is within a few of its standard deviations.
        Assert.All(
            totals.Zip(sizes), pair =>
                Assert.InRange(
                    pair.First, pair.Second - (7 * Math.Sqrt(pair.Second)), pair.Second
                    + (7 * Math.Sqrt(pair.Second))));
    }

    [Fact]
    public void Lost_counts_follow_their_mean()
    {
        var options = Plain with { Dispersion = 0, MedianLibrarySize = 400 };
        var whole = SyntheticCells.Generate(options);
        var lost = SyntheticCells.Generate(options with { HalfDropoutMean = 8 });
        double[] before = whole.Values.ColumnSums(), after = lost.Values.ColumnSums();
        for (var gene = 0; gene < whole.GeneCount; gene++)
        {
            double mean = before[gene] / 4000, kept = mean / (8 + mean);
            Assert.Equal(kept, after[gene] / before[gene], .02 + (8 / Math.Sqrt(before[gene] + 1)));
        }
        Assert.True(after.Sum() < .95 * before.Sum());
    }

    [Fact]
    public void Seeds_decide_and_more_cells_extend()
    {
        var options = new SyntheticCellsOptions { Cells = 50, Seed = 3 };
        AnnotatedMatrix cells = SyntheticCells.Generate(options), again = SyntheticCells.Generate(options);
        Assert.Equal(cells.Values.ToArray(), again.Values.ToArray());
        Assert.Equal(cells.CellTable.Text("cell_type"), again.CellTable.Text("cell_type"));
        var more = SyntheticCells.Generate(options with { Cells = 80 });
        Assert.Equal(cells.Values.ToArray(), more.Values.SelectRows([.. Enumerable.Range(0, 50)]).ToArray());
        Assert.NotEqual(cells.Values.ToArray(), SyntheticCells.Generate(options with { Seed = 4 }).Values.ToArray());
        Assert.Equal((50, 420), (cells.CellCount, cells.GeneCount));
        Assert.Equal(4 * 5, cells.GeneTable.Numbers("marker").Sum());
        Assert.Equal("group1_gene1", cells.GeneTable.Names[0]);
    }

    [Fact]
    public void Modules_and_groups_can_be_recovered()
    {
        var cells = SyntheticCells.Generate(new() { Cells = 600, BackgroundGenes = 100, Seed = 5 })
            .NormalizeTotal().Log1p();
        var groups = Codes(cells.CellTable.Text("cell_type"));
        var scores = Pca.Fit(cells, 10).Scores;
        var components = new double[10, 600];
        for (var cell = 0; cell < 600; cell++)
            for (var k = 0; k < 10; k++) components[k, cell] = scores[cell, k];
        Assert.True(Partition.AdjustedRandIndex(groups, Modules(components, groups, NodeDistance.Euclidean)) > .95);

        // Genes of modules by their correlation over cells.
        int[] inModules = [.. Enumerable.Range(0, 120)];
        var activations = new double[600, 120];
        for (var cell = 0; cell < 600; cell++)
            for (var gene = 0; gene < 120; gene++) activations[cell, gene] = cells.Values[cell, gene];
        var truth = Codes(cells.GeneTable.Text("module"))[..120];
        Assert.True(Partition.AdjustedRandIndex(truth, Modules(activations, truth, NodeDistance.Correlation)) > .9);

        static int[] Modules(double[,] activations, int[] truth, NodeDistance distance) =>
            new SpectralModulesBuilder(truth.Distinct().Count(), new NearestNeighbourBuilder(10, distance))
                .Labels(NodeActivations.From(activations));
    }

    [Fact]
    public void A_module_rises_along_its_branch_and_falls_after_it()
    {
        var cells = SyntheticCells.Generate(new()
        {
            Cells = 3000,
            Lineage = [new("stem", null, 2), new("a", "stem"), new("b", "stem"), new("b2", "b")],
            Seed = 1,
        });
        Assert.Equal(["origin", "stem", "a", "b", "b2", "background"], cells.GeneTable.Text("module").Distinct());
        var branches = cells.CellTable.Text("branch");
        var times = cells.CellTable.Numbers("pseudotime");
        // Lengths 2, 1, 1, 1 of 5; the longest way is 2 + 1 + 1.
        foreach ((var branch, var share, var from, var to) in
            new[] { ("stem", .4, 0, .5), ("a", .2, .5, .75), ("b", .2, .5, .75), ("b2", .2, .75, 1) })
        {
            double[] own = [.. times.Where((_, cell) => branches[cell] == branch)];
            Assert.Equal(share, own.Length / 3000.0, .05);
            Assert.InRange(own.Min(), from, from + .02);
            Assert.InRange(own.Max(), to - .02, to);
        }
        Assert.True(Trend("origin", "stem") < -.5);
        Assert.True(Trend("stem", "stem") > .5);
        Assert.True(Trend("stem", "a") < -.5);
        Assert.True(Trend("b", "b") > .5);
        Assert.True(Trend("b", "b2") < -.5);
        Assert.InRange(Trend("b2", "a"), -.5, .5);

        double Trend(string module, string branch)
        {
            var own = cells.FilterCells(cell => branches[cell] == branch)
                .FilterGenes(gene => cells.GeneTable.Names[gene].StartsWith(module + "_", StringComparison.Ordinal));
            var sizes = own.CellTable.Numbers("library_size");
            return MathNet.Numerics.Statistics.Correlation.Spearman(
                own.CellTable.Numbers("pseudotime"), own.Values.RowSums().Zip(sizes, (sum, size) => sum / size));
        }
    }

    [Fact]
    public void Impossible_options_are_named()
    {
        Refused("Cells", new() { Cells = 0 });
        Refused("MarkersPerModule", new() { MarkersPerModule = 31 });
        Refused("FoldChange", new() { FoldChange = .5 });
        Refused("Dispersion", new() { Dispersion = double.NaN });
        Refused("MedianLibrarySize", new() { MedianLibrarySize = 0 });
        Refused("Lineage", new() { Lineage = [] });
        Refused("Lineage", new() { Lineage = [new("a", null), new("b", "c")] });
        Refused("Lineage", new() { Lineage = [new("a", null), new("b", null)] });
        Refused("Lineage", new() { Lineage = [new("a", null), new("a", "a")] });
        Refused("Lineage", new() { Lineage = [new("a", null, 0)] });

        static void Refused(string argument, SyntheticCellsOptions options) =>
            Assert.Equal(
                argument, Assert.ThrowsAny<ArgumentException>(() => SyntheticCells.Generate(options)).ParamName);
    }

    private static int[] Codes(string?[] labels)
    {
        string?[] distinct = [.. labels.Distinct()];
        return Array.ConvertAll(labels, label => Array.IndexOf(distinct, label));
    }
}
