using MathNet.Numerics.Distributions;

namespace Gsr.Experiments;

/// <summary>Whether a run's number and a committed one can be two samples of the same.</summary>
internal static class Agreement
{
    // Numbers in files have six decimals.
    private const double Rounding = 1e-6;

    /// <summary>
    /// The probability of a difference at least as large between networks of one kind, two-sided: of means Student's
    /// test of two samples of equal variance, for which one network here is enough; of shares Fisher's exact test.
    /// NaN for a number of another kind, of which its interval alone is known.
    /// </summary>
    public static double Probability(Estimate here, Estimate committed)
    {
        if (here.Seeds > 0 && committed.Seeds > 1) return OfMeans(here, committed);
        return here.Trials > 0 && committed.Trials > 0 ? OfShares(here, committed) : double.NaN;
    }

    /// <summary>Whether the difference is within both intervals' half widths together, √(a² + b²).</summary>
    public static bool IsWithinIntervals(Estimate here, Estimate committed) =>
        Math.Abs(here.Value - committed.Value) <= Math.Sqrt(Square(Half(here)) + Square(Half(committed))) + Rounding;

    private static double OfMeans(Estimate here, Estimate committed)
    {
        var difference = Math.Abs(here.Value - committed.Value);
        if (difference <= Rounding) return 1;
        var freedom = here.Seeds + committed.Seeds - 2;
        var variance = (SquaredDeviations(here) + SquaredDeviations(committed)) / freedom;
        var error = Math.Sqrt(variance * ((1.0 / here.Seeds) + (1.0 / committed.Seeds)));
        return error > 0 ? 2 * StudentT.CDF(0, 1, freedom, -difference / error) : 0;
    }

    // From the half width t(n-1, .975) s / √n: (n - 1) s².
    private static double SquaredDeviations(Estimate mean)
    {
        var (n, freedom) = (mean.Seeds, mean.Seeds - 1);
        return freedom == 0 ? 0 : freedom * n * Square(Half(mean) / StudentT.InvCDF(0, 1, freedom, 0.975));
    }

    private static double OfShares(Estimate here, Estimate committed)
    {
        var (own, other) = (Hits(here), Hits(committed));
        var hits = new Hypergeometric(here.Trials + committed.Trials, own + other, here.Trials);
        var observed = hits.Probability(own) * (1 + Rounding);
        return Enumerable.Range(hits.Minimum, hits.Maximum - hits.Minimum + 1)
            .Select(hits.Probability).Where(p => p <= observed).Sum();
    }

    private static int Hits(Estimate share) => (int)Math.Round(share.Value * share.Trials);

    private static double Half(Estimate of) => double.IsNaN(of.High - of.Low) ? 0 : (of.High - of.Low) / 2;

    private static double Square(double x) => x * x;
}
