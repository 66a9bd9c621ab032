using Gsr.SingleCell;

namespace Gsr.Experiments.ScRnaSeq;

/// <summary>Counts of transcripts in single cells, or their stand-in.</summary>
public sealed record Transcriptome
{
    /// <summary>Cells x genes, counts.</summary>
    public required AnnotatedMatrix Cells { get; init; }

    /// <summary>The cells' column that names their types; null where nobody labelled them.</summary>
    public string? TypeColumn { get; init; }

    /// <summary>Where the data came from. Show it: a stand-in must not pass for cells.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>True where the cells were generated.</summary>
    public bool IsStandIn => Provenance.IsStandIn;

    /// <summary>The type of each cell.</summary>
    /// <exception cref="InvalidOperationException">The cells are not labelled, or one of them has no label.</exception>
    public string[] Types()
    {
        if (TypeColumn is null) throw new InvalidOperationException($"{Provenance.DataSet.Title} has no cell types.");
        string?[] types = Cells.CellTable.Text(TypeColumn);
        int missing = Array.IndexOf(types, null);
        return missing < 0 ? [.. types.Select(type => type!)] : throw new InvalidOperationException(
            $"The cell '{Cells.CellTable.Names[missing]}' has no value in the column '{TypeColumn}'.");
    }
}
