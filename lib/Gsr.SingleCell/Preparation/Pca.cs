using Gsr.Graphs;
using Gsr.Internals;
using Gsr.Native;
using TorchSharp;

namespace Gsr.SingleCell.Preparation;

/// <summary>
/// Principal components of cells, of the covariance Xcᵀ Xc / (n - 1) with Xc the values less each gene's mean. A sparse
/// matrix is centred in the products only and stays sparse. All is computed in double precision.
/// </summary>
public static class Pca
{
    private const int DefaultComponents = 50;
    private const int LargestSmall = 1_000;
    private const int LargestQuick = 2_000;
    private const int LargestExact = 16_384;
    private const int QuickProducts = 7;
    private const double Tolerance = 1e-9;
    private const double MachineEpsilon = 2.220446049250313e-16;

    /// <summary>Computes the leading components.</summary>
    /// <param name="matrix">At least two cells; log-normalised values of variable genes are usual.</param>
    /// <param name="components">
    /// 1 to the smaller of cells and genes; where null 50, or one fewer than the smaller of cells and genes where that
    /// is less, as scanpy does.
    /// </param>
    /// <param name="solver">By default chosen by the size.</param>
    /// <param name="seed">
    /// Of the first vectors of the iterative methods; results differ by what these leave only.
    /// </param>
    /// <returns>
    /// Equal input gives equal results on one number of threads; the sign of each component is set, see
    /// <see cref="PcaResult"/>.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// There are fewer than two cells, no genes, or a value is not finite.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">So many components do not exist.</exception>
    /// <example><code>
    /// PcaResult pca = Pca.Fit(cells.NormalizeTotal().Log1p(), components: 30);
    /// CellGraph neighbours = CellGraph.Of(pca.Scores);
    /// </code></example>
    public static PcaResult Fit(
        AnnotatedMatrix matrix, int? components = null, PcaSolver solver = PcaSolver.Auto, int seed = 0)
    {
        matrix.RequireCells(2, "a covariance");
        if (matrix.GeneCount == 0)
            throw new ArgumentException("matrix has no genes; look at what the filters removed.", nameof(matrix));
        var smaller = Math.Min(matrix.CellCount, matrix.GeneCount);
        var count = components ?? Math.Max(1, Math.Min(DefaultComponents, smaller - 1));
        if (count < 1 || count > smaller)
        {
            throw new ArgumentOutOfRangeException(nameof(components), components,
                $"components is {components}; {matrix.CellCount} cells x {matrix.GeneCount} genes have "
                + $"1 to {smaller}.");
        }
        if (!Enum.IsDefined(solver))
        {
            throw new ArgumentOutOfRangeException(
                nameof(solver), solver, $"solver is {solver}; choose {string.Join(", ", Enum.GetNames<PcaSolver>())}.");
        }
        if (solver == PcaSolver.Exact && smaller > LargestExact)
        {
            throw new ArgumentOutOfRangeException(nameof(solver), solver,
                $"solver is Exact; {smaller} cells or genes are too many for it: choose Krylov or Randomised, "
                + "or select genes first.");
        }
        matrix.RequireValues(double.NegativeInfinity, "drop the cell or the gene first.");
        if (solver == PcaSolver.Auto) solver = Chosen(smaller, count);

        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var centred = CentredMatrix.Of(matrix.Values);
        var byCells = centred.Cells < centred.Genes;
        var (eigenvalues, vectors, residual) = solver == PcaSolver.Exact
            ? Exact(byCells ? centred.CellProducts() : centred.GeneProducts(), count)
            : Iterative(Multiply, smaller, count, solver, seed);

        // What is left of an eigenvalue that is 0 by rounding belongs to no component.
        var floor = Math.Max(0, eigenvalues[0]) * Math.Max(centred.Cells, centred.Genes) * MachineEpsilon;
        var squares = Array.ConvertAll(eigenvalues, value => value > floor ? value : 0);
        var singular = Array.ConvertAll(squares, Math.Sqrt);
        var loadings = byCells
            ? centred.MultiplyTransposed(vectors)
                * torch.tensor(Array.ConvertAll(singular, value => value > 0 ? 1 / value : 0))
            : vectors * torch.tensor(Array.ConvertAll(singular, value => value > 0 ? 1.0 : 0));
        var scores = byCells ? vectors * torch.tensor(singular) : centred.Multiply(loadings);
        return new PcaResult(scores.ToMatrix(), loadings.ToMatrix(), centred.Means,
            Array.ConvertAll(squares, value => value / (centred.Cells - 1)), centred.TotalVariance, residual);

        torch.Tensor Multiply(torch.Tensor block)
        {
            using var inner = torch.NewDisposeScope();
            var product = byCells
                ? centred.Multiply(centred.MultiplyTransposed(block))
                : centred.MultiplyTransposed(centred.Multiply(block));
            return product.MoveToOuterDisposeScope();
        }
    }

