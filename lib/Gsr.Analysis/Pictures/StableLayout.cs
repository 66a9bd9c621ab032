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

    /// <summary>How strongly a node is held at its place before, against the pull of all other nodes.</summary>
    private const double Anchoring = 0.1;

    /// <summary>Positions for each of a sequence of graphs of the same nodes.</summary>
    /// <exception cref="ArgumentException">There is no graph, or the numbers of nodes differ.</exception>
    public static NodePosition[][] Over(IReadOnlyList<FeatureGraph> graphs)
    {
        Arguments.NotEmpty(graphs, nameof(graphs), "graph");
        var layouts = new NodePosition[graphs.Count][];
        for (var i = 0; i < layouts.Length; i++) layouts[i] = Of(graphs[i], i == 0 ? null : layouts[i - 1]);
        return layouts;
    }

    /// <summary>
    /// One position per node of a graph, their mean at 0: near its positions in a previous picture, or a picture of its
    /// own.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="previous"/> has another number of nodes.</exception>
    public static NodePosition[] Of(FeatureGraph graph, IReadOnlyList<NodePosition>? previous = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        if (previous is not null)
            Arguments.Length(previous.Count, graph.NodeCount, nameof(previous), "node of the graph");

        var stress = new LayoutStress(graph);
        var positions = previous?.ToArray() ?? stress.Start();
        var value = stress.Of(positions, previous, Anchoring);
        for (var sweep = 0; sweep < MostSweeps; sweep++)
        {
            stress.Sweep(positions, previous, Anchoring);
            var next = stress.Of(positions, previous, Anchoring);
            var gained = value - next;
            value = next;
            if (gained <= Settled * value) break;
        }

        return previous is null ? Procrustes.Centred(positions) : Procrustes.Align(positions, previous);
    }
}
