using System.Globalization;

namespace Gsr.Experiments;

/// <summary>A measured number with the interval that decides about it, and how both are written.</summary>
/// <param name="Value">The number, in the unit of its text.</param>
/// <param name="Low">The interval's lower end; NaN where one measurement gives none.</param>
/// <param name="High">Its upper end.</param>
/// <param name="Text">Such as "0.98 ± 0.01" or "19 of 20 (76 to 99 %)".</param>
/// <param name="Spread">What the interval is, such as "10 seeds" (95 % of the mean).</param>
public sealed record Estimate(double Value, double Low, double High, string Text, string Spread)
{
    /// <summary>The networks whose mean it is; 0 for another kind of number.</summary>
    public int Seeds => Count("seed");

    /// <summary>The trials of which it is a share; 0 for another kind of number.</summary>
    public int Trials => Count("trial");

    /// <summary>The mean of one number per seed, with its 95 % interval.</summary>
    /// <param name="values">One value per network or data set.</param>
    /// <param name="decimals">Decimals to show.</param>
    /// <param name="unit">Written after the number.</param>
    /// <param name="signed">With + before a mean that is not negative, as for differences.</param>
    public static Estimate Of(Replicates values, int decimals = 2, string unit = "", bool signed = false) => new(
        values.Mean, values.Low95, values.High95, Unit(values.Interval(decimals, signed), unit),
        values.Values.Count == 1 ? "1 seed" : $"{values.Values.Count} seeds");

    /// <summary>
    /// A share of independent trials with its 95 % interval by Wilson's score (JASA 22, 1927): centre
    /// (p + z²/2n) / (1 + z²/n), half width z √(p(1-p)/n + z²/4n²) / (1 + z²/n), z = 1.96.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Hits are below 0 or above trials, or there is no trial.</exception>
    public static Estimate Share(int hits, int trials)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(trials);
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hits, trials);
        const double z = 1.959964;
        double share = (double)hits / trials, scale = 1 + z * z / trials;
        var centre = (share + z * z / (2 * trials)) / scale;
        var half = z * Math.Sqrt(share * (1 - share) / trials + z * z / (4.0 * trials * trials)) / scale;
        double low = Math.Max(0, centre - half), high = Math.Min(1, centre + half);
        return new(share, low, high,
            string.Create(CultureInfo.InvariantCulture, $"{hits} of {trials} ({100 * low:F0} to {100 * high:F0} %)"),
            $"{trials} trials");
    }

    /// <summary>A number without spread: computed, or measured once on all there is.</summary>
    public static Estimate Exactly(double value, int decimals = 2, string unit = "") => new(value, value, value,
        Unit(value.ToString($"F{decimals}", CultureInfo.InvariantCulture), unit), "one value");

    /// <summary>The p value of a test.</summary>
    /// <param name="p">0 to 1.</param>
    /// <param name="test">Such as "999 permutations".</param>
    public static Estimate P(double p, string test) =>
        new(p, p, p, p < 1e-4 ? "p < 0.0001" : string.Create(CultureInfo.InvariantCulture, $"p = {p:0.####}"), test);

    /// <summary>At least a bound: decided when the whole interval lies on one side of it.</summary>
    public Finding AtLeast(double bound) => Decide($"≥ {Number(bound)}", Low >= bound, High < bound, Value < bound);

    /// <summary>At most a bound.</summary>
    public Finding AtMost(double bound) => Decide($"≤ {Number(bound)}", High <= bound, Low > bound, Value > bound);

    /// <summary>More than a bound.</summary>
    public Finding Above(double bound) => Decide($"> {Number(bound)}", Low > bound, High <= bound, Value <= bound);

    /// <summary>Less than a bound.</summary>
    public Finding Below(double bound) => Decide($"< {Number(bound)}", High < bound, Low >= bound, Value >= bound);

    /// <summary>Between two bounds, as for a value of the paper with a margin.</summary>
    public Finding Within(double low, double high) => Decide(
        $"{Number(low)} to {Number(high)}", Low >= low && High <= high, High < low || Low > high,
        Value < low || Value > high);

    /// <summary>At least a bound in the trials made here, whatever further ones would give.</summary>
    public Finding ObservedAtLeast(double bound) =>
        Decide($"≥ {Number(bound)} here", Value >= bound, Value < bound, Value < bound);

    private Finding Decide(string goal, bool reached, bool missed, bool valueMisses) =>
        new(this, goal, reached ? Verdict.Reached : missed ? Verdict.NotReached : Verdict.NotDecided)
        {
            ValueMisses = valueMisses,
        };

    private int Count(string kind) =>
        Spread.Split(' ') is [var count, var of] && (of == kind || of == kind + "s") ? int.Parse(count) : 0;

    private static string Unit(string number, string unit) => unit.Length == 0 ? number : $"{number} {unit}";

    private static string Number(double bound) => bound.ToString("0.####", CultureInfo.InvariantCulture);
}
