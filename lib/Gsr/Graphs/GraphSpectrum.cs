using MathNet.Numerics.LinearAlgebra;

namespace Gsr.Graphs;

/// <summary>
/// The eigenvalues λ₁ ≤ .. ≤ λN and eigenvectors uₖ of a Laplacian: the frequencies of the graph and its Fourier basis.
/// </summary>
/// <remarks>
/// The basis is orthonormal, ⟨uⱼ, uₖ⟩ = Σᵢ mᵢ uⱼᵢ uₖᵢ = δⱼₖ, with measure m = 1. The random walk Laplacian shares its
/// eigenvalues with the symmetric normalised one, and its vectors are those times D^-1/2; they are orthonormal in the
/// measure m = d (1 at an isolated node).
/// </remarks>
public sealed class GraphSpectrum
{
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

    /// <summary>A copy of the eigenvectors, [N nodes, N frequencies]: column k belongs to eigenvalue k.</summary>
    public double[,] Eigenvectors() => (double[,])_eigenvectors.Clone();

    /// <summary>
    /// The graph Fourier transform x̂ₖ = ⟨uₖ, x⟩, one coefficient per frequency. For the symmetric kinds xᵀLx = Σ λₖ
    /// x̂ₖ².
    /// </summary>
    public double[] Transform(ReadOnlySpan<double> x)
    {
        Arguments.Length(x.Length, _measure.Length, nameof(x), "node of the graph");
        var coefficients = new double[x.Length];
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
        Arguments.Length(coefficients.Length, _measure.Length, nameof(coefficients), "frequency");
        var x = new double[coefficients.Length];
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
        int rows = signals.GetLength(0), width = _measure.Length;
        Arguments.Length(signals.GetLength(1), width, $"each row of {nameof(signals)}", "node of the graph");
        var result = new double[rows, width];
        var row = new double[width];
        for (var i = 0; i < rows; i++)
        {
            Buffer.BlockCopy(signals, i * width * sizeof(double), row, 0, width * sizeof(double));
            Buffer.BlockCopy(Transform(row), 0, result, i * width * sizeof(double), width * sizeof(double));
        }
        return result;
    }

    /// <summary>
    /// The mean energy of a layer's activations [examples, nodes] at each frequency, mean over examples of x̂ₖ²: its
    /// power spectrum on the graph. It sums to the mean of ‖x‖² (Parseval), and weighted with λₖ, for the symmetric
    /// kinds, to the mean of xᵀLx.
    /// </summary>
    public double[] MeanEnergy(double[,] signals)
    {
        var transformed = Transform(signals);
        var examples = transformed.GetLength(0);
        if (examples == 0)
            throw new ArgumentException("signals has no row; give at least one example.", nameof(signals));
        var energy = new double[_measure.Length];
        for (var i = 0; i < examples; i++)
        {
            for (var k = 0; k < energy.Length; k++) energy[k] += transformed[i, k] * transformed[i, k] / examples;
        }
        return energy;
    }

    /// <summary>Such as "spectrum of combinatorial Laplacian of path 3, 3 nodes, 2 edges: 0 to 3".</summary>
    public override string ToString() => FormattableString.Invariant(
        $"spectrum of {Laplacian}: 0 to {_eigenvalues[^1]:G4}");

    internal static GraphSpectrum Of(Laplacian laplacian)
    {
        var randomWalk = laplacian.Kind == LaplacianKind.RandomWalk;
        var symmetric = randomWalk ? laplacian.Graph.Laplacian(LaplacianKind.SymmetricNormalized) : laplacian;
        var decomposition = Matrix<double>.Build.DenseOfArray(symmetric.ToDense()).Evd(Symmetricity.Symmetric);

        // L is positive semi-definite: what lies below zero is rounding.
        double[] values = [.. decomposition.EigenValues.Select(value => Math.Max(0, value.Real))];
        var vectors = decomposition.EigenVectors.ToArray();
        var measure = new double[laplacian.NodeCount];
        Array.Fill(measure, 1);
        if (randomWalk)
        {
            measure = [.. laplacian.Graph.Degrees().Select(degree => degree > 0 ? degree : 1)];
            for (var i = 0; i < measure.Length; i++)
            {
                for (var k = 0; k < measure.Length; k++)
                    vectors[i, k] /= Math.Sqrt(measure[i]);
            }
        }
        return new GraphSpectrum(laplacian, values, vectors, measure);
    }
}
