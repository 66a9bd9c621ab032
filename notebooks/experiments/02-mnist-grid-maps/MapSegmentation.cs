using Gsr.Analysis;
using Gsr.Graphs;

namespace Gsr.Experiments.GridMaps;

/// <summary>
/// The segmentation of a layer into receptive fields (paper, figure of E2): each node carries the class whose mean
/// activation is highest there, and connected nodes of one class form a component.
/// </summary>
public sealed class MapSegmentation
{
    /// <summary>The label of a node at which every class mean is zero: a dead node belongs to no class.</summary>
    public const int Unlabelled = -1;

    private MapSegmentation(FeatureGraph graph, int[] labels)
    {
        Labels = labels;
        var components = graph.ComponentsAmong(Same);
        var labelled = labels.Zip(components).Where(node => node.First != Unlabelled).ToArray();
        ComponentCount = labelled.DistinctBy(node => node.Second).Count();
        ClassesPresent = labelled.DistinctBy(node => node.First).Count();
        SameLabelShare = (double)graph.Edges.Count(e => Same(e.Source, e.Target)) / graph.Edges.Count;

        bool Same(int i, int j) => labels[i] == labels[j] && labels[i] != Unlabelled;
    }

    /// <summary>The class of each node, or <see cref="Unlabelled"/>.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>
    /// Number of components of all classes; equal to <see cref="ClassesPresent"/> when every field is compact.
    /// </summary>
    public int ComponentCount { get; }

    /// <summary>Number of classes that have at least one node.</summary>
    public int ClassesPresent { get; }

    /// <summary>
    /// The share of the graph's edges whose two ends have the same class; NaN without edges. Edges at unlabelled nodes
    /// count among all.
    /// </summary>
    public double SameLabelShare { get; }

    /// <summary>Segments a layer by its class means [classes, nodes]; of equal means the lowest class wins.</summary>
    /// <exception cref="ArgumentException">The columns are not the graph's nodes.</exception>
    public static MapSegmentation Of(FeatureGraph graph, double[,] classMeans)
    {
        Arguments.Length(classMeans.GetLength(1), graph.NodeCount, nameof(classMeans), "node of the graph");
        var highest = classMeans.Transposed().ArgMaxOfRows();
        return new MapSegmentation(graph,
            [.. classMeans.Columns().Select((means, node) => means.All(m => m == 0) ? Unlabelled : highest[node])]);
    }
}
