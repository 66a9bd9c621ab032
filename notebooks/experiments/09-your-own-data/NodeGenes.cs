using Gsr.SingleCell;
using Gsr.SingleCell.Preparation;

namespace Gsr.Experiments.OwnData;

/// <summary>
/// What nodes stand for: Pearson's correlation over the cells of each node's activation with each gene, and a name for the node
/// from the genes that correlate most. A sparse matrix stays sparse, so that all genes of a file can be asked.
/// </summary>
/// <example><code>
/// var genes = NodeGenes.Of(codes, prepared);
/// Console.WriteLine(genes.Name(3));                              // CD79A MS4A1 −CD3D
/// </code></example>
public sealed class NodeGenes
{
    private readonly IReadOnlyList<string> _names;
    private readonly double[,] _correlations;

    private NodeGenes(IReadOnlyList<string> names, double[,] correlations) => (_names, _correlations) = (names, correlations);

    /// <summary>Number of nodes.</summary>
    public int Nodes => _correlations.GetLength(0);

    /// <summary>[nodes, genes], -1 to 1; NaN where the node or the gene is constant; not a copy.</summary>
    public double[,] Correlations => _correlations;

    /// <summary>Correlates nodes with genes.</summary>
    /// <param name="activations">[cells, nodes], finite; at least two cells.</param>
    /// <param name="cells">The same cells, on a scale such as log-normalised, finite.</param>
    /// <exception cref="ArgumentException">The numbers of cells differ, there are fewer than two, or a value is not finite.</exception>
    public static NodeGenes Of(double[,] activations, AnnotatedMatrix cells)
    {
        Arguments.Matrix(activations, nameof(activations));
        cells.RequireCells(2, "a correlation");
        Arguments.Length(activations.GetLength(0), cells.CellCount, nameof(activations), "cell");
        cells.RequireValues(double.NegativeInfinity, "drop the cell or the gene first.");
        double[][] units = Units(activations);
        int nodes = activations.GetLength(1), genes = cells.GeneCount;
        var sums = new double[genes][];
        for (int gene = 0; gene < genes; gene++)
            sums[gene] = new double[nodes];
        // Units have mean 0, so that Σ u (x - mean) = Σ u x, over the entries alone.
        cells.Values.ForEachRow((cell, columns, values) =>
        {
            for (int k = 0; k < values.Length; k++)
            {
                double[] sum = sums[columns[k]];
                for (int node = 0; node < nodes; node++)
                    sum[node] += units[cell][node] * values[k];
            }
        });
        IReadOnlyList<double> variances = GeneMoments.Of(cells.Values).Variances;
        var correlations = new double[nodes, genes];
        for (int gene = 0; gene < genes; gene++)
        {
            double length = Math.Sqrt(variances[gene] * (cells.CellCount - 1));
            for (int node = 0; node < nodes; node++)
                correlations[node, gene] = length > 0 ? Math.Clamp(sums[gene][node] / length, -1, 1) : double.NaN;
        }
        return new NodeGenes(cells.GeneTable.Names, correlations);
    }

    /// <summary>The genes of highest absolute correlation, highest first, equal ones in the order of the file.</summary>
    /// <param name="node">From 0.</param>
    /// <param name="count">How many, at least 1; fewer where fewer have a correlation.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such node, or <paramref name="count"/> is below 1.</exception>
    public IReadOnlyList<GeneCorrelation> Top(int node, int count = 5)
    {
        if ((uint)node >= (uint)Nodes) throw new ArgumentOutOfRangeException(nameof(node), node, $"There is no node {node}; there are {Nodes}, from 0.");
        Arguments.AtLeast(count, 1, nameof(count), "ask for at least 1 gene.");
        return [.. Enumerable.Range(0, _names.Count)
            .Where(gene => !double.IsNaN(_correlations[node, gene]))
            .OrderByDescending(gene => Math.Abs(_correlations[node, gene]))
            .Take(count)
            .Select(gene => new GeneCorrelation(_names[gene], _correlations[node, gene]))];
    }

    /// <summary>A name for a node: its top genes, "−" before those that fall as it rises; "silent" for one without.</summary>
    /// <param name="node">From 0.</param>
    /// <param name="count">Of how many genes, default 3.</param>
    public string Name(int node, int count = 3)
    {
        IReadOnlyList<GeneCorrelation> top = Top(node, count);
        return top.Count == 0 ? "silent" : string.Join(" ", top);
    }

    /// <summary>Profiles of the nodes over the genes that have a correlation with some node, [nodes, genes], NaN as 0.</summary>
    public double[,] Profiles()
    {
        int[] defined = [.. Enumerable.Range(0, _names.Count).Where(gene => Enumerable.Range(0, Nodes).Any(node => !double.IsNaN(_correlations[node, gene])))];
        var profiles = new double[Nodes, defined.Length];
        for (int node = 0; node < Nodes; node++)
        {
            for (int k = 0; k < defined.Length; k++)
            {
                double value = _correlations[node, defined[k]];
                profiles[node, k] = double.IsNaN(value) ? 0 : value;
            }
        }
        return profiles;
    }

    /// <summary>Activations of mean 0 and length 1 per node, cell by cell; NaN for a constant node.</summary>
    private static double[][] Units(double[,] activations)
    {
        (int cells, int nodes) = (activations.GetLength(0), activations.GetLength(1));
        var units = new double[cells][];
        for (int cell = 0; cell < cells; cell++)
            units[cell] = new double[nodes];
        for (int node = 0; node < nodes; node++)
        {
            // From the first one on: a constant node is exactly 0, and so 0/0.
            double first = activations[0, node], mean = 0, squares = 0;
            for (int cell = 0; cell < cells; cell++)
                mean += (activations[cell, node] - first) / cells;
            for (int cell = 0; cell < cells; cell++)
            {
                units[cell][node] = activations[cell, node] - first - mean;
                squares += units[cell][node] * units[cell][node];
            }
            for (int cell = 0; cell < cells; cell++)
                units[cell][node] /= Math.Sqrt(squares);
        }
        return units;
    }
}
