using Gsr.Native;
using TorchSharp;

namespace Gsr.Graphs;

/// <summary>
/// The lowest or highest eigenvalues of a large symmetric operator and their vectors, by Rayleigh and Ritz: the best
/// vectors of a subspace that is made better until their residuals are small. It finds eigenvalues as often as they
/// occur, by its blocks.
/// </summary>
/// <remarks>
/// The subspace either grows by products with the operator, block Lanczos with full orthogonalisation, restarted with
/// the best vectors (Wu and Simon 2000), which takes the fewest products; or it is replaced by an image of itself,
/// subspace iteration, which takes any filter of the operator (Zhou and Saad 2007). A subspace that is good enough as it
/// comes takes one round.
/// </remarks>
internal static class BlockEigensolver
{
    /// <summary>A block to begin with.</summary>
    public static double[] Random(int size, int width, int seed)
    {
        var random = new Random(seed);
        var values = new double[checked(size * width)];
        for (var k = 0; k < values.Length; k++) values[k] = random.NextDouble() - 0.5;
        return values;
    }

    /// <summary>
    /// Finds eigenpairs from a first block [size, width], with an image at least as wide as the count: until the
    /// residuals ‖Av - λv‖ are below the tolerance relative to the scale, which is by default the first eigenvalue's
    /// absolute value, or the rounds are done. From the subspace's vectors, their products and its last Ritz value the
    /// image gives the next subspace; null for one that grows.
    /// </summary>
    /// <returns>
    /// Eigenvalues, from the lowest up or from the highest down; orthonormal vectors [size, count], the caller's; the
    /// largest relative residual.
    /// </returns>
    public static (double[] Values, torch.Tensor Vectors, double Residual) Extreme(
        Func<torch.Tensor, torch.Tensor> multiply, torch.Tensor start, int count, double tolerance, bool highest,
        double? scale = null, int mostRounds = 2000,
        Func<torch.Tensor, torch.Tensor, double, torch.Tensor>? image = null, bool isOrthonormal = false)
    {
        using var scope = torch.NewDisposeScope();
        var (size, width) = ((int)start.shape[0], (int)start.shape[1]);
        var limit = Math.Min(size, (2 * count) + (8 * width));
        var basis = isOrthonormal ? start.alias() : torch.linalg.qr(start).Q.contiguous();
        var products = multiply(basis);
        var lastWidth = width;
        for (var round = 1; ; round++)
        {
            using var inner = torch.NewDisposeScope();
            var (oldBasis, oldProducts, built) = (basis, products, (int)basis.shape[1]);
            var nextWidth = Math.Min(width, size - built);
            var isWhole = image is null && built == size;
            var isLimit = image is null && built + nextWidth > limit;
            if (image is not null || isWhole || isLimit || round == mostRounds || (round % 4 == 0 && built >= count))
            {
                var (ritz, turn) = torch.linalg.eigh(torch.matmul(basis.t(), products));
                if (highest) (ritz, turn) = (ritz.flip(0), turn.flip(1));
                var values = ritz.ToValues<double>();
                var (vectors, images) = Turned(image is null ? count : built);
                var residuals = images.Minus(vectors * ritz.narrow(0, 0, vectors.shape[1])).Squared().sum([0L]).sqrt();
                var largest = residuals.ToValues<double>().Take(count).Max();
                var unit = scale ?? Math.Abs(values[0]);
                if (isWhole || largest <= tolerance * unit || round == mostRounds)
                {
                    var found = vectors.narrow(1, 0, count).contiguous();
                    found.MoveToOuterDisposeScope().MoveToOuterDisposeScope();
                    return (values[..count], found, unit > 0 ? largest / unit : 0);
                }

                if (image is not null)
                {
                    basis = torch.linalg.qr(image(vectors, images, values[^1])).Q.contiguous();
                    products = multiply(basis);
                }
                else if (isLimit)
                {
                    var next = Next();
                    (basis, products) = Turned(Math.Min(built - width, count + (4 * width)));
                    Grow(next);
                }

                (torch.Tensor, torch.Tensor) Turned(int kept)
                {
                    var leading = turn.narrow(1, 0, kept);
                    return (torch.matmul(basis, leading), torch.matmul(products, leading));
                }
            }

            if (ReferenceEquals(basis, oldBasis)) Grow(Next());
            oldBasis.Dispose();
            oldProducts.Dispose();
            basis.MoveToOuterDisposeScope();
            products.MoveToOuterDisposeScope();

            // A block that is orthogonal to the whole basis, also where the product lies within it but for rounding.
            torch.Tensor Next()
            {
                var next = products.narrow(1, built - lastWidth, nextWidth).contiguous();
                for (var pass = 0; pass < 3; pass++)
                    next = torch.linalg.qr(next.Minus(torch.matmul(basis, torch.matmul(basis.t(), next)))).Q;
                return next;
            }

            void Grow(torch.Tensor block)
            {
                lastWidth = nextWidth;
                basis = torch.cat([basis, block], 1);
                products = torch.cat([products, multiply(block)], 1);
            }
        }
    }
}
