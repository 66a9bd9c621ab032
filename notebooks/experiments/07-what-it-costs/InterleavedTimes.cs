using System.Diagnostics;

namespace Gsr.Experiments.Costs;

/// <summary>
/// Times of several ways to do a thing, measured in turns within one run, so that whatever disturbs the machine for a while
/// disturbs all of them alike. Ratios are taken within a round.
/// </summary>
public sealed class InterleavedTimes
{
    private readonly string[] _names;
    private readonly double[][] _milliseconds;

    private InterleavedTimes(string[] names, double[][] milliseconds) => (_names, _milliseconds) = (names, milliseconds);

    /// <summary>Runs all ways in turns; the first round warms up and is not counted.</summary>
    /// <param name="ways">Name and action of each; an action does the same amount of work each time.</param>
    /// <param name="rounds">Rounds that count, at least 1. The order of the ways is turned by one place per round.</param>
    /// <param name="each">What an action does so many times, such as training steps: times are per one of them.</param>
    /// <exception cref="ArgumentException">There is no way, or two have one name.</exception>
    public static InterleavedTimes Measure(IReadOnlyList<(string Name, Action Run)> ways, int rounds, int each = 1)
    {
        ArgumentNullException.ThrowIfNull(ways);
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(each, 1);
        if (ways.Count == 0) throw new ArgumentException("ways is empty; give at least one action to measure.", nameof(ways));
        string[] names = [.. ways.Select(way => way.Name)];
        if (names.Distinct().Count() < names.Length)
            throw new ArgumentException($"ways are named {string.Join(", ", names)}; give each a name of its own.", nameof(ways));
        var times = Array.ConvertAll(names, _ => new double[rounds]);
        for (var round = -1; round < rounds; round++)
        {
            for (var i = 0; i < names.Length; i++)
            {
                var way = (i + round + 1) % names.Length;
                var start = Stopwatch.GetTimestamp();
                ways[way].Run();
                var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds / each;
                if (round >= 0) times[way][round] = elapsed;
            }
        }

        return new InterleavedTimes(names, times);
    }

    /// <summary>Names of the ways, in their order.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Milliseconds of a way, one per round.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public Replicates Milliseconds(string name) => new(Of(name));

    /// <summary>Ratios of one way to another, one per round.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="baseline">Another.</param>
    public Replicates Ratio(string name, string baseline) => new(Of(name).Zip(Of(baseline), (a, b) => a / b));

    private double[] Of(string name)
    {
        var at = Array.IndexOf(_names, name);
        return at >= 0 ? _milliseconds[at]
            : throw new ArgumentException($"There is no way '{name}'; there are {string.Join(", ", _names)}.", nameof(name));
    }
}
