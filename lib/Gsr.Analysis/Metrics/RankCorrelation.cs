using MathNet.Numerics.Statistics;

namespace Gsr.Analysis.Metrics;

/// <summary>Spearman's rank correlation (Spearman 1904): does one quantity grow with another?</summary>
public static class RankCorrelation
{
    /// <summary>
    /// Pearson's correlation of the ranks, where equal values share the mean of their ranks; NaN where one of the two
    /// is constant.
    /// </summary>
    /// <exception cref="ArgumentException">Lengths differ or are below two, or a value is not finite.</exception>
    public static double Spearman(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Arguments.Length(y.Length, x.Length, nameof(y), "value of x");
        Arguments.Require(x.Length >= 2, nameof(x), $"x holds {x.Length} values; a correlation needs at least 2.");
        return Pearson(Ranks(x, nameof(x)), Ranks(y, nameof(y)));
    }

    /// <summary>Ranks from 1; equal values share the mean of theirs.</summary>
    internal static double[] Ranks(ReadOnlySpan<double> values, string argument)
    {
        var ranks = values.ToArray();
        var missing = Array.FindIndex(ranks, value => !double.IsFinite(value));
        if (missing >= 0)
            throw new ArgumentException($"{argument}[{missing}] is {ranks[missing]}; drop it first.", argument);
        return ArrayStatistics.RanksInplace(ranks);
    }

    // Sums of ranks are exact in double precision: a constant gives 0 and not its rounding.
    private static double Pearson(double[] a, double[] b)
    {
        var mean = (a.Length + 1) / 2.0;
        double product = 0, squares = 0, others = 0;
        for (var i = 0; i < a.Length; i++)
        {
            product += (a[i] - mean) * (b[i] - mean);
            squares += (a[i] - mean) * (a[i] - mean);
            others += (b[i] - mean) * (b[i] - mean);
        }

        return product / Math.Sqrt(squares) / Math.Sqrt(others);
    }
}
