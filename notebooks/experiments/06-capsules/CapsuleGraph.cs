using Gsr.Graphs;

namespace Gsr.Experiments.Capsules;

/// <summary>The graph that ties the capsules of a layer to each other.</summary>
public static class CapsuleGraph
{
    /// <summary>
    /// One complete graph per dimension: dimension d of every capsule is joined to dimension d of every other (Tong et al. 2020, the
    /// capsule experiment: 16 graphs K₁₀). It is <c>Complete(capsules).Copies(dimensions)</c>, renumbered to the order of the layer.
    /// </summary>
    /// <param name="capsules">Number of capsules, at least 1.</param>
    /// <param name="dimensions">Dimensions of each, at least 1.</param>
    /// <returns>A graph whose node capsule · dimensions + d is dimension d of a capsule.</returns>
    public static FeatureGraph SharedDimensions(int capsules, int dimensions)
    {
        var copies = FeatureGraph.Complete(capsules).Copies(dimensions);
        var order = new int[copies.NodeCount];
        for (var d = 0; d < dimensions; d++)
            for (var capsule = 0; capsule < capsules; capsule++) order[(d * capsules) + capsule] = (capsule * dimensions) + d;
        return copies.Permuted(order);
    }
}
