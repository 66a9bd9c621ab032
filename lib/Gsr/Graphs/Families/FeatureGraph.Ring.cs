namespace Gsr.Graphs;

public sealed partial class FeatureGraph
{
    /// <summary>
    /// The ring 0 - 1 - .. - n-1 - 0 of at least 3 nodes: a path with its ends joined. λₖ = 4 sin²(πk / n), k = 0 ..
    /// n-1, each but the first (and for even n the last) twice, with the sines and cosines of the discrete Fourier
    /// transform.
    /// </summary>
    public static FeatureGraph Ring(int nodeCount)
    {
        Arguments.AtLeast(nodeCount, 3, nameof(nodeCount),
            "a ring has at least 3 nodes, fewer would be joined twice: use Path for 1 or 2.");
        Arguments.Size(nodeCount, nodeCount, nameof(nodeCount), nodeCount);
        var edges = Enumerable.Range(0, nodeCount).Select(i => new Edge(i, (i + 1) % nodeCount));
        return new FeatureGraph($"ring {nodeCount}", nodeCount, Normalised(nodeCount, edges), Circle(nodeCount));
    }
}
