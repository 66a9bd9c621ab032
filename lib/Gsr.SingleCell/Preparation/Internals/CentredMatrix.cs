using Gsr.Native;
using TorchSharp;

namespace Gsr.SingleCell.Preparation;

/// <summary>
/// Xc = X - 1μᵀ, cells x genes with each gene's mean taken off, in double precision. Tensors that it holds are freed by
/// the dispose scope that it is made in.
/// </summary>
internal abstract class CentredMatrix
{
    private protected CentredMatrix(ExpressionMatrix matrix)
    {
        GeneMoments moments = GeneMoments.Of(matrix);
        (Cells, Genes, Means) = (matrix.Rows, matrix.Columns, moments.Means);
        TotalVariance = moments.Variances.Sum();
    }

    public int Cells { get; }

    public int Genes { get; }

    /// <summary>μ.</summary>
    public double[] Means { get; }

    /// <summary>Sum of the genes' variances, with n - 1 in the denominator.</summary>
    public double TotalVariance { get; }

    public static CentredMatrix Of(ExpressionMatrix matrix) =>
        matrix is SparseMatrix sparse ? new SparseCentredMatrix(sparse) : new DenseCentredMatrix((DenseMatrix)matrix);

    /// <summary>Xc Y, [cells, width] of [genes, width].</summary>
    public abstract torch.Tensor Multiply(torch.Tensor y);

    /// <summary>Xcᵀ Z, [genes, width] of [cells, width].</summary>
    public abstract torch.Tensor MultiplyTransposed(torch.Tensor z);

    /// <summary>Xc Xcᵀ, [cells, cells].</summary>
    public abstract torch.Tensor CellProducts();

    /// <summary>Xcᵀ Xc, [genes, genes].</summary>
    public abstract torch.Tensor GeneProducts();
}

/// <summary>The centred form of a matrix that is dense already.</summary>
internal sealed class DenseCentredMatrix : CentredMatrix
{
    private readonly torch.Tensor _values;

    public DenseCentredMatrix(DenseMatrix matrix)
        : base(matrix)
    {
        using var scope = torch.NewDisposeScope();
        var single = torch.tensor(matrix.Values.ToArray()).reshape(Cells, Genes);
        _values = single.to(torch.float64).Minus(torch.tensor(Means)).MoveToOuterDisposeScope();
    }

    public override torch.Tensor Multiply(torch.Tensor y) => torch.matmul(_values, y);

    public override torch.Tensor MultiplyTransposed(torch.Tensor z) => torch.matmul(_values.t(), z);

    public override torch.Tensor CellProducts() => torch.matmul(_values, _values.t());

    public override torch.Tensor GeneProducts() => torch.matmul(_values.t(), _values);
}
