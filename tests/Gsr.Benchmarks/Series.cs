using System.Diagnostics;

namespace Gsr.Benchmarks;

/// <summary>One measured way to do a thing, over the rounds of a comparison.</summary>
internal sealed class Series(string name, Func<double> measure)
{
    private readonly List<double> _rounds = [];

    public string Name => name;

    public double Median => Middle(_rounds);

    /// <summary>Of some action, called repeatedly for a while: the median microseconds of a call.</summary>
    public static Series Of(string name, Action run) => new(name, () =>
    {
        var times = new List<double>();
        var clock = Stopwatch.StartNew();
        while (times.Count < 3 || clock.Elapsed.TotalSeconds < 0.15)
        {
            var start = Stopwatch.GetTimestamp();
            run();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        return Middle(times);
    });

    /// <summary>Of a training: microseconds per step of a run of so many.</summary>
    public static Series OfSteps(string name, Action<int> run, int steps) => new(name, () =>
    {
        var start = Stopwatch.GetTimestamp();
        run(steps);
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / steps;
    });

    public void Measure() => _rounds.Add(measure());

    /// <summary>Forgets the rounds so far: the first one warms up.</summary>
    public void Clear() => _rounds.Clear();

    /// <summary>
    /// This over another: the median over rounds of the ratio within a round, which a noisy machine disturbs least.
    /// </summary>
    public double Over(Series other) => Middle([.. _rounds.Zip(other._rounds, (a, b) => a / b)]);

    private static double Middle(List<double> values)
    {
        if (values.Count == 0 || values.Exists(double.IsNaN)) return double.NaN;
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
