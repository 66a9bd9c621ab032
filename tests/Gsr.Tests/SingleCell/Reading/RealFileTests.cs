using Gsr.SingleCell;
using Gsr.SingleCell.Reading;

namespace Gsr.Tests.SingleCell.Reading;

/// <summary>Every real file, held against what SOURCES.md says of it.</summary>
public sealed class RealFileTests
{
    [Fact]
    public void The_3k_blood_cells_of_10x()
    {
        var cells = Read("scrnaseq/pbmc3k/filtered_gene_bc_matrices");
        var sparse = Assert.IsType<SparseMatrix>(cells.Values);
        Assert.Equal((2638, 32738, 2_238_732), (cells.CellCount, cells.GeneCount, sparse.StoredCount));
        Assert.Equal(95, cells.GeneTable.RenamedCount);
        Assert.Equal(19_025, cells.Values.ColumnSums().Count(sum => sum == 0));
        Assert.Equal(2213, Median(cells.Values.RowSums()));
        Assert.Equal(
            819, Median([.. Enumerable.Range(0, 2638).Select(cell => (double)sparse.RowColumns(cell).Length)]));
        Assert.Equal("AAACATACAACCAC-1", cells.CellTable.Names[0]);
        Assert.Equal(["ENSG00000243485", "ENSG00000237613"], cells.GeneTable.Text("gene_ids").Take(2));
        Assert.Equal(["95 repeated gene names got a suffix, -1 and so on."], cells.Remarks);
        // Per-cell totals of the package that the labels come from.
        var labels = File.ReadAllLines(Path("scrnaseq/pbmc3k/cell_labels.tsv"));
        var totals = cells.Values.RowSums();
        for (var i = 1; i < labels.Length; i++)
        {
            var fields = labels[i].Split('\t');
            var cell = cells.CellTable.IndexOf(fields[0]);
            Assert.Equal((fields[4], fields[5]), ($"{totals[cell]}", $"{sparse.RowColumns(cell).Length}"));
        }
        Assert.Equal(2638, labels.Length - 1);
        Assert.Equal(2638, cells.CellTable.Count);
        Assert.Equal(32738, cells.GeneTable.Count);
    }

