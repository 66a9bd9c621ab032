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
public sealed class GraphWavelets
{
    private readonly GraphFilter[]? _exact;
    private readonly Recurrence? _recurrence;

    private GraphWavelets(
        Laplacian laplacian, FilterBank bank, GraphFilter[]? exact, IReadOnlyList<ChebyshevExpansion>? expansions)
    {
        Laplacian = laplacian;
        Bank = bank;
        _exact = exact;
        Expansions = expansions;
        _recurrence = expansions is null ? null : new Recurrence(laplacian, expansions);
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
        _ = bank.FrameBounds(spectrum);
        return new GraphWavelets(
            spectrum.Laplacian, bank, [.. bank.Kernels.Select(kernel => GraphFilter.Exact(spectrum, kernel))], null);
    }

    /// <summary>The transform by Chebyshev polynomials of one degree, without eigenvectors.</summary>
    public static GraphWavelets Chebyshev(Laplacian laplacian, FilterBank bank, int order = 50)
    {
        var upper = GraphFilter.Interval(laplacian);
        return new GraphWavelets(
            laplacian, bank, null, [.. bank.Kernels.Select(kernel => ChebyshevExpansion.Of(kernel, upper, order))]);
    }

    /// <summary>Analysis Wx: the coefficients ⟨ψⱼₙ, x⟩, [kernels][nodes].</summary>
    public double[][] Analyse(ReadOnlySpan<double> x)
    {
        Arguments.Length(x.Length, Laplacian.NodeCount, nameof(x), "node of the graph");
        if (_recurrence is not null) return _recurrence.Apply(x);
        var signal = x.ToArray();
        return [.. _exact!.Select(filter => filter.Apply(signal))];
    }

    /// <summary>The adjoint W*c = Σⱼ gⱼ(L) cⱼ, a sum of atoms; of a tight frame of bound 1 also the inverse.</summary>
    public double[] Adjoint(IReadOnlyList<double[]> coefficients)
    {
        Arguments.Length(coefficients.Count, KernelCount, nameof(coefficients), "kernel");
        if (_recurrence is not null) return _recurrence.ApplyAdjoint(coefficients);
        var sum = new double[Laplacian.NodeCount];
        for (var j = 0; j < _exact!.Length; j++)
        {
            var part = _exact[j].Apply(coefficients[j]);
            for (var i = 0; i < sum.Length; i++) sum[i] += part[i];
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
        for (var step = 0; step <= maximalSteps; step++)
        {
            if (energy <= enough) return (x, step);
            var image = Adjoint(Analyse(direction));
            var length = energy / Dot(direction, image);
            for (var i = 0; i < x.Length; i++)
            {
                x[i] += length * direction[i];
                residual[i] -= length * image[i];
            }
            double rest = Dot(residual, residual), ratio = rest / energy;
            for (var i = 0; i < x.Length; i++) direction[i] = residual[i] + (ratio * direction[i]);
            energy = rest;
        }
        throw new InvalidOperationException(
            $"{this}: the residual is still {Math.Sqrt(energy / Math.Max(enough, double.Epsilon)) * tolerance:G3} "
            + $"after {maximalSteps} steps; allow more, or a larger tolerance, or take a bank without gaps.");
    }

    /// <summary>The atom ψⱼₙ = gⱼ(L) δₙ; kernel 0 is the scaling function.</summary>
    public double[] Atom(int kernel, int node)
    {
        var delta = new double[Laplacian.NodeCount];
        delta[node] = 1;
        return Analyse(delta)[kernel];
    }

    /// <summary>
    /// Such as "Meyer wavelets, 4 scales on [0, 4], of combinatorial Laplacian of ring 20, 20 nodes, 20 edges".
    /// </summary>
    public override string ToString() => $"{Bank}, of {Laplacian}";

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    /// <summary>Several polynomials of one Laplacian by one recurrence, in double precision.</summary>
    private sealed class Recurrence
    {
        private readonly CsrMatrix _matrix;
        private readonly double _upper;
        private readonly IReadOnlyList<double>[] _coefficients;
        private readonly int _order;

        /// <summary>Polynomials on one interval; their degrees may differ.</summary>
        public Recurrence(Laplacian laplacian, IReadOnlyList<ChebyshevExpansion> expansions)
        {
            _matrix = laplacian.Matrix;
            _upper = expansions[0].Upper;
            _coefficients = [.. expansions.Select(expansion => expansion.Coefficients)];
            _order = expansions.Max(expansion => expansion.Order);
        }

        /// <summary>pⱼ(L) x for every polynomial j: the vectors Tₖx are made once.</summary>
        public double[][] Apply(ReadOnlySpan<double> x)
        {
            double[] current = x.ToArray(), previous = new double[current.Length];
            double[][] sums = [.. _coefficients.Select(_ => new double[current.Length])];
            for (var k = 0; ; k++)
            {
                for (var j = 0; j < sums.Length; j++)
                {
                    if (k < _coefficients[j].Count) AddTo(sums[j], _coefficients[j][k], current);
                }
                if (k == _order) return sums;
                var next = Shifted(current);
                for (var i = 0; i < next.Length; i++) next[i] = k == 0 ? next[i] : (2 * next[i]) - previous[i];
                (previous, current) = (current, next);
            }
        }

        /// <summary>Σⱼ pⱼ(L) yⱼ, by Clenshaw's recurrence with the vectors Σⱼ cⱼₖ yⱼ as coefficients.</summary>
        public double[] ApplyAdjoint(IReadOnlyList<double[]> y)
        {
            var n = _matrix.Size;
            double[] next = new double[n], afterNext = new double[n];
            for (var k = _order; k >= 0; k--)
            {
                var value = Shifted(next);
                double factor = k == 0 ? 1 : 2;
                for (var i = 0; i < n; i++) value[i] = (factor * value[i]) - afterNext[i];
                for (var j = 0; j < _coefficients.Length; j++)
                {
                    if (k < _coefficients[j].Count) AddTo(value, _coefficients[j][k], y[j]);
                }
                (next, afterNext) = (value, next);
            }
            return next;
        }

        /// <summary>L̃x = (2/b) Lx - x.</summary>
        private double[] Shifted(double[] x)
        {
            var product = _matrix.Multiply(x);
            for (var i = 0; i < product.Length; i++) product[i] = (2 / _upper * product[i]) - x[i];
            return product;
        }

        private static void AddTo(double[] sum, double factor, double[] x)
        {
            for (var i = 0; i < sum.Length; i++) sum[i] += factor * x[i];
        }
    }
}
