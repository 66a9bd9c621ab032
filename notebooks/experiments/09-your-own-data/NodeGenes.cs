using Gsr.Analysis;
using Gsr.SingleCell.Preparation;

namespace Gsr.Experiments.OwnData;

/// <summary>
/// The genes that nodes stand for: Pearson's correlation over the cells of each node's activation with each gene, and a
/// name for the node from the genes that correlate most.
/// </summary>
public sealed class NodeGenes
{
    private readonly IReadOnlyList<string> _names;
    private readonly int[] _candidates;

    /// <summary>Genes by correlations that were computed.</summary>
    /// <param name="names">Of the genes.</param>
    /// <param name="correlations">[nodes, genes].</param>
    /// <param name="markers">The genes that nodes are named by; all where null.</param>
    /// <exception cref="ArgumentException">A marker is no gene.</exception>
    public NodeGenes(IReadOnlyList<string> names, double[,] correlations, IReadOnlyList<string>? markers = null)
    {
        (_names, Correlations) = (names, correlations);
        var places = names.Index().DistinctBy(gene => gene.Item).ToDictionary(gene => gene.Item, gene => gene.Index);
        _candidates = markers is null ? [.. Enumerable.Range(0, names.Count)]
            : [.. markers.Select(marker => places.TryGetValue(marker, out var place) ? place
                : throw new ArgumentException($"MARKERS names \"{marker}\", which is none of the {names.Count} genes "
                    + $"or channels kept, such as {string.Join(", ", names.Take(5))}.", nameof(markers)))];
    }

    /// <summary>[nodes, genes], -1 to 1; NaN where the node or the gene is constant; not a copy.</summary>
    public double[,] Correlations { get; }

    /// <summary>Correlates activations [cells, nodes] with the genes of the same cells.</summary>
    /// <exception cref="ArgumentException">The numbers of cells differ, or a value is not finite.</exception>
    public static NodeGenes Of(
        float[,] activations, NetworkInputs inputs, IReadOnlyList<string>? markers = null) =>
        new(inputs.GeneTable.Names, inputs.Correlations(activations), markers);

    /// <summary>
    /// The genes of highest absolute correlation with a node, highest first, equal ones in the order of the file.
    /// </summary>
    public IReadOnlyList<GeneCorrelation> Top(int node, int count = 5)
    {
        return [.. _candidates
            .Where(gene => !double.IsNaN(Correlations[node, gene]))
            .OrderByDescending(gene => Math.Abs(Correlations[node, gene]))
            .Take(count)
            .Select(gene => new GeneCorrelation(_names[gene], Correlations[node, gene]))];
    }

    /// <summary>
    /// A name for a node: its top genes, "−" before those that fall as it rises; "silent" for one without.
    /// </summary>
    public string Name(int node, int count)
    {
        var top = Top(node, count);
        return top.Count == 0 ? "silent" : string.Join(" ", top);
    }

    /// <summary>
    /// Profiles of the nodes over the genes that have a correlation with some node, [nodes, genes], NaN as 0.
    /// </summary>
    public double[,] Profiles()
    {
        var genes = Correlations.Columns().ToArray();
        int[] defined = [.. Enumerable.Range(0, genes.Length)
            .Where(gene => genes[gene].Any(value => !double.IsNaN(value)))];
        var profiles = Correlations.SelectColumns(defined);
        for (var node = 0; node < profiles.GetLength(0); node++)
            for (var k = 0; k < defined.Length; k++)
                if (double.IsNaN(profiles[node, k])) profiles[node, k] = 0;
        return profiles;
    }
}
