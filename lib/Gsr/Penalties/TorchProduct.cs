using Gsr.Graphs;
using Gsr.Native;
using TorchSharp;

namespace Gsr.Penalties;

/// <summary>S z by libtorch's own product: dense for small or dense graphs, sparse for large ones; on any device.</summary>
internal class TorchProduct : QuadraticProduct
{
    private const int LargestDense = 2048;
    private readonly Dictionary<(DeviceType, int, torch.ScalarType), torch.Tensor> _matrices = [];
    private readonly Lock _gate = new();

    public TorchProduct(CsrMatrix matrix)
        : base(matrix)
    {
    }

    /// <summary>The libtorch form of another product.</summary>
    public static TorchProduct Of(QuadraticProduct product)
    {
        if (product is TorchProduct itself) return itself;
        lock (product) return product.Torch ??= product.MakeTorch();
    }

    /// <inheritdoc/>
    internal override void Release()
    {
        lock (_gate)
        {
            foreach (var matrix in _matrices.Values) matrix.Dispose();
            _matrices.Clear();
        }
    }

    /// <inheritdoc cref="QuadraticProduct.Evaluate"/>
    public double EvaluateOnDevice(torch.Tensor z, torch.Tensor gradient, PenaltyForm form, double weight)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var matrix = MatrixFor(z);
        var batch = z.shape[0];
        var product = Multiply(z, matrix);
        var forms = (product * z).sum(1);
        if (form == PenaltyForm.QuadraticForm)
        {
            gradient.copy_(product.Times(2 * weight / batch));
            return forms.sum().ToDouble() / batch;
        }

        var energies = (z * z).sum(1);
        var zeros = torch.zeros_like(energies);
        var inverse = torch.where(energies.eq(zeros), zeros, energies.reciprocal());
        var quotients = forms * inverse;
        gradient.copy_(product.Minus(z * quotients.unsqueeze(1)) * inverse.Times(2 * weight / batch).unsqueeze(1));
        return quotients.sum().ToDouble() / batch;
    }

    /// <summary>Z S, to be freed by the caller's scope.</summary>
    /// <param name="z">[batch, nodes].</param>
    /// <param name="matrix">The matrix, dense or sparse, of the type and on the device of z.</param>
    protected virtual torch.Tensor Multiply(torch.Tensor z, torch.Tensor matrix) => Times(z, matrix);

    /// <summary>Z M for a symmetric M, dense or sparse.</summary>
    protected static torch.Tensor Times(torch.Tensor z, torch.Tensor matrix) =>
        // M is symmetric: (M Zᵀ)ᵀ = Z M.
        matrix.is_sparse ? torch.matmul(matrix, z.t()).t() : torch.matmul(z, matrix);

    protected override double EvaluateOnCpu(torch.Tensor z, torch.Tensor gradient, PenaltyForm form, double weight) =>
        EvaluateOnDevice(z, gradient, form, weight);

    /// <summary>The matrix in the type and on the device of a tensor; kept, and not the caller's.</summary>
    protected torch.Tensor MatrixFor(torch.Tensor z)
    {
        var key = (z.device_type, z.device.index, z.dtype);
        lock (_gate)
        {
            if (_matrices.TryGetValue(key, out var known)) return known;
            using var scope = torch.NewDisposeScope();
            var made = (Size <= LargestDense ? Dense() : Sparse()).to(z.dtype).to(z.device);
            // Kept for the life of the penalty, outside any scope of the caller.
            return _matrices[key] = made.DetachFromDisposeScope();
        }
    }

    private torch.Tensor Dense()
    {
        var dense = Matrix.ToDense();
        return torch.from_array(dense);
    }

    private torch.Tensor Sparse()
    {
        var count = Matrix.Values.Length;
        var indices = new long[2, count];
        for (var row = 0; row < Size; row++)
        {
            for (var k = Matrix.RowPointers[row]; k < Matrix.RowPointers[row + 1]; k++)
            {
                indices[0, k] = row;
                indices[1, k] = Matrix.Columns[k];
            }
        }

        return torch.sparse_coo_tensor(torch.from_array(indices), torch.tensor(Matrix.Values.ToArray()), [Size, Size]);
    }
}
