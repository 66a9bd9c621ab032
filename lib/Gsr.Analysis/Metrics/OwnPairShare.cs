namespace Gsr.Analysis.Metrics;

/// <summary>
/// Own-pair share (paper): with mean activation mᵢ of node i for a cluster, the share Σ_own |mᵢ| / Σ |mᵢ| that lies
/// in the cluster's own group of nodes. Each cluster owns one group, in the assignment of clusters to groups that makes
/// the sum of shares largest. 1 is a perfect hierarchy; a layer without one gives 1/groups (.33 for three pairs).
/// </summary>
/// <remarks>
/// Magnitudes, because a code without ReLU has signs. A cluster whose mean code is zero has share 0: a collapsed layer
/// is no structure.
/// </remarks>
/// <param name="Shares">The share of each cluster, 0 .. 1.</param>
/// <param name="Groups">The group that each cluster owns, all different.</param>
public sealed record OwnPairShare(IReadOnlyList<double> Shares, IReadOnlyList<int> Groups)
{
    /// <summary>Mean of the shares: the headline number.</summary>
    public double Mean => Shares.Average();

    /// <summary>
    /// Matches clusters to groups of nodes and measures the shares of mean activations [large clusters, nodes]. Groups
    /// are numbered from 0 without gaps, such as the <see cref="Graphs.FeatureGraph.Components"/> of the pairs.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// Sizes or numbers do not match, or there are more clusters than groups.
    /// </exception>
    public static OwnPairShare Of(double[,] clusterMeans, int[] groupOfNode)
    {
        var (clusters, nodes) = Arguments.Matrix(clusterMeans, nameof(clusterMeans));
        Arguments.Length(groupOfNode.Length, nodes, nameof(groupOfNode), $"column of {nameof(clusterMeans)}");
        var groups = groupOfNode.Max() + 1;
        Arguments.Require(groupOfNode.Min() >= 0 && groupOfNode.Distinct().Count() == groups, nameof(groupOfNode),
            "Number the groups from 0 without gaps.");
        Arguments.Require(clusters <= groups, nameof(clusterMeans),
            $"clusterMeans has {clusters} clusters for {groups} groups; each cluster owns one group.");

        var shares = new double[clusters, groups];
        for (var c = 0; c < clusters; c++)
        {
            double total = 0;
            for (var i = 0; i < nodes; i++)
            {
                var magnitude = Math.Abs(clusterMeans[c, i]);
                shares[c, groupOfNode[i]] += magnitude;
                total += magnitude;
            }

            for (var g = 0; g < groups && total > 0; g++) shares[c, g] /= total;
        }

        var owned = Assignment.Best(shares);
        return new OwnPairShare([.. owned.Select((group, c) => shares[c, group])], owned);
    }
}