    /// <summary>The leading components from the products of all pairs of genes, Xᵀ X, which becomes Xcᵀ Xc.</summary>
    /// <param name="products">Row by row.</param>
    /// <param name="means">μ.</param>
    /// <param name="cells">n.</param>
    /// <param name="count">How many components.</param>
    /// <returns>Eigenvalues of Xcᵀ Xc, and [genes, components] loadings with their signs set.</returns>
    internal static (double[] Squares, double[,] Loadings) OfProducts(
        double[] products, double[] means, int cells, int count)
    {
        var size = means.Length;
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
                products[(row * size) + column] -= cells * means[row] * means[column];
        }
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var centred = torch.tensor(products).reshape(size, size);
        var (values, vectors, _) = Chosen(size, count) == PcaSolver.Krylov
            ? Iterative(block => torch.matmul(centred, block), size, count, PcaSolver.Krylov, 0)
            : Exact(centred, count);
        var floor = Math.Max(0, values[0]) * Math.Max(cells, size) * MachineEpsilon;
        var squares = Array.ConvertAll(values, value => value > floor ? value : 0);
        var kept = vectors * torch.tensor(Array.ConvertAll(squares, value => value > 0 ? 1.0 : 0));
        var loadings = kept.ToMatrix();
        for (var component = 0; component < count; component++)
        {
            if (!PcaResult.PointsDown(loadings, component)) continue;
            for (var gene = 0; gene < size; gene++) loadings[gene, component] = -loadings[gene, component];
        }
        return (squares, loadings);
    }

    private static PcaSolver Chosen(int smaller, int count) =>
        smaller <= LargestSmall || (smaller <= LargestQuick && count >= smaller / 10) ? PcaSolver.Exact
        : count >= smaller / 10 ? PcaSolver.Randomised
        : PcaSolver.Krylov;

    private static (double[] Values, torch.Tensor Vectors, double Residual) Exact(torch.Tensor products, int count)
    {
        using var scope = torch.NewDisposeScope();
        var (ascending, vectors) = SymmetricEigen.Of(products);
        var leading = vectors.flip(1).narrow(1, 0, count).contiguous().MoveToOuterDisposeScope();
        return ([.. ascending.ToValues<double>().Reverse().Take(count)], leading, 0);
    }

    /// <summary>The highest eigenpairs of Xc Xcᵀ or Xcᵀ Xc, from normal random vectors.</summary>
    private static (double[] Values, torch.Tensor Vectors, double Residual) Iterative(
        Func<torch.Tensor, torch.Tensor> multiply, int size, int count, PcaSolver solver, int seed)
    {
        var isQuick = solver == PcaSolver.Randomised;
        var width = Math.Min(size, isQuick ? count + Math.Max(10, count / 10) : Math.Clamp(count / 2, 8, 32));
        var normal = new GaussianSource(new Random(seed));
        var first = new double[checked(size * width)];
        for (var k = 0; k < first.Length; k++) first[k] = normal.Next();
        var start = torch.tensor(first).reshape(size, width);
        if (!isQuick) return BlockEigensolver.Extreme(multiply, start, count, Tolerance, highest: true);
        start = Orthonormal(start);
        for (var step = 1; step < QuickProducts; step++)
        {
            using var inner = torch.NewDisposeScope();
            var next = Orthonormal(multiply(start)).MoveToOuterDisposeScope();
            start.Dispose();
            start = next;
        }

        return BlockEigensolver.Extreme(
            multiply, start, count, 0, highest: true, mostRounds: 1, isOrthonormal: true);
    }

    /// <summary>
    /// By Cholesky factors of the inner products, twice, which costs a fraction of Householder's QR; by that where the
    /// columns depend on each other but for rounding.
    /// </summary>
    private static torch.Tensor Orthonormal(torch.Tensor block)
    {
        using var scope = torch.NewDisposeScope();
        var basis = block;
        for (var pass = 0; pass < 2; pass++)
        {
            var (factor, info) = torch.linalg.cholesky_ex(torch.matmul(basis.t(), basis));
            if (info.Value() != 0) return torch.linalg.qr(block).Q.MoveToOuterDisposeScope();
            basis = torch.linalg.solve_triangular(factor, basis.t(), false).t();
        }

        return basis.contiguous().MoveToOuterDisposeScope();
    }
}
