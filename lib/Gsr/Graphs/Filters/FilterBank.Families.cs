namespace Gsr.Graphs.Filters;

public sealed partial class FilterBank
{
    /// <summary>Where the cubic spline of the abspline kernel begins and ends: x₁ and x₂.</summary>
    private const double SplineFrom = 1, SplineTo = 2;

    /// <summary>
    /// The wavelets of Hammond, Vandergheynst and Gribonval 2011 (section 8.1): g(x) = x² below 1, 4/x² above 2, and
    /// between them the cubic -5 + 11x - 6x² + x³ that meets both with their slopes; h(λ) = γ exp(-(λ / 0.6 λmin)⁴)
    /// with γ the maximum of g. A frame, not a tight one.
    /// </summary>
    /// <param name="upper">λmax or a bound of it.</param>
    /// <param name="scales">J, at least 1; 4 by default.</param>
    /// <param name="lowPassFactor">
    /// K with λmin = λmax / K, where the coarsest wavelet ends and h takes over; 20 by default.
    /// </param>
    /// <remarks>
    /// Scales are logarithmic from s₁ = 2/λmin, whose kernel falls as a power above λmin, to s_J = 1/λmax, whose kernel
    /// rises monotonically up to λmax.
    /// </remarks>
    public static FilterBank AbSpline(double upper, int scales = 4, double lowPassFactor = 20)
    {
        Check(upper, scales);
        double lower = Lower(upper, lowPassFactor);
        // The cubic's slope 11 - 12x + 3x² is 0 at 2 - 1/√3.
        double highest = Spline(2 - (1 / Math.Sqrt(3)));
        var generating = SpectralKernel.Of("abspline", AbSplineValue);
        return new FilterBank("abspline", upper, LowPass(highest, 0.6 * lower),
            LogScales(SplineTo / lower, SplineFrom / upper, scales), generating.Scaled);
    }

    /// <summary>
    /// The Mexican hat g(x) = x e^(-x), the second kernel of the toolbox that Hammond and co-authors published with the
    /// paper; h(λ) = 1.2 e⁻¹ exp(-(λ / 0.4 λmin)⁴). A frame, not a tight one.
    /// </summary>
    /// <param name="upper">λmax or a bound of it.</param>
    /// <param name="scales">J, at least 1; 4 by default; spread as in <see cref="AbSpline"/>.</param>
    /// <param name="lowPassFactor">K with λmin = λmax / K; 20 by default.</param>
    public static FilterBank MexicanHat(double upper, int scales = 4, double lowPassFactor = 20)
    {
        Check(upper, scales);
        double lower = Lower(upper, lowPassFactor);
        var generating = SpectralKernel.Of("Mexican hat", x => x * Math.Exp(-x));
        return new FilterBank("Mexican hat", upper, LowPass(1.2 / Math.E, 0.4 * lower),
            LogScales(SplineTo / lower, SplineFrom / upper, scales), generating.Scaled);
    }

    /// <summary>
    /// Meyer's kernels (Leonardi and Van De Ville 2013, IEEE Transactions on Signal Processing 61:3357): each passes to
    /// the next as a cosine to a sine, so that the sum of squares is 1 at every λ. A tight frame, A = B = 1.
    /// </summary>
    /// <param name="upper">λmax or a bound of it.</param>
    /// <param name="scales">J, at least 1; 4 by default: sⱼ = 2^(J - j) · 4 / 3λmax, an octave each.</param>
    public static FilterBank Meyer(double upper, int scales = 4)
    {
        Check(upper, scales);
        double finest = 4 / (3 * upper);
        double[] octaves = [.. Enumerable.Range(0, scales).Select(j => finest * Math.Pow(2, scales - 1 - j))];
        var generating = SpectralKernel.Of("Meyer", MeyerWavelet);
        return new FilterBank(
            "Meyer", upper, SpectralKernel.Of("Meyer scaling function", MeyerScaling).Scaled(octaves[0]), octaves,
            generating.Scaled);
    }

    internal static double AbSplineValue(double x) => x switch
    {
        < SplineFrom => x * x,
        > SplineTo => SplineTo * SplineTo / (x * x),
        _ => Spline(x),
    };

    private static double Spline(double x) => -5 + (x * (11 + (x * (-6 + x))));

    private static SpectralKernel LowPass(double height, double width) => SpectralKernel.Of(
        "scaling function", lambda => height * Math.Exp(-Math.Pow(lambda / width, 4)));

    private static double Lower(double upper, double lowPassFactor)
    {
        if (!double.IsFinite(lowPassFactor) || lowPassFactor <= 1)
        {
            throw new ArgumentOutOfRangeException(nameof(lowPassFactor), lowPassFactor,
                $"lowPassFactor is {lowPassFactor}; it must be above 1, 20 by default.");
        }
        return upper / lowPassFactor;
    }

    private static IEnumerable<double> LogScales(double coarsest, double finest, int scales) =>
        Enumerable.Range(0, scales)
        .Select(j => scales == 1 ? coarsest : coarsest * Math.Pow(finest / coarsest, j / (scales - 1.0)));

    private static double MeyerScaling(double x) => x switch
    {
        < 2.0 / 3 => 1,
        < 4.0 / 3 => Math.Cos(Math.PI / 2 * MeyerStep((1.5 * x) - 1)),
        _ => 0,
    };

    private static double MeyerWavelet(double x) => x switch
    {
        < 2.0 / 3 => 0,
        < 4.0 / 3 => Math.Sin(Math.PI / 2 * MeyerStep((1.5 * x) - 1)),
        < 8.0 / 3 => Math.Cos(Math.PI / 2 * MeyerStep((0.75 * x) - 1)),
        _ => 0,
    };

    /// <summary>
    /// v(x) = x⁴(35 - 84x + 70x² - 20x³): from 0 to 1 with three derivatives 0 at both ends, and v(x) + v(1 - x) = 1.
    /// </summary>
    private static double MeyerStep(double x) => x * x * x * x * (35 + (x * (-84 + (x * (70 - (20 * x))))));
}
