namespace Gsr.Experiments.Capsules;

/// <summary>
/// Do all capsules answer a dimension, or follow a factor with it, in the same direction? For responses (a measure's change) and for
/// correlations with known factors.
/// </summary>
public static class SharedResponse
{
    /// <summary>
    /// The share of the capsules whose response has the sign of the majority, per dimension: 1 if all agree; with random signs .62 on
    /// average for ten capsules.
    /// </summary>
    /// <param name="responses">[capsules, dimensions]; NaN and 0 agree with no one.</param>
    public static double[] SignAgreement(double[,] responses)
    {
        Check(responses.GetLength(0), responses.GetLength(1), nameof(responses));
        var same = DimensionShuffle.Unchanged(responses.GetLength(0), responses.GetLength(1));
        return [.. Enumerable.Range(0, responses.GetLength(1)).Select(place => Agreement(responses, same, place))];
    }

    /// <summary>The mean sign agreement over dimensions, beside its null of renumbered dimensions.</summary>
    /// <param name="responses">[capsules, dimensions].</param>
    /// <param name="shuffles">Number of renumberings.</param>
    /// <param name="seed">Of the renumberings.</param>
    public static DimensionShuffleTest SignTest(double[,] responses, int shuffles = 999, int seed = 0)
    {
        var dimensions = responses.GetLength(1);
        Check(responses.GetLength(0), dimensions, nameof(responses));
        return DimensionShuffle.Test(responses.GetLength(0), dimensions,
            places => Enumerable.Range(0, dimensions).Average(place => Agreement(responses, places, place)), shuffles, seed);
    }

    /// <summary>
    /// How well each dimension follows one factor in all capsules: the largest |mean over capsules of the correlation| of any factor. 1 if
    /// the dimension is, up to sign and scale, the same factor in all; near 0 if the capsules use it for different factors, or for one
    /// with different signs.
    /// </summary>
    /// <param name="correlations">[capsules, dimensions, factors], -1 to 1; NaN, of a constant dimension, counts as 0.</param>
    /// <returns>Per dimension the factor, and its mean correlation with sign.</returns>
    public static (int Factor, double Correlation)[] Factors(double[,,] correlations)
    {
        Check(correlations.GetLength(0), correlations.GetLength(1), nameof(correlations));
        var same = DimensionShuffle.Unchanged(correlations.GetLength(0), correlations.GetLength(1));
        return [.. Enumerable.Range(0, correlations.GetLength(1)).Select(place => Best(correlations, same, place))];
    }

    /// <summary>The mean over dimensions of what <see cref="Factors"/> finds, without sign, beside its null of renumbered dimensions.</summary>
    /// <param name="correlations">[capsules, dimensions, factors].</param>
    /// <param name="shuffles">Number of renumberings.</param>
    /// <param name="seed">Of the renumberings.</param>
    public static DimensionShuffleTest FactorTest(double[,,] correlations, int shuffles = 999, int seed = 0)
    {
        var dimensions = correlations.GetLength(1);
        Check(correlations.GetLength(0), dimensions, nameof(correlations));
        return DimensionShuffle.Test(correlations.GetLength(0), dimensions,
            places => Enumerable.Range(0, dimensions).Average(place => Math.Abs(Best(correlations, places, place).Correlation)), shuffles, seed);
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

    private static (int Factor, double Correlation) Best(double[,,] correlations, IReadOnlyList<int[]> places, int place)
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

    private static void Check(int capsules, int dimensions, string argument)
    {
        if (capsules == 0 || dimensions == 0)
            throw new ArgumentException($"{argument} has {capsules} capsules of {dimensions} dimensions; give at least one of each.", argument);
    }
}
