using Gsr.SingleCell;
using Gsr.SingleCell.Preparation;
using Gsr.SingleCell.Reading;
using Gsr.SingleCell.Simulation;

namespace Gsr.Experiments.ScRnaSeq;

/// <summary>
/// Counts of transcripts in single cells: from the data folder, the cache or a download, else generated cells of about
/// the same numbers, which say so.
/// </summary>
/// <param name="Cells">Cells x genes, counts.</param>
/// <param name="TypeColumn">The cells' column that names their types; null where nobody labelled them.</param>
/// <param name="Provenance">Where the data came from. Show it: a stand-in must not pass for cells.</param>
public sealed record Transcriptome(AnnotatedMatrix Cells, string? TypeColumn, Provenance Provenance)
{
    /// <summary>Stem cells, intermediate progenitors and young neurons of a cortex, one after the other.</summary>
    private static readonly LineageBranch[] Cortex =
    [
        new("stem cells", null), new("progenitors", "stem cells", 0.6), new("neurons", "progenitors", 1.4),
    ];

    /// <summary>True where the cells were generated.</summary>
    public bool IsStandIn => Provenance.IsStandIn;

    /// <summary>
    /// Developing mouse cortex, E17.5: 880 cells x 17,085 genes, without cell types (Yuzwa et al. 2017, GEO GSE107122).
    /// </summary>
    /// <param name="loader">Where to look; <see cref="DataSetLoader.FromEnvironment"/> where null.</param>
    /// <exception cref="DataFormatException">A file is damaged.</exception>
    /// <exception cref="DataUnavailableException">A file cannot be found and the loader allows no stand-in.</exception>
    public static Transcriptome MouseCortex(DataSetLoader? loader = null) =>
        Load("yuzwa2017-mouse-cortex-e175", loader,
            files => SingleCellFile.Read(files.PathOf("GSM2861514_E175_Only_Cortical_Cells_DGE.txt.gz")), null,
            new() { Cells = 880, Lineage = Cortex, MedianLibrarySize = 2000, BackgroundGenes = 1500, Seed = 2017 });

    /// <summary>
    /// Human fetal neocortex: 220 cells x 12,694 genes with apical and basal progenitors and neurons in the column
    /// "derived_level1", their published clusters in "cell_type" (Camp et al. 2015, GEO GSE75140).
    /// </summary>
    /// <inheritdoc cref="MouseCortex"/>
    public static Transcriptome FetalCortex(DataSetLoader? loader = null) =>
        Load("camp2015-fetal-cortex", loader,
            files => SingleCellFile.Read(files.PathOf("counts.csv.gz"))
                .WithCellAnnotations(files.PathOf("cell_labels.csv")), "derived_level1",
            new()
            {
                Cells = 220,
                Lineage = Cortex,
                MedianLibrarySize = 200_000,
                Dispersion = 0.5,
                BackgroundGenes = 1500,
                Seed = 2015,
            });

    /// <summary>
    /// Blood: 2,638 cells x 32,738 genes with nine types in the column "cell_type" and coarser ones in "derived_group"
    /// (10x Genomics 2016, labels of the Satija lab's tutorial).
    /// </summary>
    /// <inheritdoc cref="MouseCortex"/>
    public static Transcriptome Blood(DataSetLoader? loader = null) =>
        Load("pbmc3k", loader,
            files => SingleCellFile.Read(
                    Path.GetDirectoryName(files.PathOf("filtered_gene_bc_matrices/hg19/matrix.mtx"))!)
                .WithCellAnnotations(files.PathOf("cell_labels.tsv")), "derived_group",
            new() { Cells = 2638, Groups = 6, MedianLibrarySize = 2200, BackgroundGenes = 1500, Seed = 2016 });

    /// <summary>
    /// Ready for a network, with scanpy's usual steps: genes in three cells or more, totals scaled to their median,
    /// log(1 + x), scores on principal components, as many as asked or as the cells have.
    /// </summary>
    public (AnnotatedMatrix Cells, double[,] Scores) Prepare(int components)
    {
        var cells = Cells.FilterGenes(minCells: 3).NormalizeTotal().Log1p();
        return (cells, Pca.Fit(cells, Math.Min(components, cells.CellCount - 1)).Scores);
    }

    /// <summary>The type of each cell.</summary>
    /// <exception cref="InvalidOperationException">The cells are not labelled, or one of them has no label.</exception>
    public string[] Types() => TypeColumn is null
        ? throw new InvalidOperationException($"{Provenance.DataSet.Title} has no cell types.")
        : [.. Cells.CellTable.Text(TypeColumn).Select((type, cell) => type ?? throw new InvalidOperationException(
            $"The cell '{Cells.CellTable.Names[cell]}' has no value in the column '{TypeColumn}'."))];

    private static Transcriptome Load(string id, DataSetLoader? loader,
        Func<Provenance, AnnotatedMatrix> read, string? typeColumn, SyntheticCellsOptions standIn)
    {
        var provenance = (loader ?? DataSetLoader.FromEnvironment()).Load(id);
        return provenance.IsStandIn
            ? new Transcriptome(SyntheticCells.Generate(standIn), "cell_type", provenance)
            : new Transcriptome(read(provenance), typeColumn, provenance);
    }
}
