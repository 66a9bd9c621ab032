using Gsr.Graphs;
using Gsr.Native;
using TorchSharp;

namespace Gsr.Penalties;

/// <summary>
/// S z by libtorch's own product: dense for small or dense graphs, sparse for large ones; on any device.
/// </summary>
internal class TorchProduct : QuadraticProduct
{
    private readonly DeviceMatrix _matrix;

    public TorchProduct(CsrMatrix matrix)
        : base(matrix) => _matrix = DeviceMatrix.Of(matrix);

    internal override void Release() => _matrix.Release();

    /// <inheritdoc cref="QuadraticProduct.Evaluate"/>
    public double EvaluateOnDevice(torch.Tensor z, torch.Tensor gradient, PenaltyForm form, double weight)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var matrix = _matrix.For(z);
        var batch = z.shape[0];
        var product = Multiply(z, matrix);
        var forms = (product * z).sum(1);
        if (form == PenaltyForm.QuadraticForm)
        {
            gradient.copy_(product.Times(2 * weight / batch));
            return forms.sum().Value() / batch;
        }

        var energies = (z * z).sum(1);
        var zeros = torch.zeros_like(energies);
        var inverse = torch.where(energies.eq(zeros), zeros, energies.reciprocal());
        var quotients = forms * inverse;
        gradient.copy_(product.Minus(z * quotients.unsqueeze(1)) * inverse.Times(2 * weight / batch).unsqueeze(1));
        return quotients.sum().Value() / batch;
    }

    /// <summary>
    /// Z S, to be freed by the caller's scope; the matrix is dense or sparse, of the type and on the device of z.
    /// </summary>
    protected virtual torch.Tensor Multiply(torch.Tensor z, torch.Tensor matrix) => DeviceMatrix.Times(z, matrix);

    private protected override TorchProduct OnDevice() => this;

    protected override double EvaluateOnCpu(torch.Tensor z, torch.Tensor gradient, PenaltyForm form, double weight) =>
        EvaluateOnDevice(z, gradient, form, weight);
}

/// <summary>A matrix by libtorch, kept in each type and on each device that was asked for.</summary>
internal sealed class DeviceMatrix(Func<torch.Tensor> make)
{
    private const int LargestDense = 2048;
    private readonly Dictionary<(DeviceType, int, torch.ScalarType), torch.Tensor> _matrices = [];
    private readonly Lock _gate = new();

    /// <summary>A sparse matrix: dense where it is small.</summary>
    public static DeviceMatrix Of(CsrMatrix matrix) =>
        new(() => matrix.Size <= LargestDense ? torch.from_array(matrix.ToDense()) : Sparse(matrix));

    /// <summary>In the type and on the device of a tensor; not the caller's.</summary>
    public torch.Tensor For(torch.Tensor like)
    {
        var key = (like.device_type, like.device.index, like.dtype);
        lock (_gate)
        {
            if (_matrices.TryGetValue(key, out var known)) return known;
            using var scope = torch.NewDisposeScope();
            // Kept for the life of the penalty, outside any scope of the caller.
            return _matrices[key] = make().to(like.dtype).to(like.device).DetachFromDisposeScope();
        }
    }

    /// <summary>Frees what is kept; it is made anew when it is asked for again.</summary>
    public void Release()
    {
        lock (_gate)
        {
            foreach (var matrix in _matrices.Values) matrix.Dispose();
            _matrices.Clear();
        }
    }

    /// <summary>Z M for a symmetric M, dense or sparse.</summary>
    public static torch.Tensor Times(torch.Tensor z, torch.Tensor matrix) =>
        // M is symmetric: (M Zᵀ)ᵀ = Z M.
        matrix.is_sparse ? torch.matmul(matrix, z.t()).t() : torch.matmul(z, matrix);

    private static torch.Tensor Sparse(CsrMatrix matrix)
    {
        var indices = new long[2, matrix.Values.Length];
        for (var row = 0; row < matrix.Size; row++)
        {
            for (var k = matrix.RowPointers[row]; k < matrix.RowPointers[row + 1]; k++)
                (indices[0, k], indices[1, k]) = (row, matrix.Columns[k]);
        }

        return torch.sparse_coo_tensor(
            torch.from_array(indices), torch.tensor(matrix.Values.ToArray()), [matrix.Size, matrix.Size]);
    }
}
