using Gsr.Learning;

namespace Gsr.Experiments.OwnData;

/// <summary>Builders by name, for parameters of notebooks.</summary>
public static class GraphBuilders
{
    /// <summary>
    /// A builder for a layer of a given width. "adaptive": <see cref="AdaptiveGaussianBuilder"/> of neighbour k; "knn":
    /// <see cref="NearestNeighbourBuilder"/> of k; "modules": <see cref="SpectralModulesBuilder"/> of k modules.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such builder, or k is not 1 to nodes - 1.</exception>
    public static IFeatureGraphBuilder Named(string name, int k, int nodes)
    {
        NotebookParameter.Between("K", k, 1, nodes - 1, $"a layer of {nodes} nodes");
        return NotebookParameter.OneOf("BUILDER", name, "adaptive", "knn", "modules") switch
        {
            "adaptive" => new AdaptiveGaussianBuilder(k),
            "knn" => new NearestNeighbourBuilder(k),
            _ => new SpectralModulesBuilder(k, new NearestNeighbourBuilder(Math.Min(10, nodes - 1))),
        };
    }
}
