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
    private const double Tolerance = 1e-9;
    private const double MachineEpsilon = 2.220446049250313e-16;

    /// <summary>Computes the leading components.</summary>
    /// <param name="matrix">At least two cells; log-normalised values of variable genes are usual.</param>
    /// <param name="components">
    /// 1 to the smaller of cells and genes; where null 50, or one fewer than the smaller of cells and genes where that is
    /// less, as scanpy does.
    /// </param>
    /// <param name="solver">By default chosen by the size.</param>
    /// <param name="seed">Of the first vectors of the iterative methods; results differ by what these leave only.</param>
    /// <returns>Equal input gives equal results on one number of threads; the sign of each component is set, see <see cref="PcaResult"/>.</returns>
    /// <exception cref="ArgumentException">There are fewer than two cells, no genes, or a value is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">So many components do not exist.</exception>
    /// <example><code>
    /// PcaResult pca = Pca.Fit(cells.NormalizeTotal().Log1p(), components: 30);
    /// CellGraph neighbours = CellGraph.Of(pca.Scores);
    /// </code></example>
    public static PcaResult Fit(
        AnnotatedMatrix matrix, int? components = null, PcaSolver solver = PcaSolver.Auto, int seed = 0)
    {
        matrix.RequireCells(2, "a covariance");
        if (matrix.GeneCount == 0) throw new ArgumentException("matrix has no genes; look at what the filters removed.", nameof(matrix));
        int smaller = Math.Min(matrix.CellCount, matrix.GeneCount);
        int count = components ?? Math.Max(1, Math.Min(DefaultComponents, smaller - 1));
        if (count < 1 || count > smaller)
        {
            throw new ArgumentOutOfRangeException(nameof(components), components,
                $"components is {components}; {matrix.CellCount} cells x {matrix.GeneCount} genes have 1 to {smaller}.");
        }
        if (!Enum.IsDefined(solver))
            throw new ArgumentOutOfRangeException(nameof(solver), solver, $"solver is {solver}; choose {string.Join(", ", Enum.GetNames<PcaSolver>())}.");
        if (solver == PcaSolver.Exact && smaller > LargestExact)
        {
            throw new ArgumentOutOfRangeException(nameof(solver), solver,
                $"solver is Exact; {smaller} cells or genes are too many for it: choose Krylov or Randomised, or select genes first.");
        }
        matrix.RequireValues(double.NegativeInfinity, "drop the cell or the gene first.");
        if (solver == PcaSolver.Auto) solver = Chosen(smaller, count);

        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        CentredMatrix centred = CentredMatrix.Of(matrix.Values);
        bool byCells = centred.Cells < centred.Genes;
        (double[] eigenvalues, torch.Tensor vectors, double residual) = solver switch
        {
            PcaSolver.Exact => Exact(centred, byCells, count),
            PcaSolver.Krylov => BlockKrylov.Of(block => Operator(centred, byCells, block), smaller, count, Tolerance, seed),
            _ => SubspaceIteration.Of(block => Operator(centred, byCells, block), smaller, count, seed),
        };

        // What is left of an eigenvalue that is 0 by rounding belongs to no component.
        double floor = Math.Max(0, eigenvalues[0]) * Math.Max(centred.Cells, centred.Genes) * MachineEpsilon;
        double[] squares = Array.ConvertAll(eigenvalues, value => value > floor ? value : 0);
        double[] singular = Array.ConvertAll(squares, Math.Sqrt);
        torch.Tensor loadings = byCells
            ? centred.MultiplyTransposed(vectors) * torch.tensor(Array.ConvertAll(singular, value => value > 0 ? 1 / value : 0))
            : vectors * torch.tensor(Array.ConvertAll(singular, value => value > 0 ? 1.0 : 0));
        torch.Tensor scores = byCells ? vectors * torch.tensor(singular) : centred.Multiply(loadings);
        return new PcaResult(Matrix(scores), Matrix(loadings), centred.Means,
            Array.ConvertAll(squares, value => value / (centred.Cells - 1)), centred.TotalVariance, residual);
    }

    private static PcaSolver Chosen(int smaller, int count) =>
        smaller <= LargestSmall || (smaller <= LargestQuick && count >= smaller / 10) ? PcaSolver.Exact
        : count >= smaller / 10 ? PcaSolver.Randomised
        : PcaSolver.Krylov;

    private static (double[] Values, torch.Tensor Vectors, double Residual) Exact(CentredMatrix centred, bool byCells, int count)
    {
        using var scope = torch.NewDisposeScope();
        (torch.Tensor ascending, torch.Tensor vectors) = torch.linalg.eigh(byCells ? centred.CellProducts() : centred.GeneProducts());
        double[] values = ascending.data<double>().ToArray();
        return ([.. values.Reverse().Take(count)], vectors.flip(1).narrow(1, 0, count).contiguous().MoveToOuterDisposeScope(), 0);
    }

    private static torch.Tensor Operator(CentredMatrix centred, bool byCells, torch.Tensor block)
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor product = byCells
            ? centred.Multiply(centred.MultiplyTransposed(block))
            : centred.MultiplyTransposed(centred.Multiply(block));
        return product.MoveToOuterDisposeScope();
    }

    private static double[,] Matrix(torch.Tensor tensor)
    {
        double[] flat = tensor.contiguous().data<double>().ToArray();
        var matrix = new double[tensor.shape[0], tensor.shape[1]];
        Buffer.BlockCopy(flat, 0, matrix, 0, flat.Length * sizeof(double));
        return matrix;
    }
}
