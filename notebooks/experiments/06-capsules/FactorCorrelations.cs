using Gsr.Analysis.Metrics;

namespace Gsr.Experiments.Capsules;

/// <summary>What the dimensions of each class's capsule follow, where the factors behind the examples are known.</summary>
public static class FactorCorrelations
{
    /// <summary>Spearman's rank correlation of each dimension with each factor, over the examples of the capsule's own class.</summary>
    /// <param name="capsules">[examples, classes · dimensions], capsule by capsule.</param>
    /// <param name="labels">The class of each example; every class has at least two.</param>
    /// <param name="factors">[examples, factors].</param>
    /// <param name="classes">Number of capsules.</param>
    /// <returns>[classes, dimensions, factors]; NaN where a dimension or a factor is constant.</returns>
    /// <exception cref="ArgumentException">Sizes do not fit, a class has fewer than two examples, or a value is not finite.</exception>
    public static double[,,] Of(double[,] capsules, ReadOnlySpan<byte> labels, double[,] factors, int classes)
    {
        var (examples, dimensions) = Arguments.Capsules(capsules, labels, classes);
        var (rows, count) = Arguments.Matrix(factors, nameof(factors));
        if (rows != examples)
            throw new ArgumentException($"factors has {rows} rows for {examples} examples; give one per example.", nameof(factors));
        var own = new List<int>[classes];
        for (var k = 0; k < classes; k++) own[k] = [];
        for (var i = 0; i < examples; i++) own[labels[i]].Add(i);

        var correlations = new double[classes, dimensions, count];
        for (var k = 0; k < classes; k++)
        {
            if (own[k].Count < 2)
                throw new ArgumentException($"labels has {own[k].Count} examples of class {k}; a correlation needs at least 2.", nameof(labels));
            double[][] truths = [.. Enumerable.Range(0, count).Select(f => Column(factors, own[k], f))];
            for (var d = 0; d < dimensions; d++)
            {
                var values = Column(capsules, own[k], (k * dimensions) + d);
                for (var f = 0; f < count; f++) correlations[k, d, f] = RankCorrelation.Spearman(values, truths[f]);
            }
        }

        return correlations;
    }

    private static double[] Column(double[,] matrix, List<int> rows, int column) => [.. rows.Select(row => matrix[row, column])];
}
