using Gsr.SingleCell;
using Gsr.SingleCell.Preparation;
using Gsr.SingleCell.Reading;
using Gsr.SingleCell.Simulation;

namespace Gsr.Experiments.OwnData;

/// <summary>The cells that stand in for a file while there is none: human blood, else generated cells.</summary>
/// <param name="Cells">Counts.</param>
/// <param name="Name">A short name, for claims and files.</param>
/// <param name="Source">Where they came from. Show it: generated cells must not pass for measured ones.</param>
/// <param name="IsGenerated">Whether a program made them up.</param>
public sealed record ExampleCells(AnnotatedMatrix Cells, string Name, string Source, bool IsGenerated)
{
    /// <summary>The column of the cells' types.</summary>
    public const string Label = "cell_type";

    /// <summary>
    /// Blood, 2,638 cells with nine types (10x Genomics 2016, labels of the Satija lab's tutorial), from the data
    /// folder; else 1,000 generated cells of five groups, each with 30 genes of its own among 300 others.
    /// </summary>
    /// <param name="seed">Of generated cells.</param>
    /// <param name="loader">Where to look; <see cref="DataSetLoader.FromEnvironment"/> where null.</param>
    public static ExampleCells Load(int seed, DataSetLoader? loader = null)
    {
        var source = (loader ?? DataSetLoader.FromEnvironment()).Load("pbmc3k");
        if (source.IsStandIn)
        {
            var options = new SyntheticCellsOptions { Groups = 5, Cells = 1000, Seed = seed };
            return new(SyntheticCells.Generate(options), "generated", source.ToString(), true);
        }

        var folder = Path.GetDirectoryName(source.PathOf("filtered_gene_bc_matrices/hg19/matrix.mtx"))!;
        return new(SingleCellFile.Read(folder).WithCellAnnotations(source.PathOf("cell_labels.tsv")), "blood",
            source.ToString(), false);
    }
}
