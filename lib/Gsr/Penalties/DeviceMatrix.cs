using Gsr.Graphs;
using TorchSharp;

namespace Gsr.Penalties;

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
