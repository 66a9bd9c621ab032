namespace Gsr.Graphs.Filters;

/// <summary>
/// A low-pass kernel h, the scaling function's, and band-pass kernels g(sⱼλ), the wavelets' at J scales from coarse to
/// fine, which together cover [0, b].
/// </summary>
/// <remarks>
/// With G(λ) = h(λ)² + Σⱼ g(sⱼλ)² the wavelets are a frame of bounds A = min G and B = max G over the eigenvalues:
/// A ‖x‖² ≤ Σ ⟨x, ψ⟩² ≤ B ‖x‖² (Hammond, Vandergheynst and Gribonval 2011, theorem 5.6). Tight is A = B: the
/// coefficients then have the signal's energy, and the adjoint is the inverse but for the factor.
/// </remarks>
public sealed partial class FilterBank
{
    private FilterBank(
        string name, double upper, SpectralKernel scaling, IEnumerable<double> scales,
        Func<double, SpectralKernel> wavelet)
    {
        Name = name;
        Upper = upper;
        Scales = Array.AsReadOnly<double>([.. scales]);
        Kernels = Array.AsReadOnly<SpectralKernel>([scaling, .. Scales.Select(wavelet)]);
    }

    /// <summary>The family: "abspline", "Mexican hat" or "Meyer".</summary>
    public string Name { get; }

    /// <summary>b, for which the scales were chosen.</summary>
    public double Upper { get; }

    /// <summary>s₁ > .. > s_J: a large scale is a wide wavelet of low frequency.</summary>
    public IReadOnlyList<double> Scales { get; }

    /// <summary>
    /// J + 1 kernels: the scaling function's, then the wavelets' in the order of <see cref="Scales"/>.
    /// </summary>
    public IReadOnlyList<SpectralKernel> Kernels { get; }

    /// <summary>G(λ), the sum of the squared kernels.</summary>
    /// <param name="lambda">0 to <see cref="Upper"/>.</param>
    public double FrameSum(double lambda) => Kernels.Sum(kernel => kernel.At(lambda) * kernel.At(lambda));

    /// <summary>The frame bounds on a graph: least and largest G over its eigenvalues.</summary>
    /// <param name="spectrum">Of a Laplacian whose eigenvalues are at most <see cref="Upper"/>.</param>
    /// <exception cref="ArgumentException">An eigenvalue is above <see cref="Upper"/>.</exception>
    public (double A, double B) FrameBounds(GraphSpectrum spectrum)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        if (spectrum.Eigenvalues[^1] > Upper * (1 + 1e-9))
        {
            throw new ArgumentException(
                $"spectrum reaches to {spectrum.Eigenvalues[^1]}, but the bank covers 0 to {Upper}; "
                + "make it for the larger bound.",
                nameof(spectrum));
        }
        double[] sums = [.. spectrum.Eigenvalues.Select(FrameSum)];
        return (sums.Min(), sums.Max());
    }

    /// <summary>
    /// Bounds for any graph with eigenvalues in [0, b]: least and largest G over a grid of 10,001 points.
    /// </summary>
    public (double A, double B) FrameBounds()
    {
        const int Points = 10_000;
        double[] sums = [.. Enumerable.Range(0, Points + 1).Select(i => FrameSum(Upper * i / Points))];
        return (sums.Min(), sums.Max());
    }

    /// <summary>Such as "Meyer wavelets, 4 scales on [0, 4]".</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Name} wavelets, {Scales.Count} scale{(Scales.Count == 1 ? "" : "s")} on [0, {Upper:G4}]");

    private static void Check(double upper, int scales)
    {
        if (!double.IsFinite(upper) || upper <= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(upper), upper, $"upper is {upper}; give the largest eigenvalue or a bound of it, positive.");
        }
        Arguments.AtLeast(scales, 1, nameof(scales), "a bank has at least 1 wavelet scale.");
    }
}
