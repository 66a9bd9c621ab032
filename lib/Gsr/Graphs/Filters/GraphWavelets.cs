namespace Gsr.Graphs.Filters;

/// <summary>
/// The spectral graph wavelet transform (Hammond, Vandergheynst and Gribonval 2011): coefficients ⟨ψⱼₙ, x⟩ = (gⱼ(L) x)ₙ
/// of every kernel j at every node n, with the adjoint and the inverse.
/// </summary>
/// <remarks>
/// With kernels j = 0 for the scaling function and j ≥ 1 for the wavelets, the atom ψⱼₙ = gⱼ(L) δₙ is a bump about node
/// n, the wider the larger the scale. Exact by eigenvectors, or by polynomials of one recurrence for graphs of any
/// size.
/// </remarks>
/// <example><code>
/// var ring = FeatureGraph.Ring(20).Laplacian();
/// var wavelets = GraphWavelets.Exact(ring.Spectrum(), FilterBank.Meyer(4));
/// double[][] coefficients = wavelets.Analyse(signal);                 // [kernels][nodes]
/// double[] same = wavelets.Synthesise(coefficients).Signal;
/// </code></example>
public sealed class GraphWavelets
{
    private readonly GraphFilter[]? exact;
    private readonly ChebyshevRecurrence? recurrence;

    private GraphWavelets(
        Laplacian laplacian, FilterBank bank, GraphFilter[]? exact, IReadOnlyList<ChebyshevExpansion>? expansions)
    {
        Laplacian = laplacian;
        Bank = bank;
        this.exact = exact;
        Expansions = expansions;
        recurrence = expansions is null ? null : new ChebyshevRecurrence(laplacian, expansions);
    }

    /// <summary>L.</summary>
    public Laplacian Laplacian { get; }

    /// <summary>The kernels.</summary>
    public FilterBank Bank { get; }

    /// <summary>One polynomial per kernel, with its error; null for an exact transform.</summary>
    public IReadOnlyList<ChebyshevExpansion>? Expansions { get; }

    /// <summary>J + 1, the number of kernels.</summary>
    public int KernelCount => Bank.Kernels.Count;

