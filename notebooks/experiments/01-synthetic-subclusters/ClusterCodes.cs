using Gsr.Analysis;

namespace Gsr.Experiments.Subclusters;

/// <summary>What the mean codes of clusters, [clusters, nodes], say about a layer (paper).</summary>
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

    /// <summary>
    /// The mean codes of large clusters, [clusters / 2, nodes], from those of their sub-clusters: large cluster m is
    /// the mean of 2m and 2m + 1, which are equally frequent.
    /// </summary>
    public static double[,] Large(double[,] subClusterMeans) => Matrices.Of(
        subClusterMeans.GetLength(0) / 2, subClusterMeans.GetLength(1),
        (m, node) => (subClusterMeans[2 * m, node] + subClusterMeans[(2 * m) + 1, node]) / 2);

    /// <summary>
    /// How differently a large cluster's two sub-clusters divide their pair's activation between its ends, the mean
    /// over large clusters of the difference of (a - b) / (a + b): 0 where the ends fire alike, 2 where each
    /// sub-cluster has one end to itself.
    /// </summary>
    /// <param name="subClusterMeans">[2 · clusters, nodes].</param>
    /// <param name="pairs">The two nodes that each large cluster owns.</param>
    public static double EndsApart(double[,] subClusterMeans, IReadOnlyList<(int A, int B)> pairs)
    {
        return pairs.Select((_, m) => Math.Abs(Lean(2 * m) - Lean((2 * m) + 1))).Average();

        double Lean(int cluster)
        {
            var (endA, endB) = pairs[cluster / 2];
            var (a, b) = (subClusterMeans[cluster, endA], subClusterMeans[cluster, endB]);
            return a + b > 0 ? (a - b) / (a + b) : 0;
        }
    }

    /// <summary>The number of nodes that some cluster uses, 0 for a layer that is zero everywhere.</summary>
    public static int LiveNodes(double[,] clusterMeans)
    {
        double[] peaks = [.. clusterMeans.Columns().Select(means => means.Max(Math.Abs))];
        return peaks.Count(peak => peak > LiveShare * peaks.Max());
    }
}
