using Gsr.Graphs;
using Gsr.Graphs.Filters;

namespace Gsr.Experiments.SpectralFilters;

/// <summary>
/// A low-pass kernel h, the scaling function's, and band-pass kernels g(sⱼλ), the wavelets' at J scales from coarse to
/// fine, which together cover [0, b].
/// </summary>
/// <remarks>
/// With G(λ) = h(λ)² + Σⱼ g(sⱼλ)² the wavelets are a frame of bounds A = min G and B = max G over the eigenvalues:
/// A ‖x‖² ≤ Σ ⟨x, ψ⟩² ≤ B ‖x‖² (Hammond, Vandergheynst and Gribonval 2011, theorem 5.6). Tight is A = B: the
/// coefficients then have the signal's energy, and the adjoint is the inverse but for the factor.
/// </remarks>
public sealed class FilterBank
{
    /// <summary>Where the cubic spline of the abspline kernel begins and ends: x₁ and x₂.</summary>
    private const double SplineFrom = 1, SplineTo = 2;

    /// <summary>λmax / λmin, where the scaling function ends.</summary>
    private const double LowPassFactor = 20;

    private FilterBank(
        string name, double upper, SpectralKernel scaling, IEnumerable<double> scales,
        Func<double, SpectralKernel> wavelet)
    {
        Arguments.Positive(upper, nameof(upper));
        (Name, Upper, Scales) = (name, upper, [.. scales]);
        Arguments.NotEmpty(Scales, nameof(scales), "wavelet scale");
        Kernels = [scaling, .. Scales.Select(wavelet)];
    }

    /// <summary>The family: "abspline", "Mexican hat" or "Meyer".</summary>
    public string Name { get; }

    /// <summary>b, for which the scales were chosen.</summary>
    public double Upper { get; }

    /// <summary>s₁ > .. > s_J: a large scale is a wide wavelet of low frequency.</summary>
    public IReadOnlyList<double> Scales { get; }

    /// <summary>The scaling function's kernel, then the wavelets' in the order of <see cref="Scales"/>.</summary>
    public IReadOnlyList<SpectralKernel> Kernels { get; }

    /// <summary>
    /// The wavelets of Hammond, Vandergheynst and Gribonval 2011 (section 8.1): g(x) = x² below 1, 4/x² above 2, and
    /// between them the cubic -5 + 11x - 6x² + x³ that meets both with their slopes; h(λ) = γ exp(-(λ / 0.6 λmin)⁴)
    /// with γ the maximum of g. A frame, not a tight one.
    /// </summary>
    /// <remarks>
    /// With λmax = <paramref name="upper"/> and λmin = λmax / 20, scales are logarithmic from s₁ = 2/λmin, whose kernel
    /// falls as a power above λmin, to s_J = 1/λmax, whose kernel rises up to λmax.
    /// </remarks>
    public static FilterBank AbSpline(double upper, int scales = 4)
    {
        var lower = upper / LowPassFactor;
        // The cubic's slope 11 - 12x + 3x² is 0 at 2 - 1/√3.
        var highest = Spline(2 - (1 / Math.Sqrt(3)));
        var generating = SpectralKernel.Of("abspline", AbSplineValue);
        return new FilterBank("abspline", upper, LowPass(highest, 0.6 * lower),
            LogScales(SplineTo / lower, SplineFrom / upper, scales), generating.Scaled);
    }

    /// <summary>
    /// The Mexican hat g(x) = x e^(-x), the second kernel of the toolbox that Hammond and co-authors published with the
    /// paper; h(λ) = 1.2 e⁻¹ exp(-(λ / 0.4 λmin)⁴). A frame, not a tight one; scales as in
    /// <see cref="AbSpline"/>.
    /// </summary>
    public static FilterBank MexicanHat(double upper, int scales = 4)
    {
        var lower = upper / LowPassFactor;
        var generating = SpectralKernel.Of("Mexican hat", x => x * Math.Exp(-x));
        return new FilterBank("Mexican hat", upper, LowPass(1.2 / Math.E, 0.4 * lower),
            LogScales(SplineTo / lower, SplineFrom / upper, scales), generating.Scaled);
    }

    /// <summary>
    /// Meyer's kernels (Leonardi and Van De Ville 2013, IEEE Transactions on Signal Processing 61:3357): each passes to
    /// the next as a cosine to a sine, so that the sum of squares is 1 at every λ. A tight frame, A = B = 1, of scales
    /// sⱼ = 2^(J - j) · 4 / 3λmax, an octave each.
    /// </summary>
    public static FilterBank Meyer(double upper, int scales = 4)
    {
        var finest = 4 / (3 * upper);
        double[] octaves = [.. Enumerable.Range(0, scales).Select(j => finest * Math.Pow(2, scales - 1 - j))];
        var generating = SpectralKernel.Of("Meyer", MeyerWavelet);
        return new FilterBank(
            "Meyer", upper, SpectralKernel.Of("Meyer scaling function", MeyerScaling).Scaled(octaves[0]), octaves,
            generating.Scaled);
    }

    /// <summary>G(λ), the sum of the squared kernels.</summary>
    public double FrameSum(double lambda) => Kernels.Sum(kernel => kernel.At(lambda) * kernel.At(lambda));

    /// <summary>The frame bounds on a graph: least and largest G over its eigenvalues.</summary>
    /// <exception cref="ArgumentException">An eigenvalue is above <see cref="Upper"/>.</exception>
    public (double A, double B) FrameBounds(GraphSpectrum spectrum)
    {
        Arguments.Require(spectrum.Eigenvalues[^1] <= Upper * (1 + 1e-9), nameof(spectrum),
            $"spectrum ends at {spectrum.Eigenvalues[^1]}, and the bank at {Upper}; make it for the larger bound.");
        double[] sums = [.. spectrum.Eigenvalues.Select(FrameSum)];
        return (sums.Min(), sums.Max());
    }

    /// <summary>Such as "Meyer wavelets, 4 scales on [0, 4]".</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Name} wavelets, {Scales.Count} scale{(Scales.Count == 1 ? "" : "s")} on [0, {Upper:G4}]");

    internal static double AbSplineValue(double x) => x switch
    {
        < SplineFrom => x * x,
        > SplineTo => SplineTo * SplineTo / (x * x),
        _ => Spline(x),
    };

    private static double Spline(double x) => -5 + (x * (11 + (x * (-6 + x))));

    private static SpectralKernel LowPass(double height, double width) => SpectralKernel.Of(
        "scaling function", lambda => height * Math.Exp(-Math.Pow(lambda / width, 4)));

    private static IEnumerable<double> LogScales(double coarsest, double finest, int scales) =>
        Enumerable.Range(0, scales).Select(j =>
            scales == 1 ? coarsest : coarsest * Math.Pow(finest / coarsest, j / (scales - 1.0)));

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
