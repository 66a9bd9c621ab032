namespace Gsr.Graphs;

/// <summary>
/// The Laplacian L of a feature graph, as a sparse matrix in double precision. For the two symmetric kinds
/// xᵀLx ≥ 0 measures how much a signal differs between neighbours: combinatorial Σ w (xᵢ - xⱼ)², normalised
/// Σ w (xᵢ/√dᵢ - xⱼ/√dⱼ)², over edges. That of a signed graph, D(|W|) - W, wants the ends of a negative edge opposed:
/// Σ |w| (xᵢ - sign(w) xⱼ)² (Kunegis and others 2010, SIAM Data Mining, 559).
/// </summary>
/// <remarks>
/// The random walk kind is not symmetric: its quadratic form is that of <see cref="SymmetricPart"/>, which on a graph
/// of unequal degrees is not positive semi-definite. Isolated nodes have a zero row in every kind.
/// </remarks>
public sealed class Laplacian
{
    private readonly CsrMatrix _matrix;

    internal Laplacian(FeatureGraph graph, LaplacianKind kind)
    {
        Graph = graph;
        Kind = kind;
        _matrix = Build(graph, kind);
        SymmetricPart = kind == LaplacianKind.RandomWalk ? RandomWalkSymmetricPart(graph) : _matrix;
    }

    /// <summary>The graph it is of.</summary>
    public FeatureGraph Graph { get; }

    /// <summary>Combinatorial, symmetric normalised or random walk.</summary>
    public LaplacianKind Kind { get; }

    /// <summary>Number of nodes, the size of the matrix.</summary>
    public int NodeCount => _matrix.Size;

    /// <summary>L itself; its diagonal is stored in every row.</summary>
    public CsrMatrix Matrix => _matrix;

    /// <summary>
    /// (L + Lᵀ)/2, the matrix of the quadratic form, whose gradient is twice its product with x; the same object as
    /// <see cref="Matrix"/> for the symmetric kinds.
    /// </summary>
    public CsrMatrix SymmetricPart { get; }

    /// <summary>L x, one value per node.</summary>
    public double[] Apply(ReadOnlySpan<double> x) => _matrix.Multiply(x);

    /// <summary>xᵀLx.</summary>
    public double QuadraticForm(ReadOnlySpan<double> x)
    {
        var product = Apply(x);
        double sum = 0;
        for (var i = 0; i < product.Length; i++)
            sum += x[i] * product[i];
        return sum;
    }

    /// <summary>xᵀLx / xᵀx, which shrinking x does not lower; NaN for the zero signal.</summary>
    public double RayleighQuotient(ReadOnlySpan<double> x)
    {
        double energy = 0;
        foreach (var value in x)
            energy += value * value;
        return QuadraticForm(x) / energy;
    }

    /// <summary>L as [N, N].</summary>
    public double[,] ToDense() => _matrix.ToDense();

    /// <summary>Eigenvalues, ascending, and eigenvectors of L, by a dense decomposition: O(N³).</summary>
    public GraphSpectrum Spectrum() => GraphSpectrum.Of(this);

    /// <summary>
    /// A part of the spectrum, the lowest eigenvalues or the highest, ascending, with their vectors: for graphs too large
    /// for all of it, by products with the sparse matrix.
    /// </summary>
    /// <param name="count">How many, 1 to N.</param>
    /// <param name="highest">The highest instead of the lowest.</param>
    /// <exception cref="ArgumentOutOfRangeException">The graph has not so many nodes.</exception>
    public GraphSpectrum Spectrum(int count, bool highest = false) => GraphSpectrum.Of(this, count, highest);

    /// <summary>Such as "combinatorial Laplacian of grid 8x8, 64 nodes, 112 edges".</summary>
    public override string ToString() => $"{KindName} Laplacian of {Graph}";

    internal string KindName => (Graph.IsSigned ? "signed " : "") + Kind switch
    {
        LaplacianKind.Combinatorial => "combinatorial",
        LaplacianKind.SymmetricNormalized => "symmetric normalised",
        _ => "random walk",
    };

    private static CsrMatrix Build(FeatureGraph graph, LaplacianKind kind)
    {
        var d = graph.Degrees();
        return kind switch
        {
            LaplacianKind.Combinatorial =>
                CsrMatrix.OfGraph(graph, i => d[i], e => (-e.Weight, -e.Weight)),
            LaplacianKind.SymmetricNormalized =>
                CsrMatrix.OfGraph(graph, i => d[i] > 0 ? 1 : 0, e =>
                {
                    var entry = -(e.Weight / Math.Sqrt(d[e.Source]) / Math.Sqrt(d[e.Target]));
                    return (entry, entry);
                }),
            _ =>
                CsrMatrix.OfGraph(graph, i => d[i] > 0 ? 1 : 0, e =>
                    (-(e.Weight / d[e.Source]), -(e.Weight / d[e.Target]))),
        };
    }

    private static CsrMatrix RandomWalkSymmetricPart(FeatureGraph graph)
    {
        var d = graph.Degrees();
        return CsrMatrix.OfGraph(graph, i => d[i] > 0 ? 1 : 0, e =>
        {
            var entry = -((e.Weight / d[e.Source]) + (e.Weight / d[e.Target])) / 2;
            return (entry, entry);
        });
    }
}
