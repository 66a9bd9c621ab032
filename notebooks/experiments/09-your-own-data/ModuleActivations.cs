using Gsr.Analysis;
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
    private ModuleActivations(IReadOnlyList<IReadOnlyList<int>> nodes, int[] labels, double[,] values) =>
        (Nodes, Labels, Values) = (nodes, labels, values);

    /// <summary>Number of modules.</summary>
    public int Count => Nodes.Count;

    /// <summary>The nodes of each module in their order along it; larger modules first.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Nodes { get; }

    /// <summary>The module of each node, -1 for a node without neighbours.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>
    /// [samples, modules], each column of mean 0 and variance 1, or 0 where the module never varies; not a copy.
    /// </summary>
    public double[,] Values { get; }

    /// <summary>Activations of the modules of a graph from activations [samples, nodes].</summary>
    /// <exception cref="ArgumentException">The numbers of nodes differ, or a value is not finite.</exception>
    public static ModuleActivations Of(double[,] activations, FeatureGraph graph)
    {
        var (samples, count) = Arguments.Matrix(activations, nameof(activations));
        Arguments.Length(count, graph.NodeCount, nameof(activations), "node of the graph");
        int[][] modules = [.. NodeOrder.AlongComponents(graph).Where(nodes => nodes.Length > 1)];
        var labels = new int[count];
        Array.Fill(labels, -1);
        var values = new double[samples, modules.Length];
        for (var m = 0; m < modules.Length; m++)
        {
            var mean = new double[samples];
            foreach (var node in modules[m])
            {
                labels[node] = m;
                var own = Standardised(activations.Column(node));
                for (var s = 0; s < samples; s++) mean[s] += own[s];
            }

            var standard = Standardised(mean);
            var sign = standard.Sum(v => v * v * v) < 0 ? -1 : 1;
            for (var s = 0; s < samples; s++) values[s, m] = sign * standard[s];
        }

        return new ModuleActivations(modules, labels, values);
    }

    /// <summary>
    /// Per sample the module whose activation is farthest from its mean, in either direction; the first of equals.
    /// </summary>
    public int[] Strongest() =>
        [.. Values.Rows().Select(row => Enumerable.Range(0, Count).MaxBy(m => Math.Abs(row[m])))];

    /// <summary>Such as "4 modules of 7, 4, 3, 2 nodes".</summary>
    public override string ToString() => Count == 0
        ? "no module"
        : $"{Count} module{(Count == 1 ? "" : "s")} of {string.Join(", ", Nodes.Select(nodes => nodes.Count))} nodes";

    /// <summary>Of mean 0 and variance 1; zeros where constant.</summary>
    private static double[] Standardised(double[] values)
    {
        // From the first one on: a constant is exactly 0.
        var shifted = Array.ConvertAll(values, v => v - values[0]);
        var mean = shifted.Average();
        var spread = Math.Sqrt(shifted.Average(v => (v - mean) * (v - mean)));
        return Array.ConvertAll(shifted, v => spread > 0 ? (v - mean) / spread : 0);
    }
}
