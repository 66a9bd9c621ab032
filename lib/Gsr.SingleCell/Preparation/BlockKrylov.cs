using Gsr.Native;
using TorchSharp;

namespace Gsr.SingleCell.Preparation;

/// <summary>
/// The largest eigenvalues of a symmetric positive semi-definite operator and their vectors: block Lanczos with full
/// orthogonalisation, begun at random and restarted with the best Ritz vectors (Wu and Simon 2000) where the basis grows
/// large.
/// </summary>
internal static class BlockKrylov
{
    private const int MostProducts = 2_000;

    /// <summary>Finds the highest eigenpairs.</summary>
    /// <param name="multiply">The product of the operator with a block, [size, width].</param>
    /// <param name="size">Rows of the operator.</param>
    /// <param name="count">How many, 1 to size.</param>
    /// <param name="tolerance">Of residuals ‖Sv - λv‖, relative to the largest eigenvalue.</param>
    /// <param name="seed">Of the first block.</param>
    /// <returns>Descending eigenvalues; orthonormal vectors [size, count], the caller's; the largest relative residual.</returns>
    public static (double[] Values, torch.Tensor Vectors, double Residual) Of(
        Func<torch.Tensor, torch.Tensor> multiply, int size, int count, double tolerance, int seed)
    {
        using var scope = torch.NewDisposeScope();
        int width = Math.Min(size, Math.Clamp(count / 2, 8, 32));
        int limit = Math.Min(size, (2 * count) + (8 * width));
        torch.Tensor block = torch.linalg.qr(SubspaceIteration.Random(size, width, seed)).Q;
        torch.Tensor basis = torch.empty(size, 0, torch.float64), products = torch.empty(size, 0, torch.float64);
        for (int step = 1; ; step++)
        {
            torch.Tensor product = multiply(block);
            basis = Replaced(basis, torch.cat([basis, block], 1));
            products = Replaced(products, torch.cat([products, product], 1));
            int built = (int)basis.shape[1];
            int nextWidth = Math.Min(width, size - built);
            bool full = built == size, restarts = !full && built + nextWidth > limit;
            if (full || restarts || (built >= count && step % 4 == 0) || step == MostProducts)
            {
                using var inner = torch.NewDisposeScope();
                (double[] values, torch.Tensor turn) = Ritz(basis, products);
                torch.Tensor wanted = Leading(turn, count);
                torch.Tensor vectors = torch.matmul(basis, wanted);
                double residual = Residual(torch.matmul(products, wanted), vectors, values);
                if (full || residual <= tolerance || step == MostProducts)
                    return (values[..count], vectors.MoveToOuterDisposeScope().MoveToOuterDisposeScope(), residual);
                if (restarts)
                {
                    // Orthogonal to the whole basis, and so to what is kept of it.
                    block = Replaced(block, Next(product, basis, nextWidth)).MoveToOuterDisposeScope();
                    torch.Tensor kept = Leading(turn, Math.Min(built - width, count + (4 * width)));
                    basis = Replaced(basis, torch.matmul(basis, kept)).MoveToOuterDisposeScope();
                    products = Replaced(products, torch.matmul(products, kept)).MoveToOuterDisposeScope();
                    product.Dispose();
                    continue;
                }
            }
            block = Replaced(block, Next(product, basis, nextWidth));
            product.Dispose();
        }
    }

    private static torch.Tensor Replaced(torch.Tensor old, torch.Tensor replacement)
    {
        old.Dispose();
        return replacement;
    }

    /// <summary>A block that is orthogonal to the basis, also where the product lies within it but for rounding.</summary>
    private static torch.Tensor Next(torch.Tensor product, torch.Tensor basis, int width)
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor next = product.narrow(1, 0, width);
        for (int pass = 0; pass < 3; pass++)
        {
            next = torch.linalg.qr(next.Minus(torch.matmul(basis, torch.matmul(basis.t(), next)))).Q;
        }
        return next.MoveToOuterDisposeScope();
    }

    private static (double[] Values, torch.Tensor Turn) Ritz(torch.Tensor basis, torch.Tensor products)
    {
        torch.Tensor projected = torch.matmul(basis.t(), products);
        (torch.Tensor ascending, torch.Tensor vectors) = torch.linalg.eigh(projected);
        return ([.. ascending.data<double>().ToArray().Reverse()], vectors.flip(1));
    }

    private static torch.Tensor Leading(torch.Tensor turn, int count) => turn.narrow(1, 0, count);

    private static double Residual(torch.Tensor products, torch.Tensor vectors, double[] values)
    {
        if (values[0] <= 0) return 0;
        torch.Tensor scaled = vectors * torch.tensor(values[..(int)vectors.shape[1]]);
        return products.Minus(scaled).square().sum([0L]).sqrt().max().ToDouble() / values[0];
    }
}
