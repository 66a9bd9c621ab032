using Gsr.Graphs;
using Gsr.Training;

namespace Gsr.Learning;

/// <summary>What Algorithm 1 gave: the last graph, how it formed, and the course of the training.</summary>
/// <param name="Graph">
/// The last graph, which the penalty had at the end; null where training was stopped before the first.
/// </param>
/// <param name="Snapshots">Every graph in order.</param>
/// <param name="Stopped">Why the training ended.</param>
/// <param name="History">The course of the training.</param>
public sealed record LearnedGraph(
    FeatureGraph? Graph, IReadOnlyList<GraphSnapshot> Snapshots, StopReason Stopped, TrainingHistory History)
{
    /// <summary>Such as "51 graphs, all steps done; step 10,000: 48 edges, 3 components, Jaccard 1.00".</summary>
    public override string ToString()
    {
        if (Snapshots.Count == 0) return "no graph: training was stopped before the first";
        var reason = Stopped switch
        {
            StopReason.Disconnected => "disconnected",
            StopReason.StoppedByCaller => "stopped by the caller",
            _ => "all steps done",
        };
        var collapse = Snapshots.FirstOrDefault(s => s.Collapse != Collapse.None) is { } first && first != Snapshots[^1]
            ? FormattableString.Invariant($"; collapsed at step {first.Step:n0}")
            : "";
        return $"{Snapshots.Count} graph{(Snapshots.Count == 1 ? "" : "s")}, {reason}{collapse}; {Snapshots[^1]}";
    }
}
