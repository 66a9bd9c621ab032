using Gsr.Graphs;
using Gsr.Graphs.Filters;

namespace Gsr.Experiments.SpectralFilters;

/// <summary>
/// Spectral graph wavelets (Hammond, Vandergheynst and Gribonval 2011) with Meyer's kernels (Leonardi and Van De Ville
/// 2013, IEEE Transactions on Signal Processing 61:3357): the atom ψⱼₙ = gⱼ(L) δₙ is a bump about node n, the wider the
/// larger the scale, and the coefficients of a signal x are ⟨ψⱼₙ, x⟩ = (gⱼ(L) x)ₙ.
/// </summary>
/// <remarks>
/// Kernel 0 is the low-pass of the scaling function, kernels 1 .. J are the wavelets' at scales sⱼ = 2^(J - j) · 4 / 3b
/// from coarse to fine, an octave each. Each passes to the next as a cosine to a sine, so that Σⱼ gⱼ(λ)² is 1 on
/// [0, b]: a tight frame, whose coefficients have the signal's energy, and whose adjoint is its inverse.
/// </remarks>
public sealed class MeyerWavelets
{
    private readonly double _upper;
    private readonly GraphFilter[] _filters;

    /// <summary>Wavelets on a graph.</summary>
    /// <param name="spectrum">Of a symmetric Laplacian.</param>
    /// <param name="upper">b, at least the largest eigenvalue.</param>
    /// <param name="scales">J, 1 or more.</param>
    /// <exception cref="ArgumentException">An eigenvalue is above b, or there is no scale.</exception>
    public MeyerWavelets(GraphSpectrum spectrum, double upper, int scales)
    {
        Arguments.Require(spectrum.Eigenvalues[^1] <= upper * (1 + 1e-9), nameof(upper),
            $"spectrum ends at {spectrum.Eigenvalues[^1]}, and the wavelets at {upper}; give the larger bound.");
        (_upper, Laplacian) = (upper, spectrum.Laplacian);
        var finest = 4 / (3 * upper);
        double[] octaves = [.. Enumerable.Range(0, scales).Select(j => finest * Math.Pow(2, scales - 1 - j))];
        Arguments.NotEmpty(octaves, nameof(scales), "wavelet scale");
        var wavelet = SpectralKernel.Of("Meyer", Wavelet);
        Kernels =
            [SpectralKernel.Of("scaling function", Scaling).Scaled(octaves[0]), .. octaves.Select(wavelet.Scaled)];
        _filters = [.. Kernels.Select(kernel => GraphFilter.Exact(spectrum, kernel))];
    }

    /// <summary>L.</summary>
    public Laplacian Laplacian { get; }

    /// <summary>The scaling function's kernel, then the wavelets' from coarse to fine.</summary>
    public IReadOnlyList<SpectralKernel> Kernels { get; }

    /// <summary>Σⱼ gⱼ(λ)²: 1 on [0, b].</summary>
    public double FrameSum(double lambda) => Kernels.Sum(kernel => kernel.At(lambda) * kernel.At(lambda));

    /// <summary>The coefficients ⟨ψⱼₙ, x⟩, [kernels][nodes].</summary>
    public double[][] Analyse(double[] x) => [.. _filters.Select(filter => filter.Apply(x))];

    /// <summary>The adjoint Σⱼ gⱼ(L) cⱼ, a sum of atoms, which brings an analysed signal back.</summary>
    public double[] Adjoint(IReadOnlyList<double[]> coefficients)
    {
        Arguments.Length(coefficients.Count, Kernels.Count, nameof(coefficients), "kernel");
        double[][] parts = [.. _filters.Zip(coefficients, (filter, c) => filter.Apply(c))];
        return [.. Enumerable.Range(0, Laplacian.NodeCount).Select(i => parts.Sum(part => part[i]))];
    }

    /// <summary>ψⱼₙ, one value per node.</summary>
    public double[] Atom(int kernel, int node)
    {
        var delta = new double[Laplacian.NodeCount];
        delta[node] = 1;
        return _filters[kernel].Apply(delta);
    }

    /// <summary>Such as "Meyer wavelets, 3 scales on [0, 4], of combinatorial Laplacian of ring 20".</summary>
    public override string ToString() =>
        FormattableString.Invariant($"Meyer wavelets, {Kernels.Count - 1} scales on [0, {_upper:G4}], of {Laplacian}");

    private static double Scaling(double x) => x switch
    {
        < 2.0 / 3 => 1,
        < 4.0 / 3 => Math.Cos(Math.PI / 2 * Step((1.5 * x) - 1)),
        _ => 0,
    };

    private static double Wavelet(double x) => x switch
    {
        < 2.0 / 3 => 0,
        < 4.0 / 3 => Math.Sin(Math.PI / 2 * Step((1.5 * x) - 1)),
        < 8.0 / 3 => Math.Cos(Math.PI / 2 * Step((0.75 * x) - 1)),
        _ => 0,
    };

    /// <summary>
    /// v(x) = x⁴(35 - 84x + 70x² - 20x³): from 0 to 1 with three derivatives 0 at both ends, and v(x) + v(1 - x) = 1.
    /// </summary>
    private static double Step(double x) => x * x * x * x * (35 + (x * (-84 + (x * (70 - (20 * x))))));
}
