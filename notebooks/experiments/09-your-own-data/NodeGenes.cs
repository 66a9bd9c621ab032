using Gsr.Analysis;
using Gsr.SingleCell;
using Gsr.SingleCell.Preparation;

namespace Gsr.Experiments.OwnData;

/// <summary>
/// The genes that nodes stand for: Pearson's correlation over the cells of each node's activation with each gene, and a
/// name for the node from the genes that correlate most. A sparse matrix stays sparse, so that all genes of a file fit.
/// </summary>
public sealed class NodeGenes
{
    private readonly IReadOnlyList<string> _names;

    private NodeGenes(IReadOnlyList<string> names, double[,] correlations) =>
        (_names, Correlations) = (names, correlations);

    /// <summary>[nodes, genes], -1 to 1; NaN where the node or the gene is constant; not a copy.</summary>
    public double[,] Correlations { get; }

    /// <summary>
    /// Correlates activations [cells, nodes] with the genes of the same cells, on a scale such as log-normalised.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The numbers of cells differ, there are fewer than two, or a value is not finite.
    /// </exception>
    public static NodeGenes Of(float[,] activations, AnnotatedMatrix cells)
    {
        var (count, nodes) = StandardColumns.Size(activations, nameof(activations));
        cells.RequireCells(2, "a correlation");
        Arguments.Length(count, cells.CellCount, nameof(activations), "cell");
        cells.RequireValues(double.NegativeInfinity, "drop the cell or the gene first.");
        var standard = StandardColumns.Of(activations, nameof(activations));
        bool[] varies = [.. Enumerable.Range(0, nodes).Select(node =>
            Enumerable.Range(0, count).Any(cell => standard[cell, node] != 0))];
        var genes = cells.GeneCount;
        var sums = new double[genes, nodes];
        // Standardised activations z have mean 0, so that Σ z (x - mean) = Σ z x, over the entries alone.
        cells.Values.ForEachRow((cell, columns, values) =>
        {
            for (var k = 0; k < values.Length; k++)
                for (var node = 0; node < nodes; node++)
                    sums[columns[k], node] += (double)standard[cell, node] * values[k];
        });
        var variances = GeneMoments.Of(cells.Values).Variances;
        var correlations = new double[nodes, genes];
        for (var gene = 0; gene < genes; gene++)
        {
            var length = Math.Sqrt(variances[gene] * (count - 1.0) * count);
            for (var node = 0; node < nodes; node++)
            {
                correlations[node, gene] =
                    length > 0 && varies[node] ? Math.Clamp(sums[gene, node] / length, -1, 1) : double.NaN;
            }
        }

        return new NodeGenes(cells.GeneTable.Names, correlations);
    }

    /// <summary>
    /// The genes of highest absolute correlation with a node, highest first, equal ones in the order of the file.
    /// </summary>
    public IReadOnlyList<GeneCorrelation> Top(int node, int count = 5)
    {
        return [.. Enumerable.Range(0, _names.Count)
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
