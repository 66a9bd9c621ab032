using Gsr.Graphs;
using Gsr.Learning;

namespace Gsr.Experiments.OwnData;

/// <summary>
/// The activation of the modules of a learned graph: the components of two or more nodes, and for each sample the mean
/// of their nodes' standardised activations, standardised again.
/// </summary>
/// <remarks>
/// The sign of a hidden node is free, and so is a module's: it is chosen such that the longer tail of its activation is
/// the upper one (skewness not negative). Constant nodes do not count.
/// </remarks>
public sealed class ModuleActivations
{
    private ModuleActivations(
        IReadOnlyList<IReadOnlyList<int>> nodes, int[] labels, float[,] values, float[,] signals) =>
        (Nodes, Labels, Values, Signals) = (nodes, labels, values, signals);

    /// <summary>Number of modules.</summary>
    public int Count => Nodes.Count;

    /// <summary>The nodes of each module in their order along it; larger modules first.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Nodes { get; }

    /// <summary>The module of each node, -1 for a node without neighbours.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>
    /// [samples, modules], each column of mean 0 and variance 1, or 0 where the module never varies; not a copy.
    /// </summary>
    public float[,] Values { get; }

    /// <summary>
    /// What tells samples apart, [samples, signals]: <see cref="Values"/>, or, where there are fewer than two modules,
    /// the standardised activations of all nodes; not a copy.
    /// </summary>
    public float[,] Signals { get; }

    /// <summary>Activations of the modules of a graph from activations [samples, nodes].</summary>
    /// <exception cref="ArgumentException">The numbers of nodes differ, or a value is not finite.</exception>
    public static ModuleActivations Of(float[,] activations, FeatureGraph graph)
    {
        var (samples, count) = StandardColumns.Size(activations, nameof(activations));
        Arguments.Length(count, graph.NodeCount, nameof(activations), "node of the graph");
        int[][] modules = [.. NodeOrder.AlongComponents(graph).Where(nodes => nodes.Length > 1)];
        var standard = StandardColumns.Of(activations, nameof(activations));
        var labels = new int[count];
        Array.Fill(labels, -1);
        if (modules.Length == 0) return new ModuleActivations(modules, labels, new float[samples, 0], standard);
        var means = new float[samples, modules.Length];
        for (var m = 0; m < modules.Length; m++)
        {
            foreach (var node in modules[m])
            {
                labels[node] = m;
                for (var s = 0; s < samples; s++) means[s, m] += standard[s, node] / modules[m].Length;
            }
        }

        var values = LongTailUp(StandardColumns.Of(means, nameof(activations)));
        return new ModuleActivations(modules, labels, values, modules.Length < 2 ? standard : values);
    }

    /// <summary>Such as "4 modules of 7, 4, 3, 2 nodes".</summary>
    public override string ToString() => Count == 0
        ? "no module"
        : $"{Count} module{(Count == 1 ? "" : "s")} of {string.Join(", ", Nodes.Select(nodes => nodes.Count))} nodes";

    private static float[,] LongTailUp(float[,] values)
    {
        for (var m = 0; m < values.GetLength(1); m++)
        {
            double skewness = 0;
            for (var s = 0; s < values.GetLength(0); s++) skewness += Math.Pow(values[s, m], 3);
            if (skewness >= 0) continue;
            for (var s = 0; s < values.GetLength(0); s++) values[s, m] = -values[s, m];
        }

        return values;
    }
}
