namespace Gsr.Graphs;

public sealed partial class FeatureGraph
{
    /// <summary>
    /// Modules: every two nodes of one module are joined, nodes of different ones are not, and a node of a negative
    /// module is by itself. The eigenvalues are those of a <see cref="Complete"/> graph per module, so that zᵀLz = Σₘ
    /// nₘ Σᵢ∈ₘ (zᵢ - mean of m)², with nₘ the nodes of module m.
    /// </summary>
    /// <remarks>
    /// Where the nodes are those of several layers, one after another, a module may run through all of them; see
    /// <see cref="Penalties.Regularizer.AddAcross"/>. With modules of n nodes each, the symmetric normalised Laplacian
    /// is the combinatorial one divided by n - 1, which is what compares modules of different size.
    /// </remarks>
    /// <example><code>
    /// FeatureGraph.Modules([0, 0, 1, 1, 0]).ToString();   // 2 modules, 5 nodes, 4 edges
    /// </code></example>
    public static FeatureGraph Modules(IReadOnlyList<int> moduleOfNode, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(moduleOfNode);
        if (moduleOfNode.Count == 0)
            throw new ArgumentException("moduleOfNode is empty; give at least 1 node.", nameof(moduleOfNode));
        int[][] modules = [.. moduleOfNode.Index().Where(node => node.Item >= 0)
            .GroupBy(node => node.Item, node => node.Index)
            .OrderBy(module => module.Key).Select(module => module.ToArray())];
        var alone = moduleOfNode.Index().Where(node => node.Item < 0).Select(node => new[] { node.Index });
        int[][] groups = [.. modules, .. alone];
        Size(moduleOfNode.Count, modules);

        name ??= modules.Length == 1 ? "1 module" : $"{modules.Length} modules";
        return new FeatureGraph(
            name, moduleOfNode.Count, Pairs(moduleOfNode.Count, modules), Apart(moduleOfNode.Count, groups));

        static void Size(int nodes, int[][] modules) => Arguments.Size(
            nodes, modules.Sum(module => module.Length * (module.Length - 1L) / 2), nameof(moduleOfNode),
            $"{nodes} nodes");
    }

    /// <summary>Every two nodes of a module, in the order of a graph's edges, without a sort.</summary>
    private static Edge[] Pairs(int nodeCount, int[][] modules)
    {
        var later = new ReadOnlyMemory<int>[nodeCount];
        foreach (var nodes in modules)
            for (var i = 0; i < nodes.Length; i++) later[nodes[i]] = nodes.AsMemory(i + 1);
        var edges = new List<Edge>(modules.Sum(nodes => nodes.Length * (nodes.Length - 1) / 2));
        for (var node = 0; node < nodeCount; node++)
            foreach (var other in later[node].Span) edges.Add(new Edge(node, other));
        return [.. edges];
    }

    /// <summary>
    /// Each group on a circle of its own, the circles in rows that make the whole picture about square.
    /// </summary>
    private static NodePosition[] Apart(int nodeCount, int[][] groups)
    {
        var places = new NodePosition[nodeCount];
        var pitch = 1.5 + (2 * groups.Max(group => Circle(group.Length).Max(place => place.X)));
        var perRow = (int)Math.Ceiling(Math.Sqrt(groups.Length));
        for (var g = 0; g < groups.Length; g++)
        {
            var circle = Circle(groups[g].Length);
            for (var i = 0; i < circle.Length; i++)
            {
                places[groups[g][i]] = new NodePosition(
                    circle[i].X + (g % perRow * pitch), circle[i].Y + (g / perRow * pitch));
            }
        }

        return places;
    }
}
