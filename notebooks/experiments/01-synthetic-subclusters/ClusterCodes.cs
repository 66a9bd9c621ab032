namespace Gsr.Experiments.Subclusters;

/// <summary>What the mean codes of clusters say about a layer (paper E1).</summary>
public static class ClusterCodes
{
    /// <summary>
    /// The mean over pairs of clusters of the cosine of their mean codes: 0 where clusters use different nodes, 1 where
    /// their codes differ in length only.
    /// </summary>
    /// <param name="clusterMeans">[clusters, nodes], finite: the mean code of each large cluster.</param>
    /// <returns>The mean cosine; pairs with a zero code are left out, NaN where no pair is left.</returns>
    /// <exception cref="ArgumentException">The matrix is empty or an entry is not finite.</exception>
    public static double BetweenClusterCosine(double[,] clusterMeans)
    {
        var (clusters, nodes) = Arguments.Matrix(clusterMeans, nameof(clusterMeans));
        double sum = 0;
        int pairs = 0;
        for (int a = 0; a < clusters; a++)
        {
            for (int b = a + 1; b < clusters; b++)
            {
                double cosine = Dot(a, b) / Math.Sqrt(Dot(a, a)) / Math.Sqrt(Dot(b, b));
                if (double.IsNaN(cosine))
                    continue;
                sum += cosine;
                pairs++;
            }
        }
        return sum / pairs;

        double Dot(int a, int b)
        {
            double dot = 0;
            for (int i = 0; i < nodes; i++)
                dot += clusterMeans[a, i] * clusterMeans[b, i];
            return dot;
        }
    }

    /// <summary>
    /// The number of nodes that some cluster uses: those whose largest |mean| over clusters exceeds a share of the
    /// largest of the whole layer.
    /// </summary>
    /// <param name="clusterMeans">[clusters, nodes], finite: the mean code of each sub-cluster.</param>
    /// <param name="threshold">
    /// The share, 0 .. 1; 0.05 by default, between the live (≥ .19) and the silent (≤ .03) entries of the paper's
    /// figure.
    /// </param>
    /// <returns>0 .. nodes; 0 for a layer that is zero everywhere.</returns>
    /// <exception cref="ArgumentException">The matrix is empty or an entry is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threshold"/> is not in [0, 1).</exception>
    public static int LiveNodes(double[,] clusterMeans, double threshold = 0.05)
    {
        var (clusters, nodes) = Arguments.Matrix(clusterMeans, nameof(clusterMeans));
        if (!(threshold >= 0 && threshold < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold,
                $"threshold is {threshold}; it is a share of the most active node: choose 0 or more and below 1.");
        }
        double[] peaks = [.. Enumerable.Range(0, nodes).Select(i =>
            Enumerable.Range(0, clusters).Max(c => Math.Abs(clusterMeans[c, i])))];
        double limit = threshold * peaks.Max();
        return peaks.Count(peak => peak > limit);
    }
}
