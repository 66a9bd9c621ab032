namespace Gsr.Experiments.Subclusters;

/// <summary>
/// Own-pair share (paper E1): with mean activation mᵢ of node i for a cluster, the share Σ_own |mᵢ| / Σ |mᵢ| that lies
/// in the cluster's own group of nodes. Each cluster owns one group, in the assignment of clusters to groups that makes
/// the sum of shares largest. 1 is a perfect hierarchy; a layer without one gives 1/groups (.33 for three pairs).
/// </summary>
/// <remarks>
/// Magnitudes, because a code without ReLU has signs. A cluster whose mean code is zero has share 0: a collapsed layer
/// is no structure.
/// </remarks>
public sealed class OwnPairShare
{
    private OwnPairShare(double[] shares, int[] groups) =>
        (Shares, Groups) = (Array.AsReadOnly(shares), Array.AsReadOnly(groups));

    /// <summary>The share of each cluster, 0 .. 1.</summary>
    public IReadOnlyList<double> Shares { get; }

    /// <summary>The group that each cluster owns, all different.</summary>
    public IReadOnlyList<int> Groups { get; }

    /// <summary>Mean of the shares: the headline number.</summary>
    public double Mean => Shares.Average();

    /// <summary>Matches clusters to groups of nodes and measures the shares.</summary>
    /// <param name="clusterMeans">[large clusters, nodes], finite; at most as many clusters as groups.</param>
    /// <param name="groupOfNode">
    /// The group of each node, numbered from 0 without gaps: <see cref="Graphs.FeatureGraph.Components"/> of the pairs.
    /// </param>
    /// <exception cref="ArgumentException">Sizes do not match, or there are more clusters than groups.</exception>
    public static OwnPairShare Of(double[,] clusterMeans, ReadOnlySpan<int> groupOfNode)
    {
        var (clusters, nodes) = Arguments.Matrix(clusterMeans, nameof(clusterMeans));
        Arguments.Length(groupOfNode.Length, nodes, nameof(groupOfNode),
            $"column of {nameof(clusterMeans)}");
        int groups = GroupCount(groupOfNode);
        if (clusters > groups)
        {
            throw new ArgumentException(
                $"clusterMeans has {clusters} clusters for {groups} groups; each cluster owns one group: "
                + "use a graph with more components, or merge clusters.", nameof(clusterMeans));
        }

        var shares = new double[clusters, groups];
        for (int c = 0; c < clusters; c++)
        {
            double total = 0;
            for (int i = 0; i < nodes; i++)
            {
                double magnitude = Math.Abs(clusterMeans[c, i]);
                shares[c, groupOfNode[i]] += magnitude;
                total += magnitude;
            }
            for (int g = 0; g < groups && total > 0; g++)
                shares[c, g] /= total;
        }
        int[] owned = Assignment.Best(shares);
        return new OwnPairShare([.. owned.Select((group, c) => shares[c, group])], owned);
    }

    /// <summary>Such as "own-pair share 0.98 (0.99, 0.97, 0.98)".</summary>
    public override string ToString() =>
        $"own-pair share {Printed(Mean)} ({string.Join(", ", Shares.Select(Printed))})";

    private static string Printed(double share) => FormattableString.Invariant($"{share:F2}");

    private static int GroupCount(ReadOnlySpan<int> groupOfNode)
    {
        var present = new HashSet<int>();
        for (int i = 0; i < groupOfNode.Length; i++)
        {
            if ((uint)groupOfNode[i] >= (uint)groupOfNode.Length)
            {
                throw new ArgumentException(
                    $"groupOfNode[{i}] is {groupOfNode[i]}; number the groups from 0 without gaps.",
                    nameof(groupOfNode));
            }
            present.Add(groupOfNode[i]);
        }
        if (present.Max() != present.Count - 1)
        {
            throw new ArgumentException(
                $"groupOfNode names {present.Count} groups up to number {present.Max()}; "
                + "number them from 0 without gaps.",
                nameof(groupOfNode));
        }
        return present.Count;
    }
}
