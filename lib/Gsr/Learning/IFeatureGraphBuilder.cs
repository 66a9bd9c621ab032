using Gsr.Graphs;

namespace Gsr.Learning;

/// <summary>
/// Builds a graph of a layer's nodes from how they fire together. Nodes that do not vary over the samples
/// (<see cref="NodeActivations.IsConstant"/>) say nothing of co-activation: every builder here leaves them without an
/// edge.
/// </summary>
/// <example><code>
/// // Nodes whose signs agree in most samples.
/// sealed class SignAgreement(double share) : IFeatureGraphBuilder
/// {
///     public FeatureGraph Build(NodeActivations a) => FeatureGraph.FromEdges(a.Nodes,
///         from i in Enumerable.Range(0, a.Nodes)
///         from j in Enumerable.Range(0, i)
///         where Enumerable.Range(0, a.Samples).Count(s => a.Of(i)[s] * a.Of(j)[s] > 0) > share * a.Samples
///         select new Edge(j, i));
/// }
/// </code></example>
public interface IFeatureGraphBuilder
{
    /// <summary>
    /// A graph with one node per node of the layer, from its activations on some samples; the same for the same.
    /// </summary>
    FeatureGraph Build(NodeActivations activations);
}
