using Gsr.Graphs;

namespace Gsr.Analysis.Pictures;

/// <summary>
/// Drawing positions of a graph's nodes, and of the snapshots of a graph that changes, such that the picture moves no
/// more than the graph does. Distances in the picture follow those along the graph (stress majorisation, Gansner, Koren
/// and North 2004); each snapshot starts from the positions before it, is held there by an anchor at every node, and is
/// rotated and shifted onto them (Procrustes).
/// </summary>
/// <remarks>
/// An edge is as long as the largest weight over its own; nodes of different components want to be 1.5 √N apart. No
/// random start: the same graphs give the same pictures. O(N²) memory and time per sweep, for graphs of up to about
/// 2,000 nodes.
/// </remarks>
/// <example><code>
/// var graphs = learned.Snapshots.Select(s => s.Graph!).ToArray();
/// var drawn = graphs.Zip(StableLayout.Over(graphs), (graph, positions) => graph.WithLayout(positions));
/// </code></example>
public static class StableLayout
{
    private const int MostSweeps = 500;
    private const double Settled = 1e-5;

    /// <summary>Positions for each of a sequence of graphs of the same nodes.</summary>
    /// <param name="graphs">In order, at least one.</param>
    /// <param name="anchoring">
    /// How strongly a node is held at its place in the picture before, against the pull of all other nodes; 0 or more,
    /// default 0.1.
    /// </param>
    /// <exception cref="ArgumentException">There is no graph, or the numbers of nodes differ.</exception>
    public static NodePosition[][] Over(IReadOnlyList<FeatureGraph> graphs, double anchoring = 0.1)
    {
        ArgumentNullException.ThrowIfNull(graphs);
        if (graphs.Count == 0) throw new ArgumentException("graphs is empty; give at least one graph.", nameof(graphs));
        var layouts = new NodePosition[graphs.Count][];
        for (var i = 0; i < layouts.Length; i++) layouts[i] = Of(graphs[i], i == 0 ? null : layouts[i - 1], anchoring);
        return layouts;
    }

    /// <summary>Positions for one graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="previous">The positions before, one per node; null for a picture of its own.</param>
    /// <param name="anchoring">As for <see cref="Over"/>.</param>
    /// <returns>One position per node, their mean at 0.</returns>
    /// <exception cref="ArgumentException"><paramref name="previous"/> has another number of nodes.</exception>
    public static NodePosition[] Of(
        FeatureGraph graph, IReadOnlyList<NodePosition>? previous = null, double anchoring = 0.1)
    {
        ArgumentNullException.ThrowIfNull(graph);
        if (!(anchoring >= 0) || !double.IsFinite(anchoring))
        {
            throw new ArgumentOutOfRangeException(
                nameof(anchoring), anchoring, $"anchoring is {anchoring}; it must be finite and not negative.");
        }
        if (previous is not null)
            Arguments.Length(previous.Count, graph.NodeCount, nameof(previous), "node of the graph");

        var stress = new LayoutStress(graph);
        var positions = previous?.ToArray() ?? stress.Start();
        var value = stress.Of(positions, previous, anchoring);
        for (var sweep = 0; sweep < MostSweeps; sweep++)
        {
            stress.Sweep(positions, previous, anchoring);
            var next = stress.Of(positions, previous, anchoring);
            var gained = value - next;
            value = next;
            if (gained <= Settled * value) break;
        }

        return previous is null ? Procrustes.Centred(positions) : Procrustes.Align(positions, previous);
    }
}
