using Gsr.SingleCell;
using Gsr.SingleCell.Preparation;
using Gsr.SingleCell.Reading;
using Gsr.SingleCell.Simulation;

namespace Gsr.Experiments.ScRnaSeq;

/// <summary>
/// The transcriptomes that the workbook studies: from the data folder, the cache or a download, else generated cells of about
/// the same numbers, which say so.
/// </summary>
/// <example><code>
/// Transcriptome cortex = Transcriptomes.MouseCortex();
/// Console.WriteLine(cortex.Provenance);
/// </code></example>
public static class Transcriptomes
{
    private const string GeneratedTypes = "cell_type";

    /// <summary>Stem cells, intermediate progenitors and young neurons of a cortex, one after the other.</summary>
    private static readonly LineageBranch[] s_cortex =
    [
        new("stem cells", null), new("progenitors", "stem cells", 0.6), new("neurons", "progenitors", 1.4),
    ];

    /// <summary>
    /// Developing mouse cortex, E17.5: 880 cells x 17,085 genes, without cell types (Yuzwa et al. 2017, GEO GSE107122).
    /// </summary>
    /// <param name="loader">Where to look; <see cref="DataSetLoader.FromEnvironment"/> where null.</param>
    /// <param name="cancellation">Ends a download.</param>
    /// <exception cref="DataFormatException">A file is damaged.</exception>
    /// <exception cref="DataUnavailableException">A file cannot be had and the loader allows no stand-in.</exception>
    public static Transcriptome MouseCortex(DataSetLoader? loader = null, CancellationToken cancellation = default) =>
        Load("yuzwa2017-mouse-cortex-e175", loader, cancellation,
            files => SingleCellFile.Read(files.PathOf("GSM2861514_E175_Only_Cortical_Cells_DGE.txt.gz")), null,
            new() { Cells = 880, Lineage = s_cortex, MedianLibrarySize = 2000, BackgroundGenes = 1500, Seed = 2017 });

    /// <summary>
    /// Human fetal neocortex: 220 cells x 12,694 genes with apical and basal progenitors and neurons in the column
    /// "derived_level1", their published clusters in "cell_type" (Camp et al. 2015, GEO GSE75140).
    /// </summary>
    /// <inheritdoc cref="MouseCortex"/>
    public static Transcriptome FetalCortex(DataSetLoader? loader = null, CancellationToken cancellation = default) =>
        Load("camp2015-fetal-cortex", loader, cancellation,
            files => SingleCellFile.Read(files.PathOf("counts.csv.gz")).WithCellAnnotations(files.PathOf("cell_labels.csv")), "derived_level1",
            new() { Cells = 220, Lineage = s_cortex, MedianLibrarySize = 200_000, Dispersion = 0.5, BackgroundGenes = 1500, Seed = 2015 });

    /// <summary>
    /// Blood: 2,638 cells x 32,738 genes with nine types in the column "cell_type" and coarser ones in "derived_group" (10x
    /// Genomics 2016, labels of the Satija lab's tutorial).
    /// </summary>
    /// <inheritdoc cref="MouseCortex"/>
    public static Transcriptome Blood(DataSetLoader? loader = null, CancellationToken cancellation = default) =>
        Load("pbmc3k", loader, cancellation,
            files => SingleCellFile.Read(Path.GetDirectoryName(files.PathOf("filtered_gene_bc_matrices/hg19/matrix.mtx"))!)
                .WithCellAnnotations(files.PathOf("cell_labels.tsv")), "derived_group",
            new() { Cells = 2638, Groups = 6, MedianLibrarySize = 2200, BackgroundGenes = 1500, Seed = 2016 });

    private static Transcriptome Load(string id, DataSetLoader? loader, CancellationToken cancellation,
        Func<Provenance, AnnotatedMatrix> read, string? typeColumn, SyntheticCellsOptions standIn)
    {
        Provenance provenance = (loader ?? DataSetLoader.FromEnvironment()).Load(id, cancellation);
        return provenance.IsStandIn
            ? new Transcriptome { Cells = SyntheticCells.Generate(standIn), TypeColumn = GeneratedTypes, Provenance = provenance }
            : new Transcriptome { Cells = read(provenance), TypeColumn = typeColumn, Provenance = provenance };
    }
}
