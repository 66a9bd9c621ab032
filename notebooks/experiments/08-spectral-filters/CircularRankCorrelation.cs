using Gsr.Analysis.Metrics;

namespace Gsr.Experiments.SpectralFilters;

/// <summary>
/// Mardia's circular rank correlation r₀: do two angles go round in the same order, wherever they start and whichever way they
/// turn (Mardia 1975, Journal of the Royal Statistical Society B 37:349; Mardia and Jupp 2000, Directional Statistics, 11.2)?
/// </summary>
/// <remarks>
/// With the ranks r and s of the n angles as uniform scores β = 2πr/n and γ = 2πs/n, R₋ = |Σ e^(i(β-γ))| / n and
/// R₊ = |Σ e^(i(β+γ))| / n, r₀ = max(R₋², R₊²): 1 for the same circular order, turned or reversed, about 1.5/(n - 1) for
/// independent angles, where P((n - 1) r₀ > t) ≈ 1 - (1 - e⁻ᵗ)² for large n.
/// </remarks>
public static class CircularRankCorrelation
{
    /// <summary>r₀ of two angles.</summary>
    /// <param name="x">At least four finite angles in radians; three agree with any three.</param>
    /// <param name="y">As many.</param>
    /// <returns>0 .. 1; equal angles share the mean of their ranks; NaN where all angles of one of the two are equal.</returns>
    /// <exception cref="ArgumentException">The lengths differ, there are fewer than four angles, or one is not finite.</exception>
    public static double Mardia(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Arguments.Length(y.Length, x.Length, nameof(y), "angle of x");
        if (x.Length < 4) throw new ArgumentException($"x holds {x.Length} angles; a circular order needs at least 4.", nameof(x));
        double[] first = Scores(x, nameof(x)), second = Scores(y, nameof(y));
        if (first.All(score => score == first[0]) || second.All(score => score == second[0])) return double.NaN;
        double same = SquaredResultant(first.Zip(second, (a, b) => a - b)), reversed = SquaredResultant(first.Zip(second, (a, b) => a + b));
        return Math.Max(same, reversed);
    }

    /// <summary>2π rank / n of the angles within one turn.</summary>
    private static double[] Scores(ReadOnlySpan<double> angles, string argument)
    {
        var turned = new double[angles.Length];
        for (var i = 0; i < turned.Length; i++)
        {
            turned[i] = Math.IEEERemainder(angles[i], 2 * Math.PI);
            if (turned[i] < 0) turned[i] += 2 * Math.PI;
        }

        return [.. RankCorrelation.Ranks(turned, argument).Select(rank => 2 * Math.PI * rank / turned.Length)];
    }

    private static double SquaredResultant(IEnumerable<double> angles)
    {
        double cosines = 0, sines = 0;
        var count = 0;
        foreach (var angle in angles)
        {
            cosines += Math.Cos(angle);
            sines += Math.Sin(angle);
            count++;
        }

        return ((cosines * cosines) + (sines * sines)) / ((double)count * count);
    }
}