    /// <summary>The transform by eigenvectors.</summary>
    /// <param name="spectrum">Of a symmetric Laplacian.</param>
    /// <param name="bank">Made for its largest eigenvalue or more.</param>
    /// <exception cref="ArgumentException">
    /// The Laplacian is not symmetric, or its spectrum reaches beyond the bank.
    /// </exception>
    public static GraphWavelets Exact(GraphSpectrum spectrum, FilterBank bank)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        ArgumentNullException.ThrowIfNull(bank);
        _ = bank.FrameBounds(spectrum);
        return new GraphWavelets(
            spectrum.Laplacian, bank, [.. bank.Kernels.Select(kernel => GraphFilter.Exact(spectrum, kernel))], null);
    }

    /// <summary>The transform by Chebyshev polynomials of one degree, without eigenvectors.</summary>
    /// <param name="laplacian">Combinatorial or symmetric normalised.</param>
    /// <param name="bank">
    /// Made for <see cref="SpectralBound.Upper"/> or less; kernels are expanded on [0, Upper].
    /// </param>
    /// <param name="order">The degree, 50 by default.</param>
    /// <exception cref="ArgumentException">The Laplacian is not symmetric.</exception>
    public static GraphWavelets Chebyshev(Laplacian laplacian, FilterBank bank, int order = 50)
    {
        ArgumentNullException.ThrowIfNull(bank);
        double upper = GraphFilter.Interval(laplacian);
        return new GraphWavelets(
            laplacian, bank, null, [.. bank.Kernels.Select(kernel => ChebyshevExpansion.Of(kernel, upper, order))]);
    }

    /// <summary>Analysis Wx: the coefficients ⟨ψⱼₙ, x⟩.</summary>
    /// <param name="x">One value per node.</param>
    /// <returns>[kernels][nodes]; the caller's.</returns>
    /// <exception cref="ArgumentException"><paramref name="x"/> has another length.</exception>
    public double[][] Analyse(ReadOnlySpan<double> x)
    {
        Arguments.Length(x.Length, Laplacian.NodeCount, nameof(x), "node of the graph");
        if (recurrence is not null) return recurrence.Apply(x);
        double[] signal = x.ToArray();
        return [.. exact!.Select(filter => filter.Apply(signal))];
    }

    /// <summary>The adjoint W*c = Σⱼ gⱼ(L) cⱼ, a sum of atoms; of a tight frame of bound 1 also the inverse.</summary>
    /// <param name="coefficients">[kernels][nodes].</param>
    /// <returns>One value per node; the caller's.</returns>
    /// <exception cref="ArgumentException">Sizes do not match.</exception>
    public double[] Adjoint(IReadOnlyList<double[]> coefficients)
    {
        Check(coefficients);
        if (recurrence is not null) return recurrence.ApplyAdjoint(coefficients);
        var sum = new double[Laplacian.NodeCount];
        for (int j = 0; j < exact!.Length; j++)
        {
            double[] part = exact[j].Apply(coefficients[j]);
            for (int i = 0; i < sum.Length; i++) sum[i] += part[i];
        }
        return sum;
    }

    /// <summary>
    /// Synthesis by the dual frame, (W*W)⁻¹W*c: the signal whose coefficients are nearest to c, by conjugate gradients
    /// (Hestenes and Stiefel 1952), which a tight frame ends after one step.
    /// </summary>
    /// <param name="coefficients">[kernels][nodes].</param>
    /// <param name="tolerance">Of the residual, relative to W*c; 1e-12 by default.</param>
    /// <param name="maximalSteps">1,000 by default; the number needed grows as √(B/A).</param>
    /// <returns>The signal, the caller's, and the number of steps.</returns>
    /// <exception cref="ArgumentException">Sizes do not match.</exception>
    /// <exception cref="InvalidOperationException">It did not converge: A is near 0, the bank leaves a gap.</exception>
    public (double[] Signal, int Steps) Synthesise(
        IReadOnlyList<double[]> coefficients, double tolerance = 1e-12, int maximalSteps = 1000)
    {
        double[] residual = Adjoint(coefficients), direction = [.. residual];
        var x = new double[residual.Length];
        double energy = Dot(residual, residual), enough = tolerance * tolerance * energy;
        for (int step = 0; step <= maximalSteps; step++)
        {
            if (energy <= enough) return (x, step);
            double[] image = Adjoint(Analyse(direction));
            double length = energy / Dot(direction, image);
            for (int i = 0; i < x.Length; i++)
            {
                x[i] += length * direction[i];
                residual[i] -= length * image[i];
            }
            double rest = Dot(residual, residual), ratio = rest / energy;
            for (int i = 0; i < x.Length; i++) direction[i] = residual[i] + (ratio * direction[i]);
            energy = rest;
        }
        throw new InvalidOperationException(
            $"{this}: the residual is still {Math.Sqrt(energy / Math.Max(enough, double.Epsilon)) * tolerance:G3} "
            + $"after {maximalSteps} steps; "
            + "allow more steps or a larger tolerance, or take a bank without gaps.");
    }

    /// <summary>The atom ψⱼₙ = gⱼ(L) δₙ.</summary>
    /// <param name="kernel">j: 0 for the scaling function, 1 .. J for the wavelets from coarse to fine.</param>
    /// <param name="node">n.</param>
    /// <returns>One value per node; the caller's.</returns>
    public double[] Atom(int kernel, int node)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(kernel);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(kernel, KernelCount);
        ArgumentOutOfRangeException.ThrowIfNegative(node);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(node, Laplacian.NodeCount);
        var delta = new double[Laplacian.NodeCount];
        delta[node] = 1;
        return Analyse(delta)[kernel];
    }

    /// <summary>
    /// Such as "Meyer wavelets, 4 scales on [0, 4], of combinatorial Laplacian of ring 20, 20 nodes, 20 edges".
    /// </summary>
    public override string ToString() => $"{Bank}, of {Laplacian}";

    private void Check(IReadOnlyList<double[]> coefficients)
    {
        ArgumentNullException.ThrowIfNull(coefficients);
        Arguments.Length(coefficients.Count, KernelCount, nameof(coefficients), "kernel");
        foreach (double[] row in coefficients)
            Arguments.Length(row.Length, Laplacian.NodeCount, nameof(coefficients), "node of the graph");
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
