namespace Gsr.SingleCell.Reading;

/// <summary>What is known of a file, and what to take of it; <see cref="SingleCellFile"/> detects the rest.</summary>
/// <example><code>
/// var proteins = SingleCellFile.Read("cite.h5", new() { FeatureTypes = ["Antibody Capture"] });
/// var table = SingleCellFile.Read("counts.csv", new() { Annotations = ["cluster", "batch"] });
/// </code></example>
public sealed record ReadOptions
{
    /// <summary>Tables: which way round they are; detected by default.</summary>
    public Orientation Orientation { get; init; }

    /// <summary>
    /// Tables: tab, comma, semicolon or blank; null, the default: the one that divides the first two lines alike.
    /// </summary>
    public char? Separator { get; init; }

    /// <summary>
    /// Names of what is no gene but an annotation, such as "cluster": it becomes a column of the cells (or, of a table
    /// with genes in rows, of the genes).
    /// </summary>
    public IReadOnlyList<string> Annotations { get; init; } = [];

    /// <summary>
    /// Of which genome, such as "GRCh38": the group of a 10x file of version 2, the folder of a 10x matrix, or genes
    /// with this value in the column "genome"; null takes the only one, or all.
    /// </summary>
    public string? Genome { get; init; }

    /// <summary>
    /// Feature types to take, such as "Antibody Capture"; null, the default: "Gene Expression" alone, where a file has
    /// that and others.
    /// </summary>
    public IReadOnlyList<string>? FeatureTypes { get; init; }

    /// <summary>MuData (.h5mu): the modality; null takes the one called rna, or the only one.</summary>
    public string? Modality { get; init; }

    /// <summary>FCS: whether the file's spillover matrix is applied.</summary>
    public bool Compensate { get; init; }
}
