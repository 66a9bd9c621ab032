using Gsr.SingleCell;
using Gsr.SingleCell.Preparation;
using Gsr.SingleCell.Reading;

namespace Gsr.Tests.SingleCell.Preparation;

public sealed class QualityTests
{
    private static readonly AnnotatedMatrix Counts = Samples.Of(["MT-CO1", "A", "B", "mt-Nd1", "C"],
        [1, 2, 0, 1, 0], [0, 0, 0, 0, 0], [3, 0, 5, 0, 0]);

    [Fact]
    public void Measures_by_hand()
    {
        foreach (var counts in (AnnotatedMatrix[])[Counts, Counts.Sparse()])
        {
            var measured = counts.CalculateQualityMeasures();
            Assert.Equal([4, 0, 8], measured.CellTable.Numbers("total_counts"));
            Assert.Equal([3, 0, 2], measured.CellTable.Numbers("n_genes_by_counts"));
            Assert.Equal([2, 0, 3], measured.CellTable.Numbers("total_counts_mt"));
            Assert.Equal([50, double.NaN, 37.5], measured.CellTable.Numbers("pct_counts_mt"));
            Assert.Equal([1, 0, 0, 1, 0], measured.GeneTable.Numbers("mt"));
            Assert.Equal([2, 1, 1, 1, 0], measured.GeneTable.Numbers("n_cells_by_counts"));
            Assert.Equal([4, 2, 5, 1, 0], measured.GeneTable.Numbers("total_counts"));
            Samples.Near([4 / 3.0, 2 / 3.0, 5 / 3.0, 1 / 3.0, 0], measured.GeneTable.Numbers("mean_counts"), 1e-15);
            Samples.Near(
                [100 / 3.0, 200 / 3.0, 200 / 3.0, 200 / 3.0, 100], measured.GeneTable.Numbers("pct_dropout_by_counts"),
                1e-13);
        }
    }

    [Fact]
    public void Any_set_of_genes()
    {
        var measured = Counts.CalculateQualityMeasures(new Dictionary<string, Func<string, bool>>
        {
            ["one_letter"] = name => name.Length == 1,
            ["none"] = _ => false,
        });
        Assert.Equal([2, 0, 5], measured.CellTable.Numbers("total_counts_one_letter"));
        Assert.Equal([0, double.NaN, 0], measured.CellTable.Numbers("pct_counts_none"));
        Assert.DoesNotContain("pct_counts_mt", measured.CellTable.ColumnNames);
    }

    [Fact]
    public void Counts_of_the_published_labels_of_pbmc3k()
    {
        var cells = SingleCellFile.Read(Samples.RealFile("scrnaseq/pbmc3k/filtered_gene_bc_matrices"))
            .CalculateQualityMeasures();
        string[][] labels = [
            .. File.ReadLines(Samples.RealFile("scrnaseq/pbmc3k/cell_labels.tsv")).Skip(1)
                .Select(line => line.Split('\t'))];
        double[] totals = cells.CellTable.Numbers("total_counts"), genes = cells.CellTable.Numbers("n_genes_by_counts");
        var percent = cells.CellTable.Numbers("pct_counts_mt");
        var differing = 0;
        foreach (var label in labels)
        {
            var cell = cells.CellTable.IndexOf(label[0]);
            Assert.Equal((label[4], label[5]), ($"{totals[cell]}", $"{genes[cell]}"));
            if (Math.Abs(
                double.Parse(label[6], System.Globalization.CultureInfo.InvariantCulture)
                - percent[cell]) > 1e-4) differing++;
        }
        // The package counted mitochondrial genes seen in fewer than three cells too, which this matrix lacks.
        Assert.InRange(differing, 0, labels.Length / 100);
    }

    [Fact]
    public void Filters_keep_their_bounds()
    {
        foreach (var counts in (AnnotatedMatrix[])[Counts, Counts.Sparse()])
        {
            Assert.Equal(["cell0", "cell2"], counts.FilterCells(minCounts: 4).CellTable.Names);
            Assert.Equal(["cell0", "cell1"], counts.FilterCells(maxCounts: 4).CellTable.Names);
            Assert.Equal(["cell0"], counts.FilterCells(minGenes: 3).CellTable.Names);
            Assert.Equal(["cell2"], counts.FilterCells(minGenes: 1, maxGenes: 2).CellTable.Names);
            Assert.Equal(["MT-CO1"], counts.FilterGenes(minCells: 2).GeneTable.Names);
            Assert.Equal(["A", "mt-Nd1"], counts.FilterGenes(minCounts: 1, maxCounts: 2).GeneTable.Names);
            Assert.Equal(["C"], counts.FilterGenes(maxCells: 0).GeneTable.Names);
        }
    }

    [Fact]
    public void Filters_by_any_condition()
    {
        var cells = Counts.CalculateQualityMeasures();
        double[] percent = cells.CellTable.Numbers("pct_counts_mt"), mitochondrial = cells.GeneTable.Numbers("mt");
        Assert.Equal(["cell2"], cells.FilterCells(cell => percent[cell] < 40).CellTable.Names);
        Assert.Equal(["cell1"], cells.FilterCells(cell => cell == 1).CellTable.Names);
        Assert.Equal(["A", "B", "C"], cells.FilterGenes(gene => mitochondrial[gene] == 0).GeneTable.Names);
        var named = cells.FilterGenes(
            gene => cells.GeneTable.Names[gene].StartsWith("MT-", StringComparison.Ordinal));
        Assert.Equal("A filter kept 1 of 5 genes.", named.Remarks[^1]);
        Assert.Equal([1, 0, 3], named.Gene("MT-CO1"));
    }

    [Fact]
    public void Contradictory_conditions_are_refused()
    {
        Assert.Throws<ArgumentException>("minCounts", () => Counts.FilterCells());
        Assert.Throws<ArgumentException>("minCells", () => Counts.FilterGenes(minCells: 3, maxCells: 2));
        Assert.Throws<ArgumentException>(() => Counts.FilterCells(minCounts: double.NaN));
    }
}
