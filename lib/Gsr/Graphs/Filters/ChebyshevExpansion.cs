namespace Gsr.Graphs.Filters;

/// <summary>
/// A kernel as a polynomial p(λ) = Σ cₖ Tₖ(2λ/b - 1), k = 0 .. K, on [0, b]: p(L) x then needs K products with L and no
/// eigenvector, since T₀x = x, T₁x = L̃x, Tₖ₊₁x = 2L̃Tₖx - Tₖ₋₁x with L̃ = (2/b) L - I (Hammond, Vandergheynst and
/// Gribonval 2011, section 6).
/// </summary>
/// <remarks>
/// As the eigenvalues of L lie in [0, b], ‖g(L) - p(L)‖₂ ≤ max |g - p| on [0, b]: of a penalty, |zᵀg(L)z - zᵀp(L)z| ≤
/// <see cref="Error"/> · zᵀz.
/// </remarks>
public sealed class ChebyshevExpansion
{
    private readonly double[] _coefficients;
    private readonly Lazy<double> _error;

    private ChebyshevExpansion(SpectralKernel kernel, double upper, double[] coefficients)
    {
        Kernel = kernel;
        Upper = upper;
        _coefficients = coefficients;
        Coefficients = Array.AsReadOnly(coefficients);
        _error = new Lazy<double>(MeasuredError);
    }

    /// <summary>g.</summary>
    public SpectralKernel Kernel { get; }

    /// <summary>b, the end of the interval.</summary>
    public double Upper { get; }

    /// <summary>K, the degree of the polynomial and the number of products with L.</summary>
    public int Order => _coefficients.Length - 1;

    /// <summary>c₀ .. c_K; c₀ is halved already.</summary>
    internal IReadOnlyList<double> Coefficients { get; }

    /// <summary>
    /// max |g - p| over some 32 K + 1000 points of [0, b], dense about the ends: a measured maximum, which for a kernel
    /// without jumps is near the true one.
    /// </summary>
    public double Error => _error.Value;

    /// <summary>
    /// The expansion of degree <paramref name="order"/>, 0 to 10,000, on [0, upper], where upper is at least the
    /// largest eigenvalue (<see cref="SpectralBound.Upper"/>).
    /// </summary>
    /// <exception cref="ArgumentException">The interval is empty, or the kernel is not finite on it.</exception>
    public static ChebyshevExpansion Of(SpectralKernel kernel, double upper, int order)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        Arguments.Positive(upper, nameof(upper));
        ArgumentOutOfRangeException.ThrowIfNegative(order);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order, 10_000);

        // cₖ = (2/M) Σ g(λⱼ) cos(kθⱼ) at M Gauss points θⱼ = π(j + ½)/M: exact for polynomials of degree below 2M - k.
        var points = 4 * (order + 1);
        double[] values = [.. Enumerable.Range(0, points).Select(j => kernel.At(Place(Math.Cos(Angle(j)), upper)))];
        var coefficients = new double[order + 1];
        for (var k = 0; k <= order; k++)
        {
            double sum = 0;
            for (var j = 0; j < points; j++) sum += values[j] * Math.Cos(k * Angle(j));
            coefficients[k] = (k == 0 ? 1.0 : 2.0) / points * sum;
        }
        return new ChebyshevExpansion(kernel, upper, coefficients);

        double Angle(int j) => Math.PI * (j + 0.5) / points;
    }

    /// <summary>
    /// An expansion with an <see cref="Error"/> of at most a tolerance, of nearly the least degree that has it.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// Even the largest degree is not enough: the kernel has a jump or a kink, or the tolerance is below rounding.
    /// </exception>
    public static ChebyshevExpansion ToTolerance(
        SpectralKernel kernel, double upper, double tolerance, int largestOrder = 500)
    {
        Arguments.Positive(tolerance, nameof(tolerance));
        var order = 2;
        while (true)
        {
            var expansion = Of(kernel, upper, order);
            if (expansion.Error <= tolerance) return expansion;
            if (order >= largestOrder)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"tolerance is {tolerance:G3}, but {kernel} is off by {expansion.Error:G3} at order {order}; ")
                    + "allow a larger error or order, or a smoother kernel.", nameof(tolerance));
            }
            order = Math.Min(largestOrder, order + 1 + (order / 4));
        }
    }

    /// <summary>
    /// p(λ) on [0, <see cref="Upper"/>], by Clenshaw's recurrence; outside it p has nothing to do with g.
    /// </summary>
    public double At(double lambda)
    {
        double x = (2 * lambda / Upper) - 1, next = 0, afterNext = 0;
        for (var k = Order; k >= 1; k--) (next, afterNext) = (_coefficients[k] + (2 * x * next) - afterNext, next);
        return _coefficients[0] + (x * next) - afterNext;
    }

    /// <summary>Such as "Chebyshev expansion of e^(-2λ) on [0, 8], order 24, error 1.1E-08".</summary>
    public override string ToString() => FormattableString.Invariant(
        $"Chebyshev expansion of {Kernel} on [0, {Upper:G4}], order {Order}, error {Error:G2}");

    /// <summary>p(L) x, by the recurrence of the vectors Tₖx.</summary>
    internal double[] Apply(CsrMatrix laplacian, ReadOnlySpan<double> x)
    {
        double[] current = x.ToArray(), previous = new double[current.Length], sum = new double[current.Length];
        for (var k = 0; ; k++)
        {
            for (var i = 0; i < sum.Length; i++) sum[i] += _coefficients[k] * current[i];
            if (k == Order) return sum;
            var next = laplacian.Multiply(current);
            for (var i = 0; i < next.Length; i++)
            {
                var shifted = (2 / Upper * next[i]) - current[i];
                next[i] = k == 0 ? shifted : (2 * shifted) - previous[i];
            }
            (previous, current) = (current, next);
        }
    }

    private double MeasuredError()
    {
        var points = (32 * Order) + 1000;
        double error = 0;
        for (var j = 0; j <= points; j++)
        {
            var lambda = Place(Math.Cos(Math.PI * j / points), Upper);
            error = Math.Max(error, Math.Abs(Kernel.At(lambda) - At(lambda)));
        }
        return error;
    }

    /// <summary>From [-1, 1] to [0, b], the ends met exactly.</summary>
    private static double Place(double x, double upper) => upper * (x + 1) / 2;
}
