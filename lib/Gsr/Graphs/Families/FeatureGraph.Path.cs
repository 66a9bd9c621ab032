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
    public static FeatureGraph Path(int nodeCount)
    {
        Arguments.AtLeast(nodeCount, 1, nameof(nodeCount), "a path has at least 1 node.");
        Arguments.Size(nodeCount, nodeCount, nameof(nodeCount), nodeCount);
        Edge[] edges = [.. Enumerable.Range(0, nodeCount - 1).Select(i => new Edge(i, i + 1))];
        NodePosition[] layout = [.. Enumerable.Range(0, nodeCount).Select(i => new NodePosition(i, 0))];
        return new FeatureGraph($"path {nodeCount}", nodeCount, edges, layout);
    }
}
