using Gsr.Learning;

namespace Gsr.Experiments.OwnData;

/// <summary>Builders by name, for parameters of notebooks and programs.</summary>
public static class GraphBuilders
{
    /// <summary>The names: "adaptive", "knn", "modules".</summary>
    public static IReadOnlyList<string> Names { get; } = ["adaptive", "knn", "modules"];

    /// <summary>A builder for a layer of a given width.</summary>
    /// <param name="name">
    /// "adaptive": <see cref="AdaptiveGaussianBuilder"/> of neighbour k; "knn": <see cref="NearestNeighbourBuilder"/>
    /// of k; "modules": <see cref="SpectralModulesBuilder"/> of k modules.
    /// </param>
    /// <param name="k">Neighbours or modules, 1 to one fewer than there are nodes.</param>
    /// <param name="nodes">Nodes of the layer, at least 2.</param>
    /// <exception cref="ArgumentException">
    /// There is no such builder, or k does not fit the layer; the message says what does.
    /// </exception>
    /// <example><code>IFeatureGraphBuilder builder = GraphBuilders.Named("knn", k: 5, nodes: 20);</code></example>
    public static IFeatureGraphBuilder Named(string name, int k, int nodes)
    {
        Arguments.AtLeast(nodes, 2, nameof(nodes), "a graph joins at least 2 nodes.");
        if (k < 1 || k >= nodes)
        {
            throw new ArgumentOutOfRangeException(
                nameof(k), k, $"k is {k} for a layer of {nodes} nodes; give 1 to {nodes - 1}, or more nodes.");
        }
        return name switch
        {
            "adaptive" => new AdaptiveGaussianBuilder(k),
            "knn" => new NearestNeighbourBuilder(k),
            "modules" => new SpectralModulesBuilder(k, new NearestNeighbourBuilder(Math.Min(10, nodes - 1))),
            _ => throw new ArgumentException(
                $"There is no builder \"{name}\"; choose {string.Join(", ", Names.Select(n => $"\"{n}\""))}.",
                nameof(name)),
        };
    }
}
