namespace Gsr.Graphs;

public sealed partial class FeatureGraph
{
    /// <summary>
    /// The star: node 0 is the hub, joined to the leaves 1 .. n-1, which are not joined to each other.
    /// Eigenvalues 0, 1 (n-2 times), n.
    /// </summary>
    /// <remarks>
    /// The tree of least depth, as the path is the deepest. The complete graph joins the leaves as well.
    /// </remarks>
    public static FeatureGraph Star(int nodeCount)
    {
        Arguments.AtLeast(nodeCount, 2, nameof(nodeCount), "a star has a hub and at least 1 leaf.");
        Arguments.Size(nodeCount, nodeCount, nameof(nodeCount), nodeCount);
        Edge[] edges = [.. Enumerable.Range(1, nodeCount - 1).Select(leaf => new Edge(0, leaf))];
        NodePosition[] layout = [new(0, 0), .. Circle(nodeCount - 1).Select(Outwards)];
        return new FeatureGraph($"star {nodeCount}", nodeCount, edges, layout);

        // One leaf or two would otherwise sit on or very near the hub.
        NodePosition Outwards(NodePosition leaf) => nodeCount switch
        {
            2 => new(0, -1),
            < 7 => new(leaf.X / Norm(leaf), leaf.Y / Norm(leaf)),
            _ => leaf,
        };

        static double Norm(NodePosition leaf) => Math.Sqrt((leaf.X * leaf.X) + (leaf.Y * leaf.Y));
    }
}
