namespace Gsr.Experiments.Capsules;

/// <summary>
/// The null of what capsules share: each capsule's dimensions are renumbered at random, independently of the other capsules', so that
/// every capsule keeps what its dimensions do and loses which of them are the same.
/// </summary>
public static class DimensionShuffle
{
    /// <summary>A score beside its values under random renumberings.</summary>
    /// <param name="capsules">Number of capsules, at least 1.</param>
    /// <param name="dimensions">Dimensions of each, at least 1.</param>
    /// <param name="score">
    /// From the dimension of each capsule that stands at each place, [capsule][place], to a score, the larger the more is shared.
    /// </param>
    /// <param name="shuffles">Number of renumberings, 999 by default.</param>
    /// <param name="seed">Of the renumberings.</param>
    public static DimensionShuffleTest Test(
        int capsules, int dimensions, Func<IReadOnlyList<int[]>, double> score, int shuffles = 999, int seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capsules, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(shuffles, 1);
        ArgumentNullException.ThrowIfNull(score);
        var random = new Random(seed);
        var places = Unchanged(capsules, dimensions);
        var own = score(places);
        var nulls = new double[shuffles];
        for (var i = 0; i < shuffles; i++)
        {
            foreach (var order in places) random.Shuffle(order);
            nulls[i] = score(places);
        }

        return new DimensionShuffleTest(own, nulls);
    }

    /// <summary>Every dimension at its own place.</summary>
    internal static int[][] Unchanged(int capsules, int dimensions) =>
        [.. Enumerable.Range(0, capsules).Select(_ => Enumerable.Range(0, dimensions).ToArray())];
}

/// <summary>A score and its null.</summary>
/// <param name="Score">With the dimensions as they are.</param>
/// <param name="Null">One value per renumbering.</param>
public sealed record DimensionShuffleTest(double Score, IReadOnlyList<double> Null)
{
    /// <summary>Mean of the null.</summary>
    public double NullMean => Null.Average();

    /// <summary>The central 95 % of the null.</summary>
    public (double Low, double High) NullRange
    {
        get
        {
            double[] sorted = [.. Null.Order()];
            return (sorted[(int)(0.025 * (sorted.Length - 1))], sorted[(int)Math.Ceiling(0.975 * (sorted.Length - 1))]);
        }
    }

    /// <summary>(1 + renumberings that reach the score) / (1 + renumberings): one-sided, never 0.</summary>
    public double PValue => (1.0 + Null.Count(value => value >= Score)) / (1 + Null.Count);

    /// <summary>Such as "0.81, null 0.02 (-0.03 to 0.07), p = 0.001".</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Score:F2}, null {NullMean:F2} ({NullRange.Low:F2} to {NullRange.High:F2}), p = {PValue:0.###}");
}
