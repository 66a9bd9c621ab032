using MathNet.Numerics.Distributions;

namespace Gsr.Experiments.Capsules;

/// <summary>
/// Does one dimension mean one thing in every capsule? The dimension of the largest mean |response| in some examples,
/// and in how many capsules it has one sign in others, beside the null of renumbered dimensions.
/// </summary>
/// <param name="Dimension">Chosen by the first examples, whatever the signs.</param>
/// <param name="Agreeing">
/// The capsules of the more frequent sign in the other examples; with random signs 6.2 of 10.
/// </param>
/// <param name="NullMean">Mean of the same count, choice included, over the renumberings.</param>
/// <param name="PValue">One-sided, from the renumberings.</param>
public sealed record SharedDimension(int Dimension, int Agreeing, double NullMean, double PValue)
{
    /// <summary>
    /// Chooses by responses [capsules, dimensions] and counts in others of the same size; NaN and 0 have no sign.
    /// </summary>
    public static SharedDimension Of(double[,] choosing, double[,] counted, int shuffles = 999, int seed = 0)
    {
        var (capsules, dimensions) = (choosing.GetLength(0), choosing.GetLength(1));
        Arguments.Require(counted.GetLength(0) == capsules && counted.GetLength(1) == dimensions, nameof(counted),
            $"counted is {counted.GetLength(0)} x {counted.GetLength(1)}; expected {capsules} x {dimensions}.");
        var test = DimensionShuffleTest.Of(capsules, dimensions,
            places => Count(counted, places, Strongest(choosing, places)), shuffles, seed);
        var chosen = Strongest(choosing, DimensionShuffleTest.Unchanged(capsules, dimensions));
        return new SharedDimension(chosen, (int)test.Score, test.NullMean, test.PValue);
    }

    /// <summary>
    /// One p of independent ones: -2 Σ ln p follows χ² of 2 n degrees of freedom (Fisher 1925, section 21.1).
    /// </summary>
    public static double Pooled(IReadOnlyCollection<double> pValues)
    {
        Arguments.NotEmpty(pValues, nameof(pValues), "p value");
        return 1 - ChiSquared.CDF(2 * pValues.Count, -2 * pValues.Sum(Math.Log));
    }

    private static int Strongest(double[,] responses, IReadOnlyList<int[]> places) =>
        Enumerable.Range(0, places[0].Length).MaxBy(place =>
            places.Select((order, capsule) => Math.Abs(responses[capsule, order[place]])).Sum());

    private static int Count(double[,] responses, IReadOnlyList<int[]> places, int place)
    {
        double[] values = [.. places.Select((order, capsule) => responses[capsule, order[place]])];
        return Math.Max(values.Count(v => v > 0), values.Count(v => v < 0));
    }
}
