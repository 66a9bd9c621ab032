using MathNet.Numerics.Distributions;

namespace Gsr.Analysis.Pictures;

/// <summary>The mean of independent values and half of its 95 % interval, t(n-1, .975) s / √n.</summary>
internal static class MeanInterval
{
    /// <summary>Of fewer the interval is not drawn: of two it is nine standard deviations high.</summary>
    internal const int FewestDrawn = 3;

    /// <summary>What the legend calls it.</summary>
    internal const string Name = "mean, 95 % interval";

    /// <summary>As it is drawn: no height for less than <see cref="FewestDrawn"/> values.</summary>
    internal static (double Mean, double Half) Of(IReadOnlyList<double> values) =>
        (values.Average(), values.Count < FewestDrawn ? 0 : Half(values));

    /// <summary>NaN for one value.</summary>
    internal static double Half(IReadOnlyList<double> values)
    {
        if (values.Count < 2) return double.NaN;
        var mean = values.Average();
        var sd = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
        return StudentT.InvCDF(0, 1, values.Count - 1, 0.975) * sd / Math.Sqrt(values.Count);
    }
}
