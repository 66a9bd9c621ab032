namespace Gsr.Analysis.Pictures;

/// <summary>Mean and sample standard deviation, (n - 1) in its denominator; 0 for one value.</summary>
internal static class MeanAndSd
{
    internal static (double Mean, double Sd) Of(IReadOnlyList<double> values)
    {
        double mean = values.Average();
        return (mean, values.Count < 2 ? 0 : Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1)));
    }
}
