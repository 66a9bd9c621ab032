using Gsr.Graphs;
using Gsr.Graphs.Filters;

namespace Gsr.Experiments.SpectralFilters;

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
    private readonly Recurrence? recurrence;

    private GraphWavelets(
        Laplacian laplacian, FilterBank bank, GraphFilter[]? exact, IReadOnlyList<ChebyshevExpansion>? expansions)
    {
        Laplacian = laplacian;
        Bank = bank;
        this.exact = exact;
        Expansions = expansions;
        recurrence = expansions is null ? null : new Recurrence(laplacian, expansions);
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

    /// <summary>The transform by Chebyshev polynomials of one degree on [0, <see cref="SpectralBound.Upper"/>].</summary>
    public static GraphWavelets Chebyshev(Laplacian laplacian, FilterBank bank, int order = 50)
    {
        ArgumentNullException.ThrowIfNull(bank);
        double upper = GraphFilter.Interval(laplacian);
        return new GraphWavelets(
            laplacian, bank, null, [.. bank.Kernels.Select(kernel => ChebyshevExpansion.Of(kernel, upper, order))]);
    }

    /// <summary>Analysis Wx: the coefficients ⟨ψⱼₙ, x⟩, [kernels][nodes].</summary>
    public double[][] Analyse(ReadOnlySpan<double> x)
    {
        Arguments.Length(x.Length, Laplacian.NodeCount, nameof(x), "node of the graph");
        if (recurrence is not null) return recurrence.Apply(x);
        double[] signal = x.ToArray();
        return [.. exact!.Select(filter => filter.Apply(signal))];
    }

    /// <summary>The adjoint W*c = Σⱼ gⱼ(L) cⱼ, a sum of atoms; of a tight frame of bound 1 also the inverse.</summary>
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
    /// (Hestenes and Stiefel 1952) to a relative residual; their number grows as √(B/A), and is 1 for a tight frame.
    /// </summary>
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

    /// <summary>The atom ψⱼₙ = gⱼ(L) δₙ; kernel 0 is the scaling function.</summary>
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

    /// <summary>Several polynomials of one Laplacian by one recurrence, on single signals in double precision.</summary>
    private sealed class Recurrence
    {
        private readonly CsrMatrix matrix;
        private readonly double upper;
        private readonly IReadOnlyList<double>[] coefficients;
        private readonly int order;

        /// <summary>Polynomials on one interval; their degrees may differ.</summary>
        public Recurrence(Laplacian laplacian, IReadOnlyList<ChebyshevExpansion> expansions)
        {
            matrix = laplacian.Matrix;
            upper = expansions[0].Upper;
            coefficients = [.. expansions.Select(expansion => expansion.Coefficients)];
            order = expansions.Max(expansion => expansion.Order);
        }

        /// <summary>pⱼ(L) x for every polynomial j: the vectors Tₖx are made once.</summary>
        public double[][] Apply(ReadOnlySpan<double> x)
        {
            double[] current = x.ToArray(), previous = new double[current.Length];
            double[][] sums = [.. coefficients.Select(_ => new double[current.Length])];
            for (int k = 0; ; k++)
            {
                for (int j = 0; j < sums.Length; j++)
                {
                    if (k < coefficients[j].Count) AddTo(sums[j], coefficients[j][k], current);
                }
                if (k == order) return sums;
                double[] next = Shifted(current);
                for (int i = 0; i < next.Length; i++) next[i] = k == 0 ? next[i] : (2 * next[i]) - previous[i];
                (previous, current) = (current, next);
            }
        }

        /// <summary>Σⱼ pⱼ(L) yⱼ, by Clenshaw's recurrence with the vectors Σⱼ cⱼₖ yⱼ as coefficients.</summary>
        public double[] ApplyAdjoint(IReadOnlyList<double[]> y)
        {
            int n = matrix.Size;
            double[] next = new double[n], afterNext = new double[n];
            for (int k = order; k >= 0; k--)
            {
                double[] value = Shifted(next);
                double factor = k == 0 ? 1 : 2;
                for (int i = 0; i < n; i++) value[i] = (factor * value[i]) - afterNext[i];
                for (int j = 0; j < coefficients.Length; j++)
                {
                    if (k < coefficients[j].Count) AddTo(value, coefficients[j][k], y[j]);
                }
                (next, afterNext) = (value, next);
            }
            return next;
        }

        /// <summary>L̃x = (2/b) Lx - x.</summary>
        private double[] Shifted(double[] x)
        {
            double[] product = matrix.Multiply(x);
            for (int i = 0; i < product.Length; i++) product[i] = (2 / upper * product[i]) - x[i];
            return product;
        }

        private static void AddTo(double[] sum, double factor, double[] x)
        {
            for (int i = 0; i < sum.Length; i++) sum[i] += factor * x[i];
        }
    }
}