    [Fact]
    public void Camp_fetal_cortex()
    {
        var cells = Read("scrnaseq/camp2015-fetal-cortex/counts.csv.gz");
        Assert.Equal((220, 12_694), (cells.CellCount, cells.GeneCount));
        Assert.Equal(.7950, ZeroShare(cells), 4);
        Assert.Equal(31_026, ((SparseMatrix)cells.Values).Values.ToArray().Max());
        var totals = cells.Values.RowSums();
        Assert.Equal((52_192, 472_953), (totals.Min(), totals.Max()));
        Assert.Equal(207_029, Median(totals), 0.5);
        Assert.Equal(0, cells.GeneTable.RenamedCount + cells.CellTable.RenamedCount);
        string[][] labels = [
            .. File.ReadLines(Path("scrnaseq/camp2015-fetal-cortex/cell_labels.csv")).Skip(1)
                .Select(line => line.Split(','))];
        Assert.Equal([332, 223, 187, 128, 21, 5, 2], Means("PAX6"));
        Assert.Equal([4, 32, 82, 172, 681, 779, 445], Means("NEUROD6"));

        double[] Means(string gene)
        {
            var values = cells.Gene(gene);
            return [.. labels.GroupBy(label => label[1]).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => Math.Round(group.Average(label => values[cells.CellTable.IndexOf(label[0])])))];
        }
    }

    [Fact]
    public void Darmanis_brain()
    {
        var cells = Read("scrnaseq/darmanis2015-human-brain/data.csv.gz");
        Assert.Equal((466, 22_085), (cells.CellCount, cells.GeneCount));
        Assert.Equal("text divided by tabs", cells.Metadata["format"]);
        Assert.Equal(
            ["htseq_no_feature", "htseq_ambiguous", "htseq_alignment_not_unique"], cells.CellTable.ColumnNames);
        Assert.Contains(3_923_864, cells.CellTable.ColumnNames.SelectMany(cells.CellTable.Numbers));
        // The share is of the file's 22,088 rows: genes and tallies.
        var zeros = cells.CellTable.ColumnNames.SelectMany(cells.CellTable.Numbers).Count(tally => tally == 0);
        Assert.Equal(.8077, ((ZeroShare(cells) * 466 * 22_085) + zeros) / (466 * 22_088.0), 4);
    }

    [Fact]
    public void Yuzwa_cortex()
    {
        var cells = Read(
            "scrnaseq/yuzwa2017-mouse-cortex-e175/GSM2861514_E175_Only_Cortical_Cells_DGE.txt.gz");
        Assert.Equal((880, 17_085), (cells.CellCount, cells.GeneCount));
        Assert.Equal(.9208, ZeroShare(cells), 4);
        var totals = cells.Values.RowSums();
        Assert.Equal((515, 6257), (totals.Min(), totals.Max()));
        Assert.Equal(1930, Median(totals), 0.5);
        Assert.Equal(1205, ((SparseMatrix)cells.Values).Values.ToArray().Max());
        foreach (
            (var gene, var percent) in new[] { ("Pax6", 4.1), ("Eomes", 3.8), ("Neurod6", 81.1), ("Gad2", 6.2) })
            Assert.Equal(percent, 100.0 * cells.Gene(gene).Count(value => value > 0) / 880, 1);
    }

    [Fact]
    public void Allen_markers()
    {
        var cells = Read("scrnaseq/allen2019-human-m1-markers/data.csv.gz");
        Assert.Equal((76_533, 141), (cells.CellCount, cells.GeneCount));
        Assert.Equal(.9100, ZeroShare(cells), 4);
        Assert.Equal(1335, ((SparseMatrix)cells.Values).Values.ToArray().Max());
    }

    [Fact]
    public void Packer_worm_embryo()
    {
        var cells = Read("scrnaseq/packer2019-worm-embryo");
        Assert.Equal((1805, 10_000, 753_299), (cells.CellCount, cells.GeneCount, cells.Values.StoredCount));
        Assert.Equal(376, ((SparseMatrix)cells.Values).Values.ToArray().Max());
        Assert.Equal(0, cells.GeneTable.RenamedCount);
        Assert.All(cells.GeneTable.Text("feature_types"), type => Assert.Equal("Gene Expression", type));
    }

    [Fact]
    public void Pbmc68k_reduced()
    {
        var cells = Read("scrnaseq/pbmc68k-reduced/10x_pbmc68k_reduced.h5ad");
        var dense = Assert.IsType<DenseMatrix>(cells.Values);
        Assert.Equal((700, 765), (cells.CellCount, cells.GeneCount));
        Assert.Equal(
            (-2.03, 28.4), (Math.Round(dense.Values.ToArray().Min(), 2), Math.Round(dense.Values.ToArray().Max(), 1)));
        var raw = Assert.IsType<SparseMatrix>(cells.Raw!.Values);
        Assert.Equal((765, 174_400), (cells.Raw.GeneCount, raw.StoredCount));
        Assert.Equal(
            (.72, 6.49), (Math.Round(raw.Values.ToArray().Min(), 2), Math.Round(raw.Values.ToArray().Max(), 2)));
        var labels = cells.CellTable.Text("bulk_labels").CountBy(label => label!).ToDictionary();
        Assert.Equal(
            (10, 240, 129, 95, 8), (labels.Count, labels["Dendritic"], labels["CD14+ Monocyte"], labels["CD19+ B"],
            labels["CD4+/CD45RA+/CD25- Naive T"]));
        Assert.Equal(11, cells.CellTable.Text("louvain").Distinct().Count());
        Assert.Equal((50, 2), (cells.CellArrays["X_pca"].Columns, cells.CellArrays["X_umap"].Columns));
        Assert.Equal(["bulk_labels", "n_genes", "percent_mito", "n_counts", "S_score", "G2M_score", "phase", "louvain"],
            cells.CellTable.ColumnNames);
        Assert.True(((bool[])cells.GeneTable.Column("highly_variable"))[0]);
    }

    [Fact]
    public void Zeisel_toy()
    {
        var cells = Read("scrnaseq/zeisel2015-toy/mouseBrain_toy.loom");
        Assert.Equal((200, 862), (cells.CellCount, cells.GeneCount));
        Assert.Equal(.805, ZeroShare(cells), 3);
        Assert.Equal(421, Assert.IsType<SparseMatrix>(cells.Values).Values.ToArray().Max());
        Assert.Equal([29, 43, 14, 55, 59],
            cells.CellTable.Numbers("CellType").CountBy(code => code).OrderBy(pair => pair.Key)
                .Select(pair => pair.Value));
        Assert.True(cells.Gene("Gad1").Sum() > 0);
    }

    [Fact]
    public void Cell_ranger_miniature_is_the_same_in_both_formats()
    {
        var triple = Read("scrnaseq/tenx-v3-mini/filtered_feature_bc_matrix");
        var hdf5 = Read("scrnaseq/tenx-v3-mini/filtered_feature_bc_matrix.h5");
        Assert.Equal((1107, 507, 23_866), (triple.CellCount, triple.GeneCount, triple.Values.StoredCount));
        Assert.Equal(306, triple.Values.ColumnSums().Count(sum => sum == 0));
        var (a, b) = (Assert.IsType<SparseMatrix>(triple.Values), Assert.IsType<SparseMatrix>(hdf5.Values));
        Assert.Equal(a.RowPointers, b.RowPointers);
        Assert.Equal(a.ColumnIndices, b.ColumnIndices);
        Assert.Equal(a.Values, b.Values);
        Assert.Equal(36, a.Values.ToArray().Max());
        Assert.Equal(triple.CellTable.Names, hdf5.CellTable.Names);
        Assert.Equal(triple.GeneTable.Names, hdf5.GeneTable.Names);
        foreach (var column in (string[])["gene_ids", "feature_types"])
            Assert.Equal(triple.GeneTable.Text(column), hdf5.GeneTable.Text(column));
        Assert.Equal("GRCh38_chr21", hdf5.GeneTable.Text("genome")[0]);
    }

    [Fact]
    public void Wishbone_sample()
    {
        var events = Read("wishbone/sample_masscyt.fcs");
        var dense = Assert.IsType<DenseMatrix>(events.Values);
        Assert.Equal((25_000, 13), (events.CellCount, events.GeneCount));
        Assert.Equal(
            ["CD27", "CD4", "CD5", "CD127", "CD44", "CD69", "CD117", "CD62L", "CD24", "CD3", "CD8", "CD25", "TCRb"],
            events.GeneTable.Names);
        Assert.Equal("FCS3.1", events.Metadata["format"]);
        Assert.InRange(dense.Values.ToArray().Min(), 0, 1e-6);
        Assert.InRange(dense.Values.ToArray().Max(), 6.5, 7);
        float[] cd4 = events.Gene("CD4"), cd8 = events.Gene("CD8");
        Assert.Equal(249, Enumerable.Range(0, 25_000).First(i => cd4[i] < 1 && cd8[i] < 1));
        var derived = Read("wishbone/sample_masscyt_wishbone_derived.csv");
        Assert.Equal((25_000, 2), (derived.CellCount, derived.GeneCount));
        Assert.Equal([22_305, 828, 1867], derived.Gene("Branch").CountBy(b => b).OrderBy(pair => pair.Key)
            .Select(pair => pair.Value));
        Assert.Equal(249, Read("wishbone/masscyt_waypoints.csv").CellCount);
    }

    private static AnnotatedMatrix Read(string path) => SingleCellFile.Read(Path(path));

    private static string Path(string path)
    {
        var folder = Environment.GetEnvironmentVariable("GSR_DATA");
        if (string.IsNullOrEmpty(folder)) Assert.Skip("GSR_DATA is not set: the real single-cell files were not read.");
        return System.IO.Path.Combine(folder, path);
    }

    private static double ZeroShare(AnnotatedMatrix cells) =>
        1 - (cells.Values.ToArray().Count(value => value != 0) / ((double)cells.CellCount * cells.GeneCount));

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
