using Gsr.Native;
using MathNet.Numerics.LinearAlgebra;

namespace Gsr.Graphs;

/// <summary>
/// The eigenvalues λ₁ ≤ .. ≤ λN and eigenvectors uₖ of a Laplacian: the frequencies of the graph and its Fourier basis;
/// or the lowest or highest of them, where transforms are projections to these.
/// </summary>
/// <remarks>
/// The basis is orthonormal, ⟨uⱼ, uₖ⟩ = Σᵢ mᵢ uⱼᵢ uₖᵢ = δⱼₖ, with measure m = 1. The random walk Laplacian shares its
/// eigenvalues with the symmetric normalised one, and its vectors are those times D^-1/2; they are orthonormal in the
/// measure m = d (1 at an isolated node).
/// </remarks>
public sealed class GraphSpectrum
{
    // Up to here a decomposition in managed code takes milliseconds, and who uses graphs alone needs no libtorch.
    private const int FewNodes = 128;

    private readonly double[] _eigenvalues;
    private readonly double[,] _eigenvectors;
    private readonly double[] _measure;

    private GraphSpectrum(Laplacian laplacian, double[] eigenvalues, double[,] eigenvectors, double[] measure)
    {
        Laplacian = laplacian;
        _eigenvalues = eigenvalues;
        _eigenvectors = eigenvectors;
        _measure = measure;
        Eigenvalues = Array.AsReadOnly(eigenvalues);
    }

    /// <summary>The Laplacian it is of.</summary>
    public Laplacian Laplacian { get; }

    /// <summary>
    /// λₖ, ascending, never negative; as many zeros (but for rounding) as the graph has components, of a signed graph
    /// balanced ones.
    /// </summary>
    public IReadOnlyList<double> Eigenvalues { get; }

    /// <summary>A copy of the eigenvectors, [N nodes, frequencies]: column k belongs to eigenvalue k.</summary>
    public double[,] Eigenvectors() => (double[,])_eigenvectors.Clone();

    /// <summary>
    /// The graph Fourier transform x̂ₖ = ⟨uₖ, x⟩, one coefficient per frequency. For the symmetric kinds xᵀLx = Σ λₖ
    /// x̂ₖ².
    /// </summary>
    public double[] Transform(ReadOnlySpan<double> x)
    {
        Arguments.Length(x.Length, _measure.Length, nameof(x), "node of the graph");
        var coefficients = new double[_eigenvalues.Length];
        for (var i = 0; i < x.Length; i++)
        {
            var weighted = _measure[i] * x[i];
            for (var k = 0; k < coefficients.Length; k++)
                coefficients[k] += weighted * _eigenvectors[i, k];
        }
        return coefficients;
    }

    /// <summary>The inverse transform x = Σ x̂ₖ uₖ, one value per node.</summary>
    public double[] Inverse(ReadOnlySpan<double> coefficients)
    {
        Arguments.Length(coefficients.Length, _eigenvalues.Length, nameof(coefficients), "frequency");
        var x = new double[_measure.Length];
        for (var i = 0; i < x.Length; i++)
        {
            for (var k = 0; k < coefficients.Length; k++)
                x[i] += coefficients[k] * _eigenvectors[i, k];
        }
        return x;
    }

    /// <summary>
    /// The transform of every row, [examples, nodes] to [examples, frequencies]: of a layer's activations.
    /// </summary>
    public double[,] Transform(double[,] signals)
    {
        ArgumentNullException.ThrowIfNull(signals);
        var (rows, width, count) = (signals.GetLength(0), _measure.Length, _eigenvalues.Length);
        Arguments.Length(signals.GetLength(1), width, $"each row of {nameof(signals)}", "node of the graph");
        var result = new double[rows, count];
        var row = new double[width];
        for (var i = 0; i < rows; i++)
        {
            signals.Numbers().Slice(i * width, width).CopyTo(row);
            Transform(row).CopyTo(result.Numbers()[(i * count)..]);
        }
        return result;
    }

