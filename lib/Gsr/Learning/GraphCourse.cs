using Gsr.Graphs;
using Gsr.Training;

namespace Gsr.Learning;

/// <summary>The graphs of a training so far, and the rules by which it goes on or stops.</summary>
internal sealed class GraphCourse(GraphLearningOptions options)
{
    private readonly List<GraphSnapshot> _snapshots = [];
    private FeatureGraph? _last;
    private long? _disconnectedAt;
    private int _settled;
    private StopReason? _stops;

    /// <summary>True where a graph is due; once one was disconnected, under the code's rule, none is.</summary>
    public bool NeedsGraphAt(long step) =>
        _disconnectedAt is null && _stops is null && (step - options.PreTrainingSteps) % options.StepsPerGraph == 0;

    /// <summary>True where a rule ends the training.</summary>
    public bool StopsAt(long step)
    {
        if (_disconnectedAt is { } at && step - at >= options.StepsAfterDisconnection)
            _stops ??= StopReason.Disconnected;
        return _stops is not null;
    }

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
        if (options.StopsAtCollapse && collapse != Collapse.None) _stops ??= StopReason.Collapsed;
        if (change is { } c && HasSettled(c)) _settled++;
        else _settled = 0;
        if (_settled >= options.ConvergedGraphs) _stops ??= StopReason.Converged;
    }

    public LearnedGraph Finish(TrainingHistory history, long steps)
    {
        var reason = _stops ?? (history.StepCount < steps ? StopReason.StoppedByCaller : StopReason.StepsDone);
        return new LearnedGraph(_last, [.. _snapshots], reason, history);
    }

    private static int IsolatedAmong(FeatureGraph graph, int[] dead)
    {
        if (dead.Length == 0) return 0;
        var degrees = graph.Degrees();
        return dead.Count(node => degrees[node] == 0);
    }

    private bool HasSettled(GraphChange change) =>
        (options.ConvergedJaccard is not null || options.ConvergedChange is not null)
        && !(change.EdgeJaccard < options.ConvergedJaccard)
        && !(change.RelativeChange > options.ConvergedChange);
}
