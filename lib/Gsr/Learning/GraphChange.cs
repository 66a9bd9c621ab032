using Gsr.Graphs;

namespace Gsr.Learning;

/// <summary>How a graph of the same nodes differs from an earlier one.</summary>
/// <param name="EdgeJaccard">
/// |E ∩ E'| / |E ∪ E'| of the sets of edges: 1 for the same edges, 0 for none in common; 1 where neither has any.
/// </param>
/// <param name="RelativeChange">
/// ‖W' - W‖ / ‖W‖, Frobenius: 0 for the same weights; infinite where only the earlier graph has no edge.
/// </param>
/// <param name="Added">Edges that are new.</param>
/// <param name="Removed">Edges that are gone.</param>
public readonly record struct GraphChange(double EdgeJaccard, double RelativeChange, int Added, int Removed)
{
    /// <summary>Compares two graphs.</summary>
    public static GraphChange Between(FeatureGraph before, FeatureGraph after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if (before.NodeCount != after.NodeCount)
        {
            throw new ArgumentException(
                $"before has {before.NodeCount} nodes and after {after.NodeCount}; compare graphs of the same layer.",
                nameof(after));
        }

        var (i, j, common) = (0, 0, 0);
        double difference = 0, norm = 0;
        while (i < before.Edges.Count || j < after.Edges.Count)
        {
            // Both lists are sorted: one pass over the two.
            var order = i == before.Edges.Count ? 1
                : j == after.Edges.Count ? -1
                : Order(before.Edges[i], after.Edges[j]);
            var old = order <= 0 ? before.Edges[i++].Weight : 0;
            var present = order >= 0 ? after.Edges[j++].Weight : 0;
            if (order == 0) common++;
            difference += (present - old) * (present - old);
            norm += old * old;
        }

        var union = before.Edges.Count + after.Edges.Count - common;
        return new GraphChange(
            union == 0 ? 1 : common / (double)union,
            difference == 0 ? 0 : Math.Sqrt(difference / norm),
            after.Edges.Count - common,
            before.Edges.Count - common);
    }

    private static int Order(Edge a, Edge b) =>
        a.Source != b.Source ? a.Source.CompareTo(b.Source) : a.Target.CompareTo(b.Target);
}
