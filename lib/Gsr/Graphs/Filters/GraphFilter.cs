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
    private readonly GraphSpectrum? spectrum;
    private readonly ChebyshevRecurrence? recurrence;

    private GraphFilter(
        Laplacian laplacian, SpectralKernel kernel, GraphSpectrum? spectrum, ChebyshevExpansion? expansion)
    {
        Laplacian = laplacian;
        Kernel = kernel;
        this.spectrum = spectrum;
        Expansion = expansion;
        recurrence = expansion is null ? null : new ChebyshevRecurrence(laplacian, [expansion]);
    }

    /// <summary>L.</summary>
    public Laplacian Laplacian { get; }

    /// <summary>g.</summary>
    public SpectralKernel Kernel { get; }

    /// <summary>The polynomial, with its error; null for an exact filter.</summary>
    public ChebyshevExpansion? Expansion { get; }

    /// <summary>g(L) = U diag(g(λ)) Uᵀ from a dense decomposition, O(N³) once.</summary>
    /// <param name="laplacian">Combinatorial or symmetric normalised.</param>
    /// <param name="kernel">g, finite at every eigenvalue.</param>
    /// <exception cref="ArgumentException">The Laplacian is not symmetric.</exception>
    /// <exception cref="InvalidOperationException">The graph has too many nodes for a dense matrix.</exception>
    public static GraphFilter Exact(Laplacian laplacian, SpectralKernel kernel)
    {
        RequireSymmetric(laplacian, nameof(laplacian));
        return Exact(laplacian.Spectrum(), kernel);
    }

    /// <summary>g(L) of a decomposition that is there already.</summary>
    /// <param name="spectrum">Of a symmetric Laplacian.</param>
    /// <param name="kernel">g, finite at every eigenvalue.</param>
    /// <exception cref="ArgumentException">The Laplacian is not symmetric.</exception>
    public static GraphFilter Exact(GraphSpectrum spectrum, SpectralKernel kernel)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        ArgumentNullException.ThrowIfNull(kernel);
        RequireSymmetric(spectrum.Laplacian, nameof(spectrum));
        return new GraphFilter(spectrum.Laplacian, kernel, spectrum, null);
    }

    /// <summary>p(L) in place of g(L), with p the kernel's expansion to a tolerance.</summary>
    /// <param name="laplacian">Combinatorial or symmetric normalised.</param>
    /// <param name="kernel">g, smooth on [0, b], where b is <see cref="SpectralBound.Upper"/>.</param>
    /// <param name="tolerance">The largest error |g - p| on [0, b]; 1e-6 by default.</param>
    /// <param name="largestOrder">The largest degree of p, 500 by default.</param>
    /// <exception cref="ArgumentException">
    /// The Laplacian is not symmetric, or the degree does not reach the tolerance.
    /// </exception>
    public static GraphFilter Chebyshev(
        Laplacian laplacian, SpectralKernel kernel, double tolerance = 1e-6, int largestOrder = 500)
    {
        double upper = Interval(laplacian);
        return new GraphFilter(
            laplacian, kernel, null, ChebyshevExpansion.ToTolerance(kernel, upper, tolerance, largestOrder));
    }

    /// <summary>p(L) in place of g(L), with p the kernel's expansion of a given degree.</summary>
    /// <param name="laplacian">Combinatorial or symmetric normalised.</param>
    /// <param name="kernel">g, smooth on [0, b], where b is <see cref="SpectralBound.Upper"/>.</param>
    /// <param name="order">The degree of p.</param>
    /// <exception cref="ArgumentException">The Laplacian is not symmetric.</exception>
    public static GraphFilter OfOrder(Laplacian laplacian, SpectralKernel kernel, int order) =>
        new(laplacian, kernel, null, ChebyshevExpansion.Of(kernel, Interval(laplacian), order));

    /// <summary>g(L) x.</summary>
    /// <param name="x">One value per node.</param>
    /// <returns>One value per node; the caller's.</returns>
    /// <exception cref="ArgumentException"><paramref name="x"/> has another length.</exception>
    public double[] Apply(ReadOnlySpan<double> x)
    {
        Arguments.Length(x.Length, Laplacian.NodeCount, nameof(x), "node of the graph");
        if (recurrence is not null) return recurrence.Apply(x)[0];
        double[] coefficients = spectrum!.Transform(x);
        for (int k = 0; k < coefficients.Length; k++) coefficients[k] *= Kernel.At(spectrum.Eigenvalues[k]);
        return spectrum.Inverse(coefficients);
    }

    /// <summary>xᵀg(L)x = Σ g(λₖ) x̂ₖ².</summary>
    /// <param name="x">One value per node.</param>
    /// <exception cref="ArgumentException"><paramref name="x"/> has another length.</exception>
    public double QuadraticForm(ReadOnlySpan<double> x)
    {
        double[] filtered = Apply(x);
        double sum = 0;
        for (int i = 0; i < filtered.Length; i++) sum += x[i] * filtered[i];
        return sum;
    }

    /// <summary>g(L) as [N, N], symmetric; row n is the filter localised at node n.</summary>
    /// <exception cref="InvalidOperationException">The graph has too many nodes for a dense matrix.</exception>
    public double[,] ToDense()
    {
        int n = Laplacian.NodeCount;
        Arguments.DenseSize(n, $"{this}");
        var dense = new double[n, n];
        var delta = new double[n];
        for (int i = 0; i < n; i++)
        {
            delta[i] = 1;
            double[] row = Apply(delta);
            delta[i] = 0;
            // The upper triangle twice: symmetric to the last bit.
            for (int j = i; j < n; j++) dense[i, j] = dense[j, i] = row[j];
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
        double upper = SpectralBound.FromDegrees(laplacian);
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
