namespace Gsr.Graphs;

public sealed partial class FeatureGraph
{
    /// <summary>
    /// The complete graph Kₙ: every two nodes are joined. Eigenvalues 0 and n (n-1 times), so that
    /// zᵀLz = n² times the variance of the nodes: a penalty that pulls them to their mean, with no geometry.
    /// </summary>
    /// <remarks>The paper's capsules use 16 copies of K₁₀. K₂ is the path 2, K₃ the ring 3.</remarks>
    public static FeatureGraph Complete(int nodeCount)
    {
        Arguments.AtLeast(nodeCount, 1, nameof(nodeCount), "a complete graph has at least 1 node.");
        Arguments.Size(nodeCount, (long)nodeCount * (nodeCount - 1L) / 2, nameof(nodeCount), nodeCount);
        var edges = Enumerable.Range(0, nodeCount).SelectMany(i =>
            Enumerable.Range(i + 1, nodeCount - i - 1).Select(j => new Edge(i, j)));
        return new FeatureGraph($"complete {nodeCount}", nodeCount, [.. edges], Circle(nodeCount));
    }
}
