using System.Runtime.InteropServices;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using TorchSharp;

namespace Gsr.Internals;

/// <summary>All eigenvalues of a symmetric matrix, ascending, with their vectors.</summary>
internal static class SymmetricEigen
{
    /// <summary>
    /// By libtorch, and where that gives up, by MathNet: LAPACK's divide and conquer was seen not to converge on a
    /// matrix of 784 rows most of whose eigenvalues are 0, though rarely.
    /// </summary>
    /// <param name="matrix">[n, n], Float64, finite.</param>
    /// <returns>[n], and [n, n] with a vector in each column; in the caller's dispose scope.</returns>
    public static (torch.Tensor Values, torch.Tensor Vectors) Of(torch.Tensor matrix)
    {
        try
        {
            return torch.linalg.eigh(matrix);
        }
        catch (ExternalException e) when (e.Message.Contains("converge", StringComparison.Ordinal))
        {
            return Managed(matrix);
        }
    }

    /// <summary>The same by MathNet alone, ten times slower.</summary>
    internal static (torch.Tensor Values, torch.Tensor Vectors) Managed(torch.Tensor matrix)
    {
        var size = (int)matrix.shape[0];
        using var contiguous = matrix.contiguous();
        var evd = new DenseMatrix(size, size, contiguous.data<double>().ToArray()).Evd(Symmetricity.Symmetric);
        var vectors = torch.tensor(evd.EigenVectors.ToRowMajorArray()).reshape(size, size);
        return (torch.tensor(evd.EigenValues.Real().ToArray()), vectors);
    }
}
