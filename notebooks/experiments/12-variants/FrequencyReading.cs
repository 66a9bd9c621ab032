using Gsr.Analysis;
using Gsr.Analysis.Metrics;
using Gsr.Graphs;

namespace Gsr.Experiments.Variants;

/// <summary>What the lowest frequency of a code on a graph says of a quantity of the examples.</summary>
public static class FrequencyReading
{
    /// <summary>
    /// |Spearman| of ẑ₁ = u₁ᵀz with the quantity, u₁ the eigenvector of the second smallest eigenvalue.
    /// </summary>
    /// <param name="codes">[examples, nodes].</param>
    /// <param name="graph">A connected graph of the nodes.</param>
    /// <param name="quantity">One value per example.</param>
    /// <param name="permuted">Permutes the nodes first with this seed: the null; none by default.</param>
    public static double Of(double[,] codes, FeatureGraph graph, double[] quantity, int? permuted = null)
    {
        var nodes = Enumerable.Range(0, graph.NodeCount);
        var order = permuted is { } seed ? nodes.Shuffled(new Random(seed)) : [.. nodes];
        var spectrum = graph.Laplacian().Spectrum();
        double[] lowest = [.. codes.SelectColumns(order).Rows().Select(row => spectrum.Transform(row)[1])];
        return Math.Abs(RankCorrelation.Spearman(lowest, quantity));
    }

    /// <summary>The largest |Spearman| of a column with the quantity: what the points say without a network.</summary>
    public static double BestColumn(double[,] points, double[] quantity) =>
        points.Columns().Max(column => Math.Abs(RankCorrelation.Spearman(column, quantity)));
}
