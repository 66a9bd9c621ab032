namespace Gsr.SingleCell.Preparation;

/// <summary>
/// Genes that vary more than others of their level: the dispersion of Satija et al. 2015 (Seurat), as scanpy's
/// highly_variable_genes defines it by default.
/// </summary>
/// <remarks>
/// With y = exp(x) - 1 undoing the logarithm, m its mean and v its variance (n - 1) over cells:
/// <code>
/// mean = log(1 + m)        dispersion = log(v / m)
/// 20 bins of equal width over the means; z = (dispersion - bin's mean) / bin's standard deviation (n - 1)
/// </code>
/// A gene alone in its bin has z = 1. A gene that never varies has neither dispersion nor z, and is never chosen.
/// </remarks>
public static class HighlyVariableGenes
{
    // The mean of a silent gene, which takes part in the range of the bins.
    private const double SilentMean = 1e-12;
    private const int UsualBins = 20;

    /// <summary>
    /// Adds to the genes means, dispersions, dispersions_norm (z; missing where there is none) and highly_variable:
    /// those between the bounds, which are excluded, or the <paramref name="topGenes"/> of highest z.
    /// </summary>
    /// <param name="matrix">At least two cells, log-normalised: after <see cref="Normalization.Log1p"/>.</param>
    /// <param name="topGenes">How many, with others of the last one's z; where null, the bounds apply.</param>
    /// <param name="minMean">Bound of the mean, default 0.0125.</param>
    /// <param name="maxMean">Bound of the mean, default 3.</param>
    /// <param name="minDispersion">Bound of z, default 0.5.</param>
    /// <param name="maxDispersion">Bound of z, default infinite.</param>
    /// <param name="bins">Default 20.</param>
    /// <exception cref="ArgumentException">There are not two cells, or a value is negative or not finite.</exception>
    public static AnnotatedMatrix FindHighlyVariableGenes(this AnnotatedMatrix matrix, int? topGenes = null,
        double minMean = 0.0125, double maxMean = 3, double minDispersion = 0.5,
        double maxDispersion = double.PositiveInfinity, int bins = UsualBins)
    {
        matrix.RequireCells(2, "a dispersion");
        if (topGenes is { } count) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count, nameof(topGenes));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bins);
        matrix.RequireValues(
            0, "dispersions are of log-normalised counts: look for these genes before values are scaled.");
        var (means, dispersions, scores) = Scores(GeneMoments.Of(matrix.Values, OfLogarithm), bins);
        var cut = topGenes is { } top ? Cut(scores, top) : 0;
        bool[] chosen = [.. scores.Select((z, gene) => topGenes is not null
            ? z >= cut
            : z > minDispersion && z < maxDispersion && means[gene] > minMean && means[gene] < maxMean)];
        return matrix.WithGeneColumn("means", means).WithGeneColumn("dispersions", dispersions)
            .WithGeneColumn("dispersions_norm", scores).WithGeneColumn("highly_variable", chosen);
    }

    /// <summary>
    /// The genes that <see cref="FindHighlyVariableGenes"/> marked, all genes kept in
    /// <see cref="AnnotatedMatrix.Raw"/>.
    /// </summary>
    /// <exception cref="KeyNotFoundException">The genes have no column highly_variable.</exception>
    public static AnnotatedMatrix SelectHighlyVariableGenes(this AnnotatedMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var chosen = matrix.GeneTable.Numbers("highly_variable");
        return matrix.WithRaw().FilterGenes(gene => chosen[gene] == 1);
    }

    /// <summary>A count of the logarithm of one more.</summary>
    internal static double OfLogarithm(double logarithm) => Math.Exp(logarithm) - 1;

    /// <summary>Means, dispersions and z of genes from the moments of what their logarithms stand for.</summary>
    internal static (double[] Means, double[] Dispersions, double[] Scores) Scores(
        GeneMoments moments, int bins = UsualBins)
    {
        var variances = moments.Variances;
        double[] means = new double[variances.Length], dispersions = new double[variances.Length];
        for (var gene = 0; gene < means.Length; gene++)
        {
            var mean = moments.Means[gene] == 0 ? SilentMean : moments.Means[gene];
            var dispersion = variances[gene] / mean;
            means[gene] = Math.Log(1 + mean);
            dispersions[gene] = dispersion > 0 ? Math.Log(dispersion) : double.NaN;
        }
        return (means, dispersions, Standardised(dispersions, BinsOf(means, bins), bins));
    }

    /// <summary>The z that the best so many genes have at least.</summary>
    internal static double Cut(IEnumerable<double> scores, int top)
    {
        double[] sorted = [.. scores.Where(z => !double.IsNaN(z)).OrderDescending()];
        return sorted.Length == 0 ? double.PositiveInfinity : sorted[Math.Min(top, sorted.Length) - 1];
    }

    // Edges as pandas.cut sets them: equal widths, each bin with its upper edge, the first with its lower one too.
    private static int[] BinsOf(double[] means, int bins)
    {
        if (means.Length == 0) return [];
        double low = means.Min(), high = means.Max();
        if (low == high) (low, high) = (low - (0.001 * Math.Abs(low)), high + (0.001 * Math.Abs(high)));
        double[] edges = [
            .. Enumerable.Range(0, bins + 1).Select(i => i == bins ? high : low + (i * ((high - low) / bins)))];
        return Array.ConvertAll(means, mean =>
        {
            var at = Array.BinarySearch(edges, mean);
            return Math.Clamp(at >= 0 ? at - 1 : ~at - 1, 0, bins - 1);
        });
    }

    private static double[] Standardised(double[] dispersions, int[] binOf, int bins)
    {
        var scores = new double[dispersions.Length];
        Array.Fill(scores, double.NaN);
        foreach (var bin in Enumerable.Range(0, scores.Length)
            .Where(gene => !double.IsNaN(dispersions[gene]))
            .GroupBy(gene => binOf[gene]))
        {
            int[] genes = [.. bin];
            var mean = genes.Average(gene => dispersions[gene]);
            var deviation = Math.Sqrt(genes.Sum(gene => Math.Pow(dispersions[gene] - mean, 2)) / (genes.Length - 1));
            foreach (var gene in genes)
                scores[gene] = genes.Length == 1 ? 1 : (dispersions[gene] - mean) / deviation;
        }
        return scores;
    }
}
