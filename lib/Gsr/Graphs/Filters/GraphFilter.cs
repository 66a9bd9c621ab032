namespace Gsr.Graphs.Filters;

/// <summary>
/// The operator g(L) on the signals of a graph, either by the eigenvectors of L or by a polynomial, which needs none
/// and serves graphs of any size.
/// </summary>
/// <example><code>
/// var smooth = GraphFilter.Chebyshev(FeatureGraph.Grid(100, 100).Laplacian(), SpectralKernel.Heat(2)).Apply(signal);
/// </code></example>
public sealed class GraphFilter
{
    private readonly GraphSpectrum? _spectrum;

    private GraphFilter(
        Laplacian laplacian, SpectralKernel kernel, GraphSpectrum? spectrum, ChebyshevExpansion? expansion)
    {
        Laplacian = laplacian;
        Kernel = kernel;
        _spectrum = spectrum;
        Expansion = expansion;
    }

    /// <summary>L.</summary>
    public Laplacian Laplacian { get; }

    /// <summary>g.</summary>
    public SpectralKernel Kernel { get; }

    /// <summary>The polynomial, with its error; null for an exact filter.</summary>
    public ChebyshevExpansion? Expansion { get; }

    /// <summary>g(L) = U diag(g(λ)) Uᵀ of a symmetric Laplacian, from a dense decomposition, O(N³) once.</summary>
    public static GraphFilter Exact(Laplacian laplacian, SpectralKernel kernel)
    {
        RequireSymmetric(laplacian, nameof(laplacian));
        return Exact(laplacian.Spectrum(), kernel);
    }

    /// <summary>g(L) of a symmetric Laplacian's decomposition that is there already.</summary>
    public static GraphFilter Exact(GraphSpectrum spectrum, SpectralKernel kernel)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        ArgumentNullException.ThrowIfNull(kernel);
        RequireSymmetric(spectrum.Laplacian, nameof(spectrum));
        return new GraphFilter(spectrum.Laplacian, kernel, spectrum, null);
    }

    /// <summary>
    /// p(L) in place of g(L), with p the kernel's expansion on [0, b] (<see cref="SpectralBound.Upper"/>) to an error
    /// |g - p| of at most the tolerance.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The Laplacian is not symmetric, or the degree does not reach the tolerance.
    /// </exception>
    public static GraphFilter Chebyshev(
        Laplacian laplacian, SpectralKernel kernel, double tolerance = 1e-6, int largestOrder = 500)
    {
        var upper = Interval(laplacian);
        return new GraphFilter(
            laplacian, kernel, null, ChebyshevExpansion.ToTolerance(kernel, upper, tolerance, largestOrder));
    }

    /// <summary>p(L) in place of g(L), with p the kernel's expansion of degree <paramref name="order"/>.</summary>
    public static GraphFilter OfOrder(Laplacian laplacian, SpectralKernel kernel, int order) =>
        new(laplacian, kernel, null, ChebyshevExpansion.Of(kernel, Interval(laplacian), order));

    /// <summary>g(L) x, one value per node.</summary>
    public double[] Apply(ReadOnlySpan<double> x)
    {
        Arguments.Length(x.Length, Laplacian.NodeCount, nameof(x), "node of the graph");
        if (Expansion is not null) return Expansion.Apply(Laplacian.Matrix, x);
        var coefficients = _spectrum!.Transform(x);
        for (var k = 0; k < coefficients.Length; k++) coefficients[k] *= Kernel.At(_spectrum.Eigenvalues[k]);
        return _spectrum.Inverse(coefficients);
    }

    /// <summary>xᵀg(L)x = Σ g(λₖ) x̂ₖ².</summary>
    public double QuadraticForm(ReadOnlySpan<double> x)
    {
        var filtered = Apply(x);
        double sum = 0;
        for (var i = 0; i < filtered.Length; i++) sum += x[i] * filtered[i];
        return sum;
    }

    /// <summary>g(L) as [N, N], symmetric; row n is the filter localised at node n.</summary>
    public double[,] ToDense()
    {
        var n = Laplacian.NodeCount;
        Arguments.DenseSize(n, $"{this}");
        var dense = new double[n, n];
        var delta = new double[n];
        for (var i = 0; i < n; i++)
        {
            delta[i] = 1;
            var row = Apply(delta);
            delta[i] = 0;
            // The upper triangle twice: symmetric to the last bit.
            for (var j = i; j < n; j++) dense[i, j] = dense[j, i] = row[j];
        }
        return dense;
    }

    /// <summary>Such as "λ² of combinatorial Laplacian of ring 20, 20 nodes, 20 edges".</summary>
    public override string ToString() => Expansion is null
        ? $"{Kernel} of {Laplacian}"
        : FormattableString.Invariant($"{Kernel} of {Laplacian} by a polynomial of order {Expansion.Order}");

    /// <summary>[0, b] that holds every eigenvalue; of a graph without edges, whose only one is 0, [0, 1].</summary>
    internal static double Interval(Laplacian laplacian)
    {
        RequireSymmetric(laplacian, nameof(laplacian));
        var upper = SpectralBound.FromDegrees(laplacian);
        return upper > 0 ? upper : 1;
    }

    /// <summary>
    /// g(L) of a symmetric L is symmetric, and its eigenvectors are orthogonal: what filters and frames rest on.
    /// </summary>
    internal static void RequireSymmetric(Laplacian laplacian, string argument)
    {
        ArgumentNullException.ThrowIfNull(laplacian, argument);
        if (laplacian.Kind == LaplacianKind.RandomWalk)
        {
            throw new ArgumentException(
                $"{argument} is the {laplacian}, which is not symmetric; "
                + "filters need the combinatorial or the symmetric normalised one.", argument);
        }
    }
}
