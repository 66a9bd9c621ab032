using Gsr.Graphs;

namespace Gsr.Learning;

/// <summary>
/// Divides the nodes into a given number of modules and links every two nodes of a module by 1. The modules are the
/// spectral clusters (Ng, Jordan and Weiss 2002) of a similarity graph, read off its eigenvectors by pivoted QR (Damle,
/// Minden and Ying 2019), which needs no random start.
/// </summary>
/// <remarks>
/// Nodes without an edge in the similarity graph, constant ones among them, are in no module. With fewer linked nodes
/// than modules each is one. A similarity graph of more components than modules has them put together, those of nearest
/// mean activation first.
/// </remarks>
public sealed class SpectralModulesBuilder : IFeatureGraphBuilder
{
    /// <summary>Makes a builder.</summary>
    /// <param name="modules">How many blocks the graph is to have, at least 1.</param>
    /// <param name="similarity">The similarity graph; null for the 10 nearest neighbours.</param>
    public SpectralModulesBuilder(int modules, IFeatureGraphBuilder? similarity = null)
    {
        Arguments.AtLeast(modules, 1, nameof(modules), "there is at least 1 module.");
        (Modules, Similarity) = (modules, similarity ?? new NearestNeighbourBuilder(10));
    }

    /// <summary>How many blocks.</summary>
    public int Modules { get; }

    /// <summary>The graph that is divided.</summary>
    public IFeatureGraphBuilder Similarity { get; }

    /// <inheritdoc/>
    public FeatureGraph Build(NodeActivations activations) => FeatureGraph.Modules(Labels(activations), $"{this}");

    /// <summary>The module of each node, from 0 in the order of their first nodes; -1 for a node in none.</summary>
    /// <param name="activations">The layer's activations.</param>
    public int[] Labels(NodeActivations activations)
    {
        ArgumentNullException.ThrowIfNull(activations);
        var graph = Similarity.Build(activations);
        var degrees = graph.Degrees();
        int[] linked = [.. Enumerable.Range(0, graph.NodeCount).Where(i => degrees[i] > 0)];
        var number = new int[graph.NodeCount];
        for (var i = 0; i < linked.Length; i++) number[linked[i]] = i;
        var labels = new int[graph.NodeCount];
        Array.Fill(labels, -1);
        if (linked.Length == 0) return labels;

        var part = FeatureGraph.FromSortedEdges(
            linked.Length,
            [.. graph.Edges.Select(e => e with { Source = number[e.Source], Target = number[e.Target] })],
            "linked nodes");
        var components = part.Components();
        var found = linked.Length <= Modules ? [.. Enumerable.Range(0, linked.Length)]
            : components.Max() + 1 >= Modules ? ModuleMerging.ByMeans(activations, linked, components, Modules)
            : SpectralClusters.Of(part, Modules);
        var names = new Dictionary<int, int>();
        for (var i = 0; i < linked.Length; i++)
        {
            names.TryAdd(found[i], names.Count);
            labels[linked[i]] = names[found[i]];
        }

        return labels;
    }

    /// <summary>Such as "4 spectral modules of 10 nearest neighbours".</summary>
    public override string ToString() => $"{Modules} spectral module{(Modules == 1 ? "" : "s")} of {Similarity}";
}
