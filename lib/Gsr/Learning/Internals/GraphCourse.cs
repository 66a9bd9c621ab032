using Gsr.Graphs;
using Gsr.Training;

namespace Gsr.Learning;

/// <summary>The graphs of a training so far, and the rule by which it goes on or stops.</summary>
internal sealed class GraphCourse(GraphLearningOptions options)
{
    private readonly List<GraphSnapshot> _snapshots = [];
    private FeatureGraph? _last;
    private long? _disconnectedAt;

    /// <summary>True where a graph is due; once one was disconnected, under the code's rule, none is.</summary>
    public bool NeedsGraphAt(long step) =>
        _disconnectedAt is null && (step - options.PreTrainingSteps) % options.StepsPerGraph == 0;

    /// <summary>True where the code's rule ends the training.</summary>
    public bool StopsAt(long step) => _disconnectedAt is { } at && step - at >= options.StepsAfterDisconnection;

    public void Add(long step, FeatureGraph graph, NodeActivations activations)
    {
        GraphChange? change = _last is null ? null : GraphChange.Between(_last, graph);
        int[] dead = [.. Enumerable.Range(0, activations.Nodes).Where(activations.IsConstant)];
        var components = graph.ComponentCount - IsolatedAmong(graph, dead);
        var collapse = CollapseDetection.Of(activations);
        if (!options.KeepsGraphs && _snapshots.Count > 1) _snapshots[^1] = _snapshots[^1] with { Graph = null };
        _snapshots.Add(new GraphSnapshot(
            step, graph, graph.Edges.Count, components, dead, change, collapse,
            CollapseDetection.DistinctShare(activations)));
        _last = graph;

        if (options.StepsAfterDisconnection is not null && components > 1) _disconnectedAt ??= step;
    }

    public LearnedGraph Finish(TrainingHistory history, long steps)
    {
        var reason = StopsAt(history.StepCount) ? StopReason.Disconnected
            : history.StepCount < steps ? StopReason.StoppedByCaller
            : StopReason.StepsDone;
        return new LearnedGraph(_last, [.. _snapshots], reason, history);
    }

    private static int IsolatedAmong(FeatureGraph graph, int[] dead)
    {
        if (dead.Length == 0) return 0;
        var degrees = graph.Degrees();
        return dead.Count(node => degrees[node] == 0);
    }
}
