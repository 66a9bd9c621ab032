using Gsr.Internals;
using Gsr.Native;
using TorchSharp;

namespace Gsr.SingleCell.Preparation;

/// <summary>
/// Approximate largest eigenvalues of a symmetric positive semi-definite operator and their vectors, all at once: a random
/// block, multiplied and made orthonormal a few times, and the best vectors in its span.
/// </summary>
internal static class SubspaceIteration
{
    private const int Steps = 7;

    /// <summary>Finds the highest eigenpairs.</summary>
    /// <param name="multiply">The product of the operator with a block, [size, width].</param>
    /// <param name="size">Rows of the operator.</param>
    /// <param name="count">How many, 1 to size.</param>
    /// <param name="seed">Of the first block.</param>
    /// <returns>Descending eigenvalues; orthonormal vectors [size, count], the caller's; the largest residual ‖Sv - λv‖ / λ₁.</returns>
    public static (double[] Values, torch.Tensor Vectors, double Residual) Of(
        Func<torch.Tensor, torch.Tensor> multiply, int size, int count, int seed)
    {
        using var scope = torch.NewDisposeScope();
        int width = Math.Min(size, count + Math.Max(10, count / 10));
        torch.Tensor block = Orthonormal(Random(size, width, seed));
        for (int step = 1; step < Steps; step++)
        {
            using var inner = torch.NewDisposeScope();
            torch.Tensor next = Orthonormal(multiply(block)).MoveToOuterDisposeScope();
            block.Dispose();
            block = next;
        }
        torch.Tensor product = multiply(block);
        (torch.Tensor ascending, torch.Tensor turn) = torch.linalg.eigh(torch.matmul(block.t(), product));
        double[] values = [.. ascending.data<double>().ToArray().Reverse().Take(count)];
        torch.Tensor wanted = turn.flip(1).narrow(1, 0, count);
        torch.Tensor vectors = torch.matmul(block, wanted);
        torch.Tensor difference = torch.matmul(product, wanted).Minus(vectors * torch.tensor(values));
        double largest = difference.square().sum([0L]).sqrt().max().ToDouble();
        return (values, vectors.MoveToOuterDisposeScope(), values[0] > 0 ? largest / values[0] : 0);
    }

    /// <summary>
    /// By Cholesky factors of the inner products, twice, which costs a fraction of Householder's QR; where the columns depend
    /// on each other but for rounding, by that.
    /// </summary>
    private static torch.Tensor Orthonormal(torch.Tensor block)
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor basis = block;
        for (int pass = 0; pass < 2; pass++)
        {
            (torch.Tensor factor, torch.Tensor info) = torch.linalg.cholesky_ex(torch.matmul(basis.t(), basis));
            if (info.ToInt32() != 0) return torch.linalg.qr(block).Q.MoveToOuterDisposeScope();
            basis = torch.linalg.solve_triangular(factor, basis.t(), false).t();
        }
        return basis.contiguous().MoveToOuterDisposeScope();
    }

    internal static torch.Tensor Random(int size, int width, int seed)
    {
        var normal = new GaussianSource(new Random(seed));
        var values = new double[checked(size * width)];
        for (int k = 0; k < values.Length; k++)
            values[k] = normal.Next();
        using var scope = torch.NewDisposeScope();
        return torch.tensor(values).reshape(size, width).MoveToOuterDisposeScope();
    }
}
