using Gsr.Analysis;
using Gsr.Analysis.Metrics;
using Gsr.Graphs;

namespace Gsr.Experiments.SeveralLayers;

/// <summary>
/// Whether a layer can be read by its modules: given groups of nodes, does each represent one class, and can the class
/// of an example be predicted from the most active group?
/// </summary>
/// <remarks>
/// A module's activation is the mean of its nodes' standardised activations, standardised again. Classes are matched to
/// modules one to one, for the largest sum of mean activations, on the examples of even number; those of odd number are
/// read. Every number is to be compared with that of the same modules over permuted nodes.
/// </remarks>
/// <param name="Accuracy">
/// The share of examples read whose most active module, among those matched, is their class's; 1/classes by chance.
/// </param>
/// <param name="OwnShare">
/// The share of a class's mean activation, in magnitude, that lies in its own module: <see cref="OwnPairShare"/>, mean
/// over classes; 1/modules by chance, and somewhat above since the best of all matchings counts.
/// </param>
/// <param name="Modularity">
/// Of the given modules in the graph of co-activation, whose weights are the positive correlations of nodes; about 0
/// for modules of random nodes, NaN where no two nodes correlate.
/// </param>
/// <param name="ModuleOfClass">The module that each class is matched to.</param>
public sealed record ModuleReading(
    double Accuracy, double OwnShare, double Modularity, IReadOnlyList<int> ModuleOfClass)
{
    /// <summary>
    /// Reads activations [examples, nodes] of examples of these classes, each with examples of even and odd number;
    /// modules are numbered from 0 without gaps, at least as many as classes. Constant nodes count as 0.
    /// </summary>
    /// <exception cref="ArgumentException">Sizes do not match, or there are more classes than modules.</exception>
    public static ModuleReading Of(double[,] activations, IReadOnlyList<int> classes, IReadOnlyList<int> moduleOfNode)
    {
        var (examples, nodes) = Arguments.Matrix(activations, nameof(activations));
        Arguments.Length(classes.Count, examples, nameof(classes), "example");
        Arguments.Length(moduleOfNode.Count, nodes, nameof(moduleOfNode), "node");
        int[] modules = [.. moduleOfNode], labels = [.. classes];
        var classCount = labels.Max() + 1;
        // Checks the modules' numbers and that there are enough of them.
        var share = OwnPairShare.Of(ClassMeans.Of(activations, labels, classCount), modules);

        var activity = Standardised(NodeGroups.Means(activations, modules));
        int[] even = [.. Enumerable.Range(0, examples).Where(e => e % 2 == 0)];
        var matched = Assignment.Best(
            ClassMeans.Of(activity.SelectRows(even), [.. even.Select(e => labels[e])], classCount));
        int read = 0, right = 0;
        for (var e = 1; e < examples; e += 2, read++)
            if (Enumerable.Range(0, classCount).MaxBy(c => activity[e, matched[c]]) == labels[e]) right++;
        return new ModuleReading(right / (double)read, share.Mean,
            Partition.Modularity(Coactivation(activations), modules), matched);
    }

    /// <summary>Such as "reading accuracy 0.91, own-module share 0.45, modularity 0.52".</summary>
    public override string ToString() =>
        FormattableString.Invariant(
            $"reading accuracy {Accuracy:F2}, own-module share {OwnShare:F2}, modularity {Modularity:F2}");

    private static FeatureGraph Coactivation(double[,] activations)
    {
        var correlations = NodeCorrelation.Of(activations, activations);
        var nodes = correlations.GetLength(0);
        // NaN, of a constant node, is not above 0.
        return FeatureGraph.FromEdges(nodes, Enumerable.Range(0, nodes).SelectMany(i =>
            Enumerable.Range(i + 1, nodes - i - 1).Where(j => correlations[i, j] > 0)
                .Select(j => new Edge(i, j, correlations[i, j]))), "co-activation");
    }

    private static double[,] Standardised(double[,] values)
    {
        var rows = values.GetLength(0);
        for (var m = 0; m < values.GetLength(1); m++)
        {
            var mean = Enumerable.Range(0, rows).Average(e => values[e, m]);
            var deviation = Math.Sqrt(
                Enumerable.Range(0, rows).Average(e => (values[e, m] - mean) * (values[e, m] - mean)));
            for (var e = 0; e < rows; e++) values[e, m] = deviation > 1e-12 ? (values[e, m] - mean) / deviation : 0;
        }

        return values;
    }
}
