namespace Gsr.Graphs;

/// <summary>
/// An undirected weighted graph whose nodes are the features (neurons) of a layer. Immutable; the sparse edge list is
/// the truth, and adjacency, degrees and Laplacians are derived from it. In a signed graph a negative weight ties nodes
/// that oppose each other.
/// </summary>
/// <example><code>
/// var graph = FeatureGraph.Grid(8, 8);
/// Console.WriteLine(graph);                        // grid 8x8, 64 nodes, 112 edges
/// double roughness = graph.Laplacian().QuadraticForm(signal);
/// </code></example>
public sealed partial class FeatureGraph
{
    private readonly Edge[] _edges;
    private readonly NodePosition[] _layout;

    /// <summary>
    /// Trusts its callers: edges are already normalised and checked, the layout has one place per node.
    /// </summary>
    private FeatureGraph(string name, int nodeCount, Edge[] edges, NodePosition[] layout, (int, int)? shape = null)
    {
        Name = name;
        NodeCount = nodeCount;
        _edges = edges;
        _layout = layout;
        Shape = shape;
        IsSigned = Array.Exists(edges, edge => edge.Weight < 0);
        Edges = Array.AsReadOnly(edges);
        Layout = Array.AsReadOnly(layout);
    }

    /// <summary>The family and its size, such as "grid 8x8" or "3 x path 2".</summary>
    public string Name { get; }

    /// <summary>Number of nodes N, at least 1; equals the width of the layer that the graph regularises.</summary>
    public int NodeCount { get; }

    /// <summary>
    /// Every edge once, with Source &lt; Target and a weight other than 0, sorted by source and then by target.
    /// </summary>
    public IReadOnlyList<Edge> Edges { get; }

    /// <summary>Whether any weight is negative.</summary>
    public bool IsSigned { get; }

    /// <summary>
    /// One drawing position per node: the family's own picture, or a circle where the graph has none.
    /// </summary>
    public IReadOnlyList<NodePosition> Layout { get; }

    /// <summary>
    /// Rows and columns of a grid or a torus, whose node (r, c) is number r * Columns + c; else null.
    /// </summary>
    public (int Rows, int Columns)? Shape { get; }

    /// <summary>What the graph is: "grid 8x8, 64 nodes, 112 edges".</summary>
    public override string ToString() => $"{Name}, {Count(NodeCount, "node")}, {Count(_edges.Length, "edge")}";

    /// <summary>Refuses a signed graph where negative weights have no meaning.</summary>
    internal void RequireUnsigned(string argument) => Arguments.Require(!IsSigned, argument,
        $"{argument} is {this}, of weights of both signs; this needs non-negative weights.");

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    /// <summary>Nodes evenly on a circle, neighbours in number about 1 apart, the first on top, clockwise.</summary>
    private static NodePosition[] Circle(int nodeCount)
    {
        var radius = nodeCount == 1 ? 0 : 0.5 / Math.Sin(Math.PI / nodeCount);
        return [.. Enumerable.Range(0, nodeCount).Select(i =>
        {
            var angle = 2 * Math.PI * i / nodeCount;
            return new NodePosition(radius * Math.Sin(angle), -radius * Math.Cos(angle));
        })];
    }
}
