using Gsr.Graphs;

namespace Gsr.Learning;

/// <summary>A learned graph at one moment of the training.</summary>
/// <param name="Step">Steps done when it was built.</param>
/// <param name="Graph">The graph; null where only first and last are kept.</param>
/// <param name="Edges">Number of its edges.</param>
/// <param name="Components">Number of its components that are no dead node.</param>
/// <param name="DeadNodes">Nodes that did not vary over the samples.</param>
/// <param name="Change">The change since the graph before; null for the first.</param>
/// <param name="Collapse">Whether the layer has collapsed.</param>
/// <param name="DistinctShare">
/// See <see cref="CollapseDetection.DistinctShare"/>: near 0 before the nodes become one.
/// </param>
public sealed record GraphSnapshot(
    long Step,
    FeatureGraph? Graph,
    int Edges,
    int Components,
    IReadOnlyList<int> DeadNodes,
    GraphChange? Change,
    Collapse Collapse,
    double DistinctShare)
{
    /// <summary>Such as "step 5,100: 48 edges, 3 components, Jaccard 0.96".</summary>
    public override string ToString() =>
        FormattableString.Invariant($"step {Step:n0}: {Edges} edges, {Components} components")
        + (Change is { } change ? FormattableString.Invariant($", Jaccard {change.EdgeJaccard:0.00}") : "")
        + (DeadNodes.Count > 0 ? $", {DeadNodes.Count} dead" : "")
        + Collapse switch
        {
            Collapse.AllNodesEqual => ", collapsed: all nodes are equal",
            Collapse.AllNodesDead => ", collapsed: all nodes are dead",
            _ => "",
        };
}
