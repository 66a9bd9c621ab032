using Gsr.Native;
using TorchSharp;

namespace Gsr.SingleCell.Preparation;

/// <summary>The centred form of a matrix that is dense already.</summary>
internal sealed class DenseCentredMatrix : CentredMatrix
{
    private readonly torch.Tensor _values;

    public DenseCentredMatrix(DenseMatrix matrix)
        : base(matrix)
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor single = torch.tensor(matrix.Values.ToArray()).reshape(Cells, Genes);
        _values = single.to(torch.float64).Minus(torch.tensor(Means)).MoveToOuterDisposeScope();
    }

    public override torch.Tensor Multiply(torch.Tensor y) => torch.matmul(_values, y);

    public override torch.Tensor MultiplyTransposed(torch.Tensor z) => torch.matmul(_values.t(), z);

    public override torch.Tensor CellProducts() => torch.matmul(_values, _values.t());

    public override torch.Tensor GeneProducts() => torch.matmul(_values.t(), _values);
}
