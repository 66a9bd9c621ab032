using Gsr.Analysis.Metrics;

namespace Gsr.Experiments.Capsules;

/// <summary>Checks shared by the measures of capsules; each message names the argument, its value and the remedy.</summary>
internal static class CapsuleArguments
{
    /// <summary>A layer of capsules and the class of each example; returns the number of examples and the dimensions of a capsule.</summary>
    internal static (int Examples, int Dimensions) Layer(double[,] capsules, ReadOnlySpan<byte> labels, int classes)
    {
        var (examples, columns) = MetricArguments.Matrix(capsules, nameof(capsules));
        if (classes < 2 || columns % classes != 0)
        {
            throw new ArgumentException(
                $"classes is {classes} for {columns} columns; give at least 2 capsules that divide the columns.", nameof(classes));
        }

        if (labels.Length != examples)
            throw new ArgumentException($"labels holds {labels.Length} values for {examples} examples; give one per example.", nameof(labels));
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] >= classes)
                throw new ArgumentException($"labels[{i}] is {labels[i]}; with {classes} classes labels are 0 to {classes - 1}.", nameof(labels));
        }

        return (examples, columns / classes);
    }
}
