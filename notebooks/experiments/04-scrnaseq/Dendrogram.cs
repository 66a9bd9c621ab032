using Gsr.Analysis;
using Gsr.Analysis.Metrics;

namespace Gsr.Experiments.ScRnaSeq;

/// <summary>
/// Agglomerative clustering by average linkage (UPGMA, Sokal and Michener 1958): the two clusters of least mean
/// distance become one, again and again. Its tree gives an order in which like items lie side by side, as in a
/// clustered heat map.
/// </summary>
public sealed class Dendrogram
{
    private readonly double[,] _distances;

    private Dendrogram(double[,] distances, (int Left, int Right)[] merges, double[] heights) =>
        (_distances, Merges, Heights) = (distances, merges, heights);

    /// <summary>Number of items n.</summary>
    public int Count => _distances.GetLength(0);

    /// <summary>
    /// The n - 1 merges in their order: two clusters, items being 0 to n - 1 and the cluster of merge m being n + m.
    /// </summary>
    public IReadOnlyList<(int Left, int Right)> Merges { get; }

    /// <summary>The mean distance of the two clusters of each merge; it never falls.</summary>
    public IReadOnlyList<double> Heights { get; }

    /// <summary>
    /// Clusters the rows of profiles [items, features] by 1 - r, r being Pearson's correlation of two rows. The
    /// correlation with a constant row counts as 0.
    /// </summary>
    public static Dendrogram OfRows(double[,] profiles)
    {
        var correlations = ProfileCorrelation.Matrix(profiles);
        var n = correlations.GetLength(0);
        return Of(Matrices.Of(n, n, (i, j) => i == j ? 0
            : 1 - (double.IsNaN(correlations[i, j]) ? 0 : correlations[i, j])));
    }

    /// <summary>
    /// Clusters items by their distances [n, n], symmetric; of equal ones the pair of lowest numbers is merged first.
    /// O(n³) time.
    /// </summary>
    internal static Dendrogram Of(double[,] distances)
    {
        var n = distances.GetLength(0);
        var between = (double[,])distances.Clone();
        var (clusters, sizes) = (Enumerable.Range(0, n).ToArray(), Enumerable.Repeat(1, n).ToArray());
        var (merges, heights) = (new (int, int)[n - 1], new double[n - 1]);
        var live = Enumerable.Range(0, n).ToList();
        for (var merge = 0; merge < n - 1; merge++)
        {
            var (a, b) = Nearest(between, live);
            (merges[merge], heights[merge]) = ((clusters[a], clusters[b]), between[a, b]);
            foreach (var other in live.Where(other => other != a && other != b))
            {
                between[a, other] = between[other, a] =
                    ((sizes[a] * between[a, other]) + (sizes[b] * between[b, other])) / (sizes[a] + sizes[b]);
            }

            sizes[a] += sizes[b];
            clusters[a] = n + merge;
            live.Remove(b);
        }

        return new Dendrogram(distances, merges, heights);
    }

    /// <summary>
    /// The cluster of each item when the last merges are undone until there are so many clusters, numbered from 0 in
    /// the order of their first items.
    /// </summary>
    public int[] Cut(int clusters)
    {
        var kept = Math.Max(0, Count - clusters);
        int[] cluster = [.. Enumerable.Range(0, Count + kept)];
        for (var m = kept - 1; m >= 0; m--)
            cluster[Merges[m].Left] = cluster[Merges[m].Right] = cluster[Count + m];
        int[] found = [.. cluster.Take(Count).Distinct()];
        return [.. cluster.Take(Count).Select(c => Array.IndexOf(found, c))];
    }

    /// <summary>
    /// Of the 2ⁿ⁻¹ orders that the tree permits, one of least sum of distances between neighbours (Bar-Joseph, Gifford
    /// and Jaakkola 2001). O(n³) memory cells and O(n⁴) time at worst: for hundreds of items.
    /// </summary>
    public int[] OptimalOrder()
    {
        var leaves = new int[Count + Merges.Count][];
        // Least sums of a cluster's orders that begin with one item and end with another, and the pair that meets
        // there.
        var best = new Dictionary<(int First, int Last), Way>[leaves.Length];
        for (var i = 0; i < Count; i++)
        {
            leaves[i] = [i];
            best[i] = new() { [(i, i)] = new(0, i, i) };
        }

        for (var m = 0; m < Merges.Count; m++)
        {
            var (left, right) = Merges[m];
            leaves[Count + m] = [.. leaves[left], .. leaves[right]];
            best[Count + m] = Joined(best[left], best[right], leaves[left], leaves[right]);
        }

        var ends = best[^1].MinBy(pair => pair.Value.Sum).Key;
        var order = new List<int>(Count);
        Walk(leaves.Length - 1, ends.First, ends.Last);
        return [.. order];

        void Walk(int cluster, int first, int last)
        {
            if (cluster < Count)
            {
                order.Add(cluster);
                return;
            }

            var (_, endOfLeft, startOfRight) = best[cluster][(first, last)];
            var (one, other) = Merges[cluster - Count];
            if (!best[one].ContainsKey((first, endOfLeft))) (one, other) = (other, one);
            Walk(one, first, endOfLeft);
            Walk(other, startOfRight, last);
        }
    }

    private Dictionary<(int First, int Last), Way> Joined(
        Dictionary<(int First, int Last), Way> left, Dictionary<(int First, int Last), Way> right,
        int[] leftLeaves, int[] rightLeaves)
    {
        var joined = new Dictionary<(int First, int Last), Way>();
        foreach (var first in leftLeaves)
        {
            // The best way from the first item over to each item of the other side, so that a pair costs n and not n².
            foreach (var start in rightLeaves)
            {
                var (crossing, end) = leftLeaves.Where(e => left.ContainsKey((first, e)))
                    .Select(e => (left[(first, e)].Sum + _distances[e, start], e)).MinBy(way => way.Item1);
                foreach (var last in rightLeaves)
                {
                    if (!right.TryGetValue((start, last), out var rest)) continue;
                    var sum = crossing + rest.Sum;
                    if (joined.TryGetValue((first, last), out var known) && known.Sum <= sum) continue;
                    joined[(first, last)] = new(sum, end, start);
                    joined[(last, first)] = new(sum, start, end);
                }
            }
        }

        return joined;
    }

    private static (int First, int Second) Nearest(double[,] between, List<int> live)
    {
        (int First, int Second) nearest = (live[0], live[1]);
        for (var i = 0; i < live.Count; i++)
        {
            for (var j = i + 1; j < live.Count; j++)
                if (between[live[i], live[j]] < between[nearest.First, nearest.Second]) nearest = (live[i], live[j]);
        }

        return nearest;
    }

    private readonly record struct Way(double Sum, int EndOfLeft, int StartOfRight);
}
