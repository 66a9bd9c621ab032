using Gsr.Internals;

namespace Gsr.Experiments.Variants;

/// <summary>Points of a two-dimensional sheet rolled up in three dimensions.</summary>
/// <param name="Name">Which sheet.</param>
/// <param name="Points">[points, 3].</param>
/// <param name="Along">Each point's place along the rolled direction, 0 to 1.</param>
public sealed record RolledSheet(string Name, double[,] Points, double[] Along)
{
    /// <summary>
    /// The Swiss roll (Tenenbaum, de Silva and Langford 2000): (t cos t, h, t sin t), 1.5π ≤ t ≤ 4.5π, over ten.
    /// </summary>
    /// <param name="points">Number of points, uniform in t and in h.</param>
    /// <param name="seed">Equal seeds give equal points.</param>
    public static RolledSheet SwissRoll(int points, int seed) => Draw("Swiss roll", points, seed, along =>
    {
        var t = 1.5 * Math.PI * (1 + (2 * along));
        return (t * Math.Cos(t) / 10, t * Math.Sin(t) / 10);
    });

    /// <summary>The S-curve: (sin t, h, sign(t) (cos t - 1)), -1.5π ≤ t ≤ 1.5π.</summary>
    /// <param name="points">Number of points, uniform in t and in h.</param>
    /// <param name="seed">Equal seeds give equal points.</param>
    public static RolledSheet SCurve(int points, int seed) => Draw("S-curve", points, seed, along =>
    {
        var t = 3 * Math.PI * (along - 0.5);
        return (Math.Sin(t), Math.Sign(t) * (Math.Cos(t) - 1));
    });

    private static RolledSheet Draw(string name, int points, int seed, Func<double, (double X, double Z)> rolled)
    {
        Arguments.AtLeast(points, 2, nameof(points), "a sheet has at least 2 points.");
        var random = new SplitMix64(seed, 0, 0);
        var (values, places) = (new double[points, 3], new double[points]);
        for (var i = 0; i < points; i++)
        {
            places[i] = random.NextDouble();
            (values[i, 0], values[i, 2]) = rolled(places[i]);
            values[i, 1] = (2 * random.NextDouble()) - 1;
        }
        return new(name, values, places);
    }
}
