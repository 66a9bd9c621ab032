using Gsr.Analysis;
using Gsr.Graphs;

namespace Gsr.Experiments.GridMaps;

/// <summary>
/// The segmentation of a layer into receptive fields (MNIST figure): each node carries the class whose mean
/// activation is highest there, and connected nodes of one class form a component.
/// </summary>
public sealed class MapSegmentation
{
    /// <summary>The label of a node at which every class mean is zero: a dead node belongs to no class.</summary>
    public const int Unlabelled = -1;

    private readonly FeatureGraph _graph;

    private MapSegmentation(FeatureGraph graph, int[] labels)
    {
        (_graph, Labels) = (graph, labels);
        var components = graph.ComponentsAmong(Same);
        var ofClass = labels.Zip(components).Where(node => node.First != Unlabelled).Distinct()
            .CountBy(component => component.First).ToArray();
        ComponentCount = ofClass.Sum(c => c.Value);
        ClassesPresent = ofClass.Length;
        ClassesInOneComponent = ofClass.Count(c => c.Value == 1);
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

    /// <summary>Number of classes whose nodes form exactly one component.</summary>
    public int ClassesInOneComponent { get; }

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

    /// <summary>
    /// The second reading, free of levels: from each class mean its own mean over the nodes is taken first, so that no
    /// class wins a node by being loud on all of them.
    /// </summary>
    /// <inheritdoc cref="Of"/>
    public static MapSegmentation LevelFree(FeatureGraph graph, double[,] classMeans)
    {
        var levels = classMeans.Rows().Select(row => row.Average()).ToArray();
        return Of(graph, Matrices.Of(
            classMeans.GetLength(0), classMeans.GetLength(1), (c, node) => classMeans[c, node] - levels[c]));
    }

    /// <summary>The number of components of the same labels on shuffled nodes, so many times over.</summary>
    public IReadOnlyList<int> ShuffledComponentCounts(int times, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, times)
            .Select(_ => new MapSegmentation(_graph, Labels.Shuffled(random)).ComponentCount)];
    }
}
