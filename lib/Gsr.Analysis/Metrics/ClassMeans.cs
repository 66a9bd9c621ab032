namespace Gsr.Analysis.Metrics;

/// <summary>The mean activation of every node for every class, as class maps and heat maps show it.</summary>
public static class ClassMeans
{
    /// <summary>
    /// Means [classes, nodes] of finite activations [examples, nodes], with the class of each example as its label, 0
    /// to <paramref name="classCount"/> - 1; zeros for a class without examples.
    /// </summary>
    /// <exception cref="ArgumentException">Sizes differ, a label is out of range, or a value not finite.</exception>
    public static double[,] Of(double[,] activations, ReadOnlySpan<int> labels, int classCount)
    {
        var (examples, nodes) = Arguments.Matrix(activations, nameof(activations));
        Arguments.AtLeast(classCount, 1, nameof(classCount), "there is at least 1 class.");
        Arguments.Length(labels.Length, examples, nameof(labels), "example");

        var means = new double[classCount, nodes];
        var counts = new int[classCount];
        for (var i = 0; i < examples; i++)
        {
            var label = labels[i];
            if ((uint)label >= (uint)classCount)
            {
                throw new ArgumentException(
                    $"labels[{i}] is {label}; with classCount {classCount} labels are 0 to {classCount - 1}.",
                    nameof(labels));
            }
            counts[label]++;
            for (var j = 0; j < nodes; j++) means[label, j] += activations[i, j];
        }
        for (var c = 0; c < classCount; c++)
            for (var j = 0; j < nodes; j++) means[c, j] /= Math.Max(1, counts[c]);
        return means;
    }
}
