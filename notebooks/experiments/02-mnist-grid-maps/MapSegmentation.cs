using Gsr.Graphs;

namespace Gsr.Experiments.GridMaps;

/// <summary>
/// The segmentation of a layer into receptive fields (paper, figure of E2): each node carries the class whose mean
/// activation is highest there, and nodes of one class that hang together form a component.
/// </summary>
/// <example><code>
/// var map = MapSegmentation.Of(FeatureGraph.Grid(8, 8), classMeans);
/// Console.WriteLine(map);    // 9 components of 9 classes, 77 of 112 edges within a class
/// </code></example>
public sealed class MapSegmentation
{
    /// <summary>The label of a node at which every class mean is zero: a dead node belongs to no class.</summary>
    public const int Unlabelled = -1;

    private MapSegmentation(FeatureGraph graph, int[] labels, int classCount)
    {
        Graph = graph;
        Labels = Array.AsReadOnly(labels);
        SameLabelEdges = graph.Edges.Count(e => Same(e.Source, e.Target));

        int[] components = graph.ComponentsAmong(Same);
        var perClass = new int[classCount];
        var seen = new HashSet<int>();
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] != Unlabelled && seen.Add(components[i]))
                perClass[labels[i]]++;
        }
        ComponentsPerClass = Array.AsReadOnly(perClass);

        bool Same(int i, int j) => labels[i] == labels[j] && labels[i] != Unlabelled;
    }

    /// <summary>The graph of the layer.</summary>
    public FeatureGraph Graph { get; }

    /// <summary>The class of each node, or <see cref="Unlabelled"/>.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>Number of connected components of each class; 0 for a class that has no node.</summary>
    public IReadOnlyList<int> ComponentsPerClass { get; }

    /// <summary>
    /// Number of components of all classes; equal to <see cref="ClassesPresent"/> when every field is compact.
    /// </summary>
    public int ComponentCount => ComponentsPerClass.Sum();

    /// <summary>Number of classes that have at least one node.</summary>
    public int ClassesPresent => ComponentsPerClass.Count(count => count > 0);

    /// <summary>Number of nodes without a class.</summary>
    public int UnlabelledNodes => Labels.Count(label => label == Unlabelled);

    /// <summary>Number of edges whose two ends have the same class.</summary>
    public int SameLabelEdges { get; }

    /// <summary>Their share of all edges of the graph, those at unlabelled nodes included; NaN without edges.</summary>
    public double SameLabelShare => (double)SameLabelEdges / Graph.Edges.Count;

    /// <summary>Segments a layer by its class-mean activations.</summary>
    /// <param name="graph">The graph of the layer.</param>
    /// <param name="classMeans">[classes, nodes], finite; of equal means the lowest class wins.</param>
    /// <exception cref="ArgumentException">
    /// The matrix has another number of columns, or an entry is not finite.
    /// </exception>
    public static MapSegmentation Of(FeatureGraph graph, double[,] classMeans)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var (classes, nodes) = Arguments.Matrix(classMeans, nameof(classMeans));
        if (nodes != graph.NodeCount)
        {
            throw new ArgumentException(
                $"classMeans is {classes}x{nodes}, the graph has {graph.NodeCount} nodes; give one column per node.",
                nameof(classMeans));
        }

        var labels = new int[nodes];
        for (int node = 0; node < nodes; node++)
        {
            int best = 0;
            bool dead = true;
            for (int c = 0; c < classes; c++)
            {
                dead &= classMeans[c, node] == 0;
                if (classMeans[c, node] > classMeans[best, node])
                    best = c;
            }
            labels[node] = dead ? Unlabelled : best;
        }
        return new MapSegmentation(graph, labels, classes);
    }

    /// <summary>Measures a segmentation that is already there.</summary>
    /// <param name="graph">The graph of the layer.</param>
    /// <param name="labels">The class of each node, 0 .. classCount - 1, or <see cref="Unlabelled"/>.</param>
    /// <param name="classCount">Number of classes, at least 1.</param>
    /// <exception cref="ArgumentException">The labels are of another number or out of range.</exception>
    public static MapSegmentation FromLabels(FeatureGraph graph, ReadOnlySpan<int> labels, int classCount)
    {
        ArgumentNullException.ThrowIfNull(graph);
        Arguments.AtLeast(classCount, 1, nameof(classCount), "there is at least 1 class.");
        Arguments.Length(labels.Length, graph.NodeCount, nameof(labels), "node of the graph");
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] < Unlabelled || labels[i] >= classCount)
            {
                throw new ArgumentException(
                    $"labels[{i}] is {labels[i]}; labels are 0 to {classCount - 1}, or {Unlabelled} for none.",
                    nameof(labels));
            }
        }
        return new MapSegmentation(graph, labels.ToArray(), classCount);
    }

    /// <summary>Such as "9 components of 9 classes, 77 of 112 edges within a class".</summary>
    public override string ToString() =>
        $"{ComponentCount} components of {ClassesPresent} classes, "
        + $"{SameLabelEdges} of {Graph.Edges.Count} edges within a class";
}
