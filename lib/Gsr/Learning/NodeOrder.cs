using Gsr.Graphs;

namespace Gsr.Learning;

/// <summary>
/// The order of nodes along a graph: within a component by the Fiedler vector, that of the second smallest eigenvalue
/// of L = D - W, which along a path-like component runs from one end to the other (Fiedler 1973).
/// </summary>
public static class NodeOrder
{
    /// <summary>
    /// The nodes of each component in their order; components by size, larger first, equal ones by their first node. An
    /// order may be read from either end: the component's node of lowest number lies in the first half. On a component
    /// as symmetric as a ring the order is one of many.
    /// </summary>
    public static int[][] AlongComponents(FeatureGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        graph.RequireUnsigned(nameof(graph));
        return [.. graph.Components()
            .Select((component, node) => (component, node))
            .GroupBy(n => n.component, n => n.node)
            .OrderByDescending(nodes => nodes.Count())
            .ThenBy(nodes => nodes.First())
            .Select(nodes => Along(graph, [.. nodes]))];
    }

    /// <summary>All nodes, component by component.</summary>
    public static int[] Of(FeatureGraph graph) => [.. AlongComponents(graph).SelectMany(nodes => nodes)];

    /// <summary>
    /// Where each node of the largest component lies along it, from 0 at one end to 1 at the other, evenly: NaN outside
    /// it, ½ in one of a single node.
    /// </summary>
    public static double[] PositionsInLargestComponent(FeatureGraph graph)
    {
        var along = AlongComponents(graph)[0];
        var positions = new double[graph.NodeCount];
        Array.Fill(positions, double.NaN);
        for (var place = 0; place < along.Length; place++)
            positions[along[place]] = along.Length == 1 ? 0.5 : place / (along.Length - 1.0);
        return positions;
    }

    private static int[] Along(FeatureGraph graph, int[] nodes)
    {
        if (nodes.Length < 3) return nodes;
        var number = new Dictionary<int, int>();
        foreach (var node in nodes) number[node] = number.Count;
        var part = FeatureGraph.FromSortedEdges(nodes.Length, [.. graph.Edges
            .Where(e => number.ContainsKey(e.Source))
            .Select(e => e with { Source = number[e.Source], Target = number[e.Target] })], "component");
        var laplacian = part.Laplacian();
        // Gershgorin: no eigenvalue of D - W exceeds twice the largest degree.
        var (_, vectors) = LowFrequencies.Of(laplacian.Matrix, 2 * part.Degrees().Max(), 2);
        int[] order = [.. Enumerable.Range(0, nodes.Length).OrderBy(i => vectors[i, 1]).ThenBy(i => i)];
        if (2 * Array.IndexOf(order, 0) > order.Length - 1) Array.Reverse(order);
        return Array.ConvertAll(order, i => nodes[i]);
    }
}
