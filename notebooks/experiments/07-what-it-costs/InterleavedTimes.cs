using System.Diagnostics;
using MathNet.Numerics.Distributions;

namespace Gsr.Experiments.Costs;

/// <summary>
/// Times of several variants of a computation, measured in turn within one run, so that disturbances of the machine
/// affect all alike. Ratios are taken within a round.
/// </summary>
public sealed class InterleavedTimes
{
    private readonly Dictionary<string, double[]> _milliseconds;

    private InterleavedTimes(IEnumerable<string> names, int rounds) =>
        _milliseconds = names.ToDictionary(name => name, _ => new double[rounds]);

    /// <summary>
    /// Runs all variants in turn, in an order that moves by one place per round; the first round warms up and is not
    /// counted. Times are per unit of work, such as a training step, of which each call of an action does so many.
    /// </summary>
    /// <exception cref="ArgumentException">Two variants have the same name.</exception>
    public static InterleavedTimes Measure(IReadOnlyList<(string Name, Action Run)> variants, int rounds, int each = 1)
    {
        var times = new InterleavedTimes(variants.Select(variant => variant.Name), rounds);
        for (var round = -1; round < rounds; round++)
        {
            for (var i = 0; i < variants.Count; i++)
            {
                var (name, run) = variants[(i + round + 1) % variants.Count];
                var start = Stopwatch.GetTimestamp();
                run();
                var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds / each;
                if (round >= 0) times._milliseconds[name][round] = elapsed;
            }
        }

        return times;
    }

    /// <summary>Names of the variants, in their order.</summary>
    public IEnumerable<string> Names => _milliseconds.Keys;

    /// <summary>Milliseconds of a variant, one per round.</summary>
    public Replicates Milliseconds(string name) => new(_milliseconds[name]);

    /// <summary>Ratios of one variant to another, one per round.</summary>
    public Replicates Ratio(string name, string baseline) =>
        new(_milliseconds[name].Zip(_milliseconds[baseline], (a, b) => a / b));

    /// <summary>
    /// The extra time of a variant in percent of another's: the median over rounds, which a disturbed round does not
    /// move, with its 95 % interval.
    /// </summary>
    public Estimate Extra(string name, string baseline)
    {
        double[] sorted = [.. Ratio(name, baseline).Values.Order().Select(ratio => 100 * (ratio - 1))];
        var (low, high) = MedianInterval(sorted);
        var median = new Replicates(sorted).Median;
        return new(median, low, high, FormattableString.Invariant(
            $"{median:+0.0;-0.0;+0.0} % ({low:0.0;-0.0;0.0} to {high:0.0;-0.0;0.0})"), $"{sorted.Length} rounds");
    }

    /// <summary>
    /// The k-th smallest and k-th largest value, k as large as 2 P(X ≤ k - 1) ≤ .05 allows for X ~ Bin(n, ½): the 95 %
    /// interval of the median, whatever the distribution. NaN for fewer than six values.
    /// </summary>
    internal static (double Low, double High) MedianInterval(double[] sorted)
    {
        var k = 0;
        while (2 * Binomial.CDF(0.5, sorted.Length, k) <= 0.05) k++;
        return k == 0 ? (double.NaN, double.NaN) : (sorted[k - 1], sorted[^k]);
    }
}
