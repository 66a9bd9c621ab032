using System.Globalization;
using Gsr.Analysis.Pictures;

namespace Gsr.Experiments;

/// <summary>One number measured once per seed, with its spread.</summary>
public sealed class Replicates
{
    private readonly double[] _values;

    /// <summary>Takes the measured values, one per seed.</summary>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public Replicates(IEnumerable<double> values)
    {
        _values = [.. values];
        if (_values.Length == 0) throw new ArgumentException("There is no value.", nameof(values));
    }

    /// <summary>The values, in the order of the seeds.</summary>
    public IReadOnlyList<double> Values => _values;

    /// <summary>Their mean.</summary>
    public double Mean => _values.Average();

    /// <summary>Sample standard deviation (n - 1); NaN for one value.</summary>
    public double StandardDeviation
    {
        get
        {
            var mean = Mean;
            return Math.Sqrt(_values.Sum(v => (v - mean) * (v - mean)) / (_values.Length - 1));
        }
    }

    /// <summary>
    /// Their median, which a disturbed measurement does not move; of an even number the mean of the two in the middle.
    /// </summary>
    public double Median
    {
        get
        {
            double[] sorted = [.. _values.Order()];
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }

    /// <summary>Half the width of the mean's 95 % interval, t(n-1, .975) s / √n; NaN for one value.</summary>
    public double HalfInterval95 => MeanInterval.Half(_values);

    /// <summary>The lower end of the mean's 95 % interval; NaN for one value.</summary>
    public double Low95 => Mean - HalfInterval95;

    /// <summary>The upper end of the mean's 95 % interval; NaN for one value.</summary>
    public double High95 => Mean + HalfInterval95;

    /// <summary>Differences seed by seed, this minus other.</summary>
    /// <exception cref="ArgumentException">The numbers of values differ.</exception>
    public Replicates Minus(Replicates other) => other._values.Length == _values.Length
        ? new Replicates(_values.Zip(other._values, (a, b) => a - b))
        : throw new ArgumentException($"There are {_values.Length} values here and {other._values.Length} there; "
            + "pairs need the same seeds.", nameof(other));

    /// <summary>"0.98 ± 0.01": the mean and half of its 95 % interval, as everywhere in the workbook.</summary>
    public override string ToString() => Interval();

    /// <summary>
    /// Mean ± half the width of its 95 % interval, the mean alone for one value; where signed, with + before a mean
    /// that is not negative, as for differences.
    /// </summary>
    public string Interval(int decimals = 2, bool signed = false)
    {
        var format = $"F{decimals}";
        // + 0.0: a mean that rounds to zero is 0, not -0.
        var rounded = Math.Round(Mean, decimals) + 0.0;
        var mean = (signed && rounded >= 0 ? "+" : "") + rounded.ToString(format, CultureInfo.InvariantCulture);
        return _values.Length < 2 ? mean : $"{mean} ± {HalfInterval95.ToString(format, CultureInfo.InvariantCulture)}";
    }

    /// <summary>The mean with its interval, to be held against a bound.</summary>
    public Estimate Estimate(int decimals = 2, string unit = "", bool signed = false) =>
        Experiments.Estimate.Of(this, decimals, unit, signed);

    /// <summary>The mean is at least a bound, by its interval.</summary>
    public Finding AtLeast(double bound) => Estimate().AtLeast(bound);

    /// <summary>The mean is at most a bound, by its interval.</summary>
    public Finding AtMost(double bound) => Estimate().AtMost(bound);

    /// <summary>The mean is above a bound, by its interval.</summary>
    public Finding Above(double bound) => Estimate().Above(bound);

    /// <summary>The mean is below a bound, by its interval.</summary>
    public Finding Below(double bound) => Estimate().Below(bound);
}
