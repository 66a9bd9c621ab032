namespace Gsr.Graphs;

public sealed partial class FeatureGraph
{
    /// <summary>
    /// The path 0 - 1 - .. - n-1: edges (i, i + 1). λₖ = 4 sin²(πk / 2n), k = 0 .. n-1, with eigenvectors
    /// cos(πk(i + ½)/n), the cosines of the DCT.
    /// </summary>
    /// <remarks>
    /// A ring without its closing edge. A path of 2 is a pair: the six features of the paper's hierarchical clusters
    /// are <c>FeatureGraph.Path(2).Copies(3)</c>.
    /// </remarks>
    /// <param name="nodeCount">At least 1.</param>
    /// <example><code>FeatureGraph.Path(5).ToString();   // path 5, 5 nodes, 4 edges</code></example>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="nodeCount"/> is below 1 or too large.</exception>
    public static FeatureGraph Path(int nodeCount)
    {
        Arguments.AtLeast(nodeCount, 1, nameof(nodeCount), "a path has at least 1 node.");
        Arguments.Size(nodeCount, nodeCount, nameof(nodeCount), nodeCount);
        Edge[] edges = [.. Enumerable.Range(0, nodeCount - 1).Select(i => new Edge(i, i + 1))];
        NodePosition[] layout = [.. Enumerable.Range(0, nodeCount).Select(i => new NodePosition(i, 0))];
        return new FeatureGraph($"path {nodeCount}", nodeCount, edges, layout);
    }
}
