using Gsr.Analysis.Metrics;
using Gsr.Graphs;

namespace Gsr.Experiments.SeveralLayers;

/// <summary>
/// Whether a layer can be read by its modules: given groups of nodes, does each speak for one class, and can the class of an
/// example be told from which group is the most active?
/// </summary>
/// <remarks>
/// A module's activation is the mean of its nodes' standardised activations, standardised again. Classes are matched to
/// modules one to one, for the largest sum of mean activations, on the examples of even number; those of odd number are read.
/// Every number is to be compared with that of the same modules over permuted nodes.
/// </remarks>
/// <param name="Accuracy">
/// The share of examples read whose most active module, among those matched, is their class's; 1/classes by chance.
/// </param>
/// <param name="OwnShare">
/// The share of a class's mean activation, in magnitude, that lies in its own module: <see cref="OwnPairShare"/>, mean over
/// classes; 1/modules by chance, and somewhat above since the best of all matchings counts.
/// </param>
/// <param name="Modularity">
/// Of the given modules in the graph of co-activation, whose weights are the positive correlations of nodes; about 0 for
/// modules of random nodes, NaN where no two nodes correlate.
/// </param>
/// <param name="ModuleOfClass">The module that each class is matched to.</param>
/// <example><code>var reading = ModuleReading.Of(activations, classes, moduleOfNode);</code></example>
public sealed record ModuleReading(double Accuracy, double OwnShare, double Modularity, IReadOnlyList<int> ModuleOfClass)
{
    /// <summary>Reads a layer.</summary>
    /// <param name="activations">[examples, nodes], finite. Constant nodes count as 0.</param>
    /// <param name="classes">The class of each example, from 0 to the largest; each has examples of even and odd number.</param>
    /// <param name="moduleOfNode">The module of each node, numbered from 0 without gaps; at least as many as classes.</param>
    /// <exception cref="ArgumentException">Sizes do not match, a class lacks examples, or there are more classes than modules.</exception>
    public static ModuleReading Of(double[,] activations, IReadOnlyList<int> classes, IReadOnlyList<int> moduleOfNode)
    {
        var (examples, nodes) = Arguments.Matrix(activations, nameof(activations));
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(moduleOfNode);
        Arguments.Length(classes.Count, examples, nameof(classes), "example");
        Arguments.Length(moduleOfNode.Count, nodes, nameof(moduleOfNode), "node");
        int[] modules = [.. moduleOfNode], labels = [.. classes];
        int classCount = CheckedClasses(labels);
        // Checks the modules' numbers and that there are enough of them.
        var share = OwnPairShare.Of(ClassMeans.Of(activations, labels, classCount), modules);

        var activity = Standardised(NodeGroups.Means(activations, modules));
        int[] matched = Assignment.Best(MeansOfEven(activity, labels, classCount));
        int read = 0, right = 0;
        for (int e = 1; e < examples; e += 2, read++)
            if (Enumerable.Range(0, classCount).MaxBy(c => activity[e, matched[c]]) == labels[e]) right++;
        return new ModuleReading(right / (double)read, share.Mean, Partition.Modularity(Coactivation(activations), modules), matched);
    }

    /// <summary>Such as "reading accuracy 0.91, own-module share 0.45, modularity 0.52".</summary>
    public override string ToString() =>
        FormattableString.Invariant($"reading accuracy {Accuracy:F2}, own-module share {OwnShare:F2}, modularity {Modularity:F2}");

    private static FeatureGraph Coactivation(double[,] activations)
    {
        var correlations = NodeCorrelation.Of(activations, activations);
        int nodes = correlations.GetLength(0);
        // NaN, of a constant node, is not above 0.
        return FeatureGraph.FromEdges(nodes, Enumerable.Range(0, nodes).SelectMany(i => Enumerable.Range(i + 1, nodes - i - 1)
            .Where(j => correlations[i, j] > 0).Select(j => new Edge(i, j, correlations[i, j]))), "co-activation");
    }

    private static double[,] MeansOfEven(double[,] activity, int[] labels, int classCount)
    {
        int modules = activity.GetLength(1);
        var means = new double[classCount, modules];
        var counts = new int[classCount];
        for (int e = 0; e < labels.Length; e += 2)
        {
            counts[labels[e]]++;
            for (int m = 0; m < modules; m++) means[labels[e], m] += activity[e, m];
        }

        for (int c = 0; c < classCount; c++)
            for (int m = 0; m < modules; m++) means[c, m] /= counts[c];
        return means;
    }

    private static double[,] Standardised(double[,] values)
    {
        int rows = values.GetLength(0);
        for (int m = 0; m < values.GetLength(1); m++)
        {
            double mean = Enumerable.Range(0, rows).Average(e => values[e, m]);
            double deviation = Math.Sqrt(Enumerable.Range(0, rows).Average(e => (values[e, m] - mean) * (values[e, m] - mean)));
            for (int e = 0; e < rows; e++) values[e, m] = deviation > 1e-12 ? (values[e, m] - mean) / deviation : 0;
        }

        return values;
    }

    private static int CheckedClasses(int[] labels)
    {
        int count = labels.Max() + 1;
        if (labels.Min() < 0) throw new ArgumentException($"classes holds {labels.Min()}; number the classes from 0.", nameof(labels));
        for (int c = 0; c < count; c++)
        {
            for (int parity = 0; parity < 2; parity++)
            {
                if (!labels.Where((label, e) => label == c && e % 2 == parity).Any())
                {
                    throw new ArgumentException(
                        $"classes: class {c} has no example of {(parity == 0 ? "even" : "odd")} number; give more examples, or number the classes without gaps.",
                        nameof(labels));
                }
            }
        }

        return count;
    }
}
