using Gsr.Analysis;

namespace Gsr.Experiments.Subclusters;

/// <summary>What the mean codes of clusters, [clusters, nodes], say about a layer (paper E1).</summary>
public static class ClusterCodes
{
    /// <summary>
    /// A node is live where its largest |mean| exceeds this share of the layer's largest: between the live (≥ .19) and
    /// the silent (≤ .03) entries of the paper's figure.
    /// </summary>
    private const double LiveShare = 0.05;

    /// <summary>
    /// The mean over pairs of clusters of the cosine of their mean codes: 0 where clusters use different nodes, 1 where
    /// their codes differ in length only. Pairs with a zero code are left out; NaN where no pair is left.
    /// </summary>
    public static double BetweenClusterCosine(double[,] clusterMeans)
    {
        double[][] codes = [.. clusterMeans.Rows()];
        double[] cosines =
        [
            .. codes.SelectMany((a, i) => codes.Skip(i + 1)
                    .Select(b => Dot(a, b) / Math.Sqrt(Dot(a, a)) / Math.Sqrt(Dot(b, b))))
                .Where(cosine => !double.IsNaN(cosine)),
        ];
        return cosines.Sum() / cosines.Length;

        static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
    }

    /// <summary>The number of nodes that some cluster uses, 0 for a layer that is zero everywhere.</summary>
    public static int LiveNodes(double[,] clusterMeans)
    {
        double[] peaks = [.. clusterMeans.Columns().Select(means => means.Max(Math.Abs))];
        return peaks.Count(peak => peak > LiveShare * peaks.Max());
    }
}
