namespace Gsr.Experiments.Capsules;

/// <summary>
/// A score of what capsules share beside its null: each capsule's dimensions are renumbered at random, independently of
/// the other capsules', so that only their correspondence between capsules is lost.
/// </summary>
/// <param name="Score">With the dimensions as they are.</param>
/// <param name="Null">One value per renumbering.</param>
public sealed record DimensionShuffleTest(double Score, IReadOnlyList<double> Null)
{
    /// <summary>Mean of the null.</summary>
    public double NullMean => Null.Average();

    /// <summary>(1 + renumberings that reach the score) / (1 + renumberings): one-sided, never 0.</summary>
    public double PValue => (1.0 + Null.Count(value => value >= Score)) / (1 + Null.Count);

    /// <summary>
    /// Tests a score of the order of dimensions, [capsule][place]: the dimension of each capsule that stands at each
    /// place.
    /// </summary>
    internal static DimensionShuffleTest Of(
        int capsules, int dimensions, Func<IReadOnlyList<int[]>, double> score, int shuffles = 999, int seed = 0)
    {
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
