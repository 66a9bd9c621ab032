using System.Text.RegularExpressions;

namespace Gsr.SingleCell.Reading;

/// <summary>Names that are usual for annotations of cells and genes, and are no genes.</summary>
internal static partial class AnnotationNames
{
    /// <summary>featureCounts' columns between the genes' names and the counts.</summary>
    public static readonly string[] FeatureCounts = ["Chr", "Start", "End", "Strand", "Length"];

    /// <summary>What to say where genes have such names; null where none has.</summary>
    public static string? Remark(AnnotationTable genes, IReadOnlyCollection<string> named)
    {
        string[] found = [.. genes.Names.Where(name => Usual().IsMatch(name) && !named.Contains(name))];
        return found.Length == 0 ? null
            : $"Read as genes, and by their names perhaps annotations: {Remarks.Listed(found)}; "
                + "Annotations takes them for such.";
    }

    [GeneratedRegex(
        "^(cluster|clusters|seurat_clusters|louvain|leiden|label|labels|cell[._ ]?types?|batch|sample|sample_?id|donor"
        + "|donor_id|patient|subject|replicate|plate|well|condition|treatment|group|day|stage|timepoint|age|sex"
        + "|pseudotime|dpt_pseudotime|phase|n_?(genes|counts|umis?|reads)(_by_counts)?|nfeature_rna|ncount_rna"
        + "|total_counts|(percent|pct)[._](mito|mt|counts_mt|ribo)|size_?factors?|doublet_?scores?"
        + "|(x_)?(umap|tsne|pca?|dc)[-_. ]?\\d+|gene_?length|length|entrez_?(gene_?)?id)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Usual();
}
