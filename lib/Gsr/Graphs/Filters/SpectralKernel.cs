namespace Gsr.Graphs.Filters;

/// <summary>
/// A function g of a Laplacian's eigenvalues, the response of a graph filter: g(L) = U diag(g(λₖ)) Uᵀ keeps or takes
/// away each frequency of a signal by its own factor. λ is small for smooth signals and large for rough ones.
/// </summary>
/// <remarks>
/// Read as a penalty zᵀg(L)z = Σ g(λₖ) ẑₖ², a kernel costs energy where it is large: a kernel that is large in a band
/// makes a layer stop that band, one that is large outside it makes the layer keep to it. The family
/// e^(tλ), 1 - e^(-tλ), λᵖ is that of Smola and Kondor 2003 (Kernels and regularization on graphs).
/// </remarks>
/// <example><code>
/// var lowPass = new FilterPenalty(GraphFilter.Exact(FeatureGraph.Ring(20).Laplacian(), SpectralKernel.Power(2)));
/// </code></example>
public sealed class SpectralKernel
{
    private readonly Func<double, double> _response;

    private SpectralKernel(string name, Func<double, double> response) => (Name, _response) = (name, response);

    /// <summary>The formula, such as "1 - e^(-2λ)".</summary>
    public string Name { get; }

    /// <summary>
    /// Any function of λ ≥ 0, finite on the spectrum; smooth, if it is to be expanded in polynomials.
    /// </summary>
    public static SpectralKernel Of(string name, Func<double, double> response)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(response);
        return new SpectralKernel(name, response);
    }

    /// <summary>g(λ) = λ: as a penalty zᵀLz, the paper's.</summary>
    public static SpectralKernel Identity() => new("λ", lambda => lambda);

    /// <summary>
    /// λᵖ: the larger p, the less low frequencies cost beside high ones; p = 2 is the squared Laplacian.
    /// </summary>
    public static SpectralKernel Power(double exponent)
    {
        Arguments.Positive(exponent, nameof(exponent));
        var name = exponent == 2 ? "λ²" : FormattableString.Invariant($"λ^{exponent:0.###}");
        return new SpectralKernel(name, lambda => Math.Pow(Math.Max(0, lambda), exponent));
    }

    /// <summary>e^(-tλ), heat that has spread for a time t: a low-pass filter, 1 at λ = 0.</summary>
    public static SpectralKernel Heat(double time)
    {
        Arguments.Positive(time, nameof(time));
        return new SpectralKernel(
            FormattableString.Invariant($"e^(-{time:0.###}λ)"), lambda => Math.Exp(-time * lambda));
    }

    /// <summary>
    /// 1 - e^(-tλ), what heat flow takes away: as a penalty it grows like tλ at first and costs all high frequencies
    /// alike.
    /// </summary>
    public static SpectralKernel HeatLoss(double time)
    {
        Arguments.Positive(time, nameof(time));
        return new SpectralKernel(
            FormattableString.Invariant($"1 - e^(-{time:0.###}λ)"), lambda => -double.ExpM1(-time * lambda));
    }

    /// <summary>
    /// e^(tλ), the inverse of heat flow: as a penalty it costs high frequencies exponentially, and the constant signal
    /// 1.
    /// </summary>
    public static SpectralKernel InverseHeat(double time)
    {
        Arguments.Positive(time, nameof(time));
        return new SpectralKernel(FormattableString.Invariant($"e^({time:0.###}λ)"), lambda => Math.Exp(time * lambda));
    }

    /// <summary>
    /// 1 for low ≤ λ ≤ high and 0 at a distance: as a filter it passes the band, as a penalty it stops it. Between,
    /// over the width of the edge, it falls as half a cosine; an edge of 0 makes a jump, which no polynomial follows.
    /// </summary>
    public static SpectralKernel Band(double low, double high, double edge)
    {
        CheckBand(low, high, edge);
        return new SpectralKernel(
            FormattableString.Invariant($"band {low:0.###} to {high:0.###}"),
            lambda => InBand(lambda, low, high, edge));
    }

    /// <summary>
    /// One minus <see cref="Band"/>: as a filter it stops the band, as a penalty it lets a layer use nothing but the
    /// band.
    /// </summary>
    public static SpectralKernel OutsideBand(double low, double high, double edge)
    {
        CheckBand(low, high, edge);
        return new SpectralKernel(
            FormattableString.Invariant($"outside {low:0.###} to {high:0.###}"),
            lambda => 1 - InBand(lambda, low, high, edge));
    }

    /// <summary>g(sλ): the kernel at another scale; a larger s moves it to lower frequencies.</summary>
    public SpectralKernel Scaled(double scale)
    {
        Arguments.Positive(scale, nameof(scale));
        return new SpectralKernel(
            FormattableString.Invariant($"{Name} at scale {scale:G4}"), lambda => _response(scale * lambda));
    }

    /// <summary>g(λ); an exception where it is not finite.</summary>
    public double At(double lambda)
    {
        var value = _response(lambda);
        return double.IsFinite(value)
            ? value
            : throw new ArgumentException(
                $"{Name} is {value} at λ = {lambda}; a kernel is finite on the whole spectrum.", nameof(lambda));
    }

    /// <summary>Its name.</summary>
    public override string ToString() => Name;

    private static double InBand(double lambda, double low, double high, double edge)
    {
        var outside = Math.Max(low - lambda, lambda - high);
        if (outside <= 0) return 1;
        return outside >= edge ? 0 : 0.5 * (1 + Math.Cos(Math.PI * outside / edge));
    }

    private static void CheckBand(double low, double high, double edge)
    {
        if (!double.IsFinite(low) || low < 0)
            throw new ArgumentOutOfRangeException(nameof(low), low, $"low is {low}; a band begins at 0 or above.");
        if (!double.IsFinite(high) || high < low)
        {
            throw new ArgumentOutOfRangeException(
                nameof(high), high, $"high is {high}; a band ends at its beginning {low} or above.");
        }
        if (!double.IsFinite(edge) || edge < 0)
            throw new ArgumentOutOfRangeException(nameof(edge), edge, $"edge is {edge}; it is a width, 0 or above.");
    }
}
