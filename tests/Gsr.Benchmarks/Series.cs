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
        var (spent, calls) = (0.0, 1);
        // As many calls at once as the clock can tell apart; of what takes seconds one.
        while (times.Count < (spent < 1.5e6 ? 3 : 1) || spent < 1.5e5)
        {
            var time = Processor(() =>
            {
                for (var i = 0; i < calls; i++) run();
            });
            spent += time;
            if (time < 1000) calls *= 2;
            else times.Add(time / calls);
        }

        return Middle(times);
    });

    /// <summary>Of a training: microseconds per step, and per network, of a run of so many.</summary>
    public static Series OfSteps(string name, Action<int> run, int steps, int networks = 1) =>
        new(name, () => Processor(() => run(steps)) / steps / networks);

    /// <summary>
    /// Microseconds of processor time, which other work on the machine disturbs less than the time that passes.
    /// </summary>
    private static double Processor(Action run)
    {
        var start = Environment.CpuUsage.TotalTime;
        run();
        return (Environment.CpuUsage.TotalTime - start).TotalMicroseconds;
    }

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
