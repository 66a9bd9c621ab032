using MathNet.Numerics.LinearAlgebra;

namespace Gsr.Graphs.Filters;

/// <summary>
/// Where the largest eigenvalue λmax of a Laplacian lies, found without its eigenvectors: Lower ≤ λmax ≤ Upper.
/// </summary>
/// <param name="Lower">
/// The largest Ritz value of some Lanczos steps: never above λmax but for rounding, mostly very near.
/// </param>
/// <param name="Upper">A bound from the degrees alone: never below λmax, at most twice as large.</param>
public readonly record struct SpectralBound(double Lower, double Upper)
{
    /// <summary>
    /// Bounds of a symmetric Laplacian, the lower one from so many Lanczos steps from a random start; as many steps as
    /// nodes give λmax itself.
    /// </summary>
    /// <remarks>
    /// Upper is max over edges of dᵤ + dᵥ for the combinatorial kind (Anderson and Morley 1985, Linear and Multilinear
    /// Algebra 18:141; with weighted degrees it is Gershgorin's bound of the edges' Gram matrix, which has the same
    /// eigenvalues but for zeros), and 2 for the normalised one. A polynomial grows without measure outside its
    /// interval, so expansions are made on [0, Upper] and not on [0, Lower].
    /// </remarks>
    public static SpectralBound Of(Laplacian laplacian, int steps = 40, int seed = 0)
    {
        GraphFilter.RequireSymmetric(laplacian, nameof(laplacian));
        Arguments.AtLeast(steps, 1, nameof(steps), "a Lanczos iteration has at least 1 step.");
        var upper = FromDegrees(laplacian);
        return upper == 0 ? default : new SpectralBound(Math.Min(upper, Lanczos(laplacian, steps, seed)), upper);
    }

    /// <summary>The upper bound alone; 0 for a graph without edges.</summary>
    internal static double FromDegrees(Laplacian laplacian)
    {
        var edges = laplacian.Graph.Edges;
        if (edges.Count == 0) return 0;
        if (laplacian.Kind == LaplacianKind.SymmetricNormalized) return 2;
        var degrees = laplacian.Graph.Degrees();
        return edges.Max(edge => degrees[edge.Source] + degrees[edge.Target]);
    }

    /// <summary>
    /// The largest eigenvalue of the tridiagonal matrix QᵀLQ, where Q spans v, Lv, L²v, …, orthogonalised twice.
    /// </summary>
    private static double Lanczos(Laplacian laplacian, int steps, int seed)
    {
        var random = new Random(seed);
        var n = laplacian.NodeCount;
        var basis = new List<double[]>();
        double[] next = [.. Enumerable.Range(0, n).Select(_ => random.NextDouble() - 0.5)];
        var (diagonal, beside) = (new List<double>(), new List<double>());
        for (var step = 0; step < Math.Min(steps, n); step++)
        {
            var norm = Math.Sqrt(Dot(next, next));
            // The space is exhausted: what is left is rounding.
            if (norm <= 1e-12) break;
            if (step > 0) beside.Add(norm);
            basis.Add([.. next.Select(value => value / norm)]);
            next = laplacian.Apply(basis[^1]);
            diagonal.Add(Dot(next, basis[^1]));
            for (var pass = 0; pass < 2; pass++)
            {
                foreach (var earlier in basis)
                {
                    var along = Dot(next, earlier);
                    for (var i = 0; i < n; i++) next[i] -= along * earlier[i];
                }
            }
        }

        var tridiagonal = Matrix<double>.Build.Dense(diagonal.Count, diagonal.Count);
        for (var i = 0; i < diagonal.Count; i++)
        {
            tridiagonal[i, i] = diagonal[i];
            if (i > 0) tridiagonal[i, i - 1] = tridiagonal[i - 1, i] = beside[i - 1];
        }
        return tridiagonal.Evd(Symmetricity.Symmetric).EigenValues.Max(value => value.Real);
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