    /// <summary>
    /// The mean energy of a layer's activations [examples, nodes] at each frequency, mean over examples of x̂ₖ²: its
    /// power spectrum on the graph. Over the whole spectrum it sums to the mean of ‖x‖² (Parseval), and weighted with λₖ,
    /// for the symmetric kinds, to the mean of xᵀLx.
    /// </summary>
    public double[] MeanEnergy(double[,] signals)
    {
        var transformed = Transform(signals);
        var examples = transformed.GetLength(0);
        if (examples == 0)
            throw new ArgumentException("signals has no row; give at least one example.", nameof(signals));
        var energy = new double[_eigenvalues.Length];
        for (var i = 0; i < examples; i++)
        {
            for (var k = 0; k < energy.Length; k++) energy[k] += transformed[i, k] * transformed[i, k] / examples;
        }
        return energy;
    }

    /// <summary>Such as "spectrum of combinatorial Laplacian of path 3, 3 nodes, 2 edges: 0 to 3".</summary>
    public override string ToString() => FormattableString.Invariant(
        $"spectrum of {Laplacian}: {(_eigenvalues[0] < 1e-9 ? 0 : _eigenvalues[0]):G4} to {_eigenvalues[^1]:G4}");

    internal static GraphSpectrum Of(Laplacian laplacian) => Of(laplacian, matrix => matrix.Size <= FewNodes
        ? Managed(matrix) : LowFrequencies.Dense(matrix));

    internal static GraphSpectrum Of(Laplacian laplacian, int count, bool highest)
    {
        Arguments.AtLeast(count, 1, nameof(count), "a part of a spectrum has at least 1 eigenvalue.");
        if (count > laplacian.NodeCount)
        {
            throw new ArgumentOutOfRangeException(
                nameof(count), count, $"The graph has {laplacian.NodeCount} nodes, and no more eigenvalues.");
        }
        return Of(laplacian, matrix =>
        {
            // No eigenvalue lies above the largest sum of absolute values of a row (Gershgorin).
            var bound = matrix.LargestRowSum();
            if (!highest)
                return LowFrequencies.Of(matrix, bound, count);
            var (values, vectors) = LowFrequencies.Of(matrix.SubtractedFrom(bound), bound, count);
            var ascending = new double[matrix.Size, count];
            for (var i = 0; i < matrix.Size; i++)
                for (var k = 0; k < count; k++) ascending[i, k] = vectors[i, count - 1 - k];
            return ([.. values.Reverse().Select(value => bound - value)], ascending);
        });
    }

    private static GraphSpectrum Of(Laplacian laplacian, Func<CsrMatrix, (double[], double[,])> decompose)
    {
        var randomWalk = laplacian.Kind == LaplacianKind.RandomWalk;
        var symmetric = randomWalk ? laplacian.Graph.Laplacian(LaplacianKind.SymmetricNormalized) : laplacian;
        var (values, vectors) = decompose(symmetric.Matrix);
        // L is positive semi-definite: what lies below zero is rounding.
        for (var k = 0; k < values.Length; k++) values[k] = Math.Max(0, values[k]);
        var measure = new double[laplacian.NodeCount];
        Array.Fill(measure, 1);
        if (randomWalk)
        {
            measure = [.. laplacian.Graph.Degrees().Select(degree => degree > 0 ? degree : 1)];
            for (var i = 0; i < measure.Length; i++)
            {
                for (var k = 0; k < values.Length; k++)
                    vectors[i, k] /= Math.Sqrt(measure[i]);
            }
        }
        return new GraphSpectrum(laplacian, values, vectors, measure);
    }

    private static (double[] Values, double[,] Vectors) Managed(CsrMatrix matrix)
    {
        var decomposition = Matrix<double>.Build.DenseOfArray(matrix.ToDense()).Evd(Symmetricity.Symmetric);
        return ([.. decomposition.EigenValues.Select(value => value.Real)], decomposition.EigenVectors.ToArray());
    }
}
