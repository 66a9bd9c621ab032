using Gsr.Analysis.Metrics;

namespace Gsr.Experiments.Capsules;

/// <summary>
/// Do all capsules respond to a dimension, or follow a factor with it, in the same direction? For responses (a
/// measure's change) and for correlations with known factors.
/// </summary>
public static class SharedResponse
{
    /// <summary>
    /// The share of the capsules whose response has the sign of the majority, per dimension, of responses [capsules,
    /// dimensions]: 1 if all agree; with random signs .62 on average for ten capsules. NaN and 0 have no sign.
    /// </summary>
    public static double[] SignAgreement(double[,] responses)
    {
        var same = DimensionShuffleTest.Unchanged(responses.GetLength(0), responses.GetLength(1));
        return [.. Enumerable.Range(0, responses.GetLength(1)).Select(place => Agreement(responses, same, place))];
    }

    /// <summary>The mean sign agreement over dimensions, beside its null of renumbered dimensions.</summary>
    public static DimensionShuffleTest SignTest(double[,] responses) =>
        DimensionShuffleTest.Of(responses.GetLength(0), responses.GetLength(1), places =>
            Enumerable.Range(0, responses.GetLength(1)).Average(place => Agreement(responses, places, place)));

    /// <summary>
    /// How well each dimension follows one factor in all capsules, from correlations [capsules, dimensions, factors]:
    /// the factor of the largest |mean over capsules of the correlation|, and that mean with its sign. 1 if the
    /// dimension is, up to sign and scale, the same factor in all; near 0 if the capsules use it for different factors,
    /// or for one with different signs. NaN, of a constant dimension, counts as 0.
    /// </summary>
    public static (int Factor, double Correlation)[] Factors(double[,,] correlations)
    {
        var same = DimensionShuffleTest.Unchanged(correlations.GetLength(0), correlations.GetLength(1));
        return [.. Enumerable.Range(0, correlations.GetLength(1)).Select(place => Best(correlations, same, place))];
    }

    /// <summary>
    /// The mean over dimensions of the correlation of <see cref="Factors"/>, without sign, beside its null.
    /// </summary>
    public static DimensionShuffleTest FactorTest(double[,,] correlations) =>
        DimensionShuffleTest.Of(correlations.GetLength(0), correlations.GetLength(1), places =>
            Enumerable.Range(0, correlations.GetLength(1))
                .Average(place => Math.Abs(Best(correlations, places, place).Correlation)));

    /// <summary>
    /// Spearman's rank correlation [classes, dimensions, factors] of each dimension of capsules [examples, classes ·
    /// dimensions] with each factor [examples, factors], over the examples of the capsule's own class, at least two;
    /// NaN where a dimension or a factor is constant.
    /// </summary>
    public static double[,,] FactorCorrelations(
        double[,] capsules, ReadOnlySpan<byte> labels, double[,] factors, int classes)
    {
        var (examples, dimensions) = Arguments.Capsules(capsules, labels, classes);
        var count = factors.GetLength(1);
        var own = Enumerable.Range(0, classes).Select(_ => new List<int>()).ToArray();
        for (var i = 0; i < examples; i++) own[labels[i]].Add(i);

        var correlations = new double[classes, dimensions, count];
        for (var k = 0; k < classes; k++)
        {
            double[][] truths = [.. Enumerable.Range(0, count).Select(f => Column(factors, own[k], f))];
            for (var d = 0; d < dimensions; d++)
            {
                var values = Column(capsules, own[k], (k * dimensions) + d);
                for (var f = 0; f < count; f++) correlations[k, d, f] = RankCorrelation.Spearman(values, truths[f]);
            }
        }

        return correlations;

        static double[] Column(double[,] matrix, List<int> rows, int column) =>
            [.. rows.Select(row => matrix[row, column])];
    }

    private static double Agreement(double[,] responses, IReadOnlyList<int[]> places, int place)
    {
        int up = 0, down = 0;
        for (var i = 0; i < places.Count; i++)
        {
            var response = responses[i, places[i][place]];
            if (response > 0) up++;
            else if (response < 0) down++;
        }

        return Math.Max(up, down) / (double)places.Count;
    }

    private static (int Factor, double Correlation) Best(
        double[,,] correlations, IReadOnlyList<int[]> places, int place)
    {
        var best = (Factor: 0, Correlation: 0.0);
        for (var factor = 0; factor < correlations.GetLength(2); factor++)
        {
            var sum = 0.0;
            for (var i = 0; i < places.Count; i++)
            {
                var correlation = correlations[i, places[i][place], factor];
                if (!double.IsNaN(correlation)) sum += correlation;
            }

            if (Math.Abs(sum / places.Count) > Math.Abs(best.Correlation)) best = (factor, sum / places.Count);
        }

        return best;
    }
}
