using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Gsr.Internals;
using Gsr.Native;
using TorchSharp;

namespace Gsr.Graphs;

/// <summary>
/// The smallest eigenvalues of a Laplacian and their vectors: of small graphs by a dense decomposition, of larger ones
/// by subspace iteration with a Chebyshev filter (Zhou and Saad 2007), which needs products with the sparse matrix
/// only.
/// </summary>
internal static class LowFrequencies
{
    private const int LargestDense = 256;
    private const int Guard = 8;
    private const int LowestDegree = 30, HighestDegree = 300;
    private const int MostRounds = 400;

    // Numbers that one thread takes at a time: enough that small matrices stay on one.
    private const int RowsAtOnce = 1 << 16;

    /// <summary>
    /// The default of residuals, relative to the largest eigenvalue; vectors of near eigenvalues mix by it over their
    /// gap.
    /// </summary>
    private const double FineTolerance = 1e-9;

    /// <summary>
    /// The <paramref name="count"/> lowest eigenvalues, ascending, of a symmetric positive semi-definite matrix with
    /// none above <paramref name="largest"/>, to which the tolerance of residuals is relative; and orthonormal vectors
    /// [size, count], each with its largest entry positive.
    /// </summary>
    public static (double[] Values, double[,] Vectors) Of(
        CsrMatrix matrix, double largest, int count, double tolerance = FineTolerance)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var isSmall = matrix.Size <= LargestDense || matrix.Size < count + (2 * Guard);
        var (values, vectors) = (isSmall ? null : Filtered(matrix, largest, count, tolerance)) ?? Dense(matrix);
        var result = new double[matrix.Size, count];
        for (var k = 0; k < count; k++)
        {
            var peak = 0;
            // By a margin, so that entries that are equal but for rounding do not decide the sign.
            for (var i = 1; i < matrix.Size; i++)
                if (Math.Abs(vectors[i, k]) > Math.Abs(vectors[peak, k]) * (1 + 1e-6)) peak = i;
            var sign = vectors[peak, k] < 0 ? -1 : 1;
            for (var i = 0; i < matrix.Size; i++) result[i, k] = sign * vectors[i, k];
        }

        return ([.. values.Take(count).Select(value => Math.Max(0, value))], result);
    }

    /// <summary>The whole spectrum, by libtorch.</summary>
    public static (double[] Values, double[,] Vectors) Dense(CsrMatrix matrix)
    {
        using var scope = torch.NewDisposeScope();
        var (values, vectors) = SymmetricEigen.Of(torch.from_array(matrix.ToDense()));
        return (values.ToValues<double>(), vectors.ToMatrix());
    }

    /// <summary>Null where it does not converge, as with gaps of the order of rounding.</summary>
    private static (double[] Values, double[,] Vectors)? Filtered(
        CsrMatrix matrix, double largest, int count, double tolerance)
    {
        // Rounded up to whole vectors of the processor.
        var (size, width) = (matrix.Size, (count + (2 * Guard) - 1) / Guard * Guard);
        var start = Block(Filter(
            matrix, BlockEigensolver.Random(size, width, seed: 1), width, largest / 4, largest, LowestDegree));
        var (values, vectors, residual) = BlockEigensolver.Extreme(
            block => Block(Multiply(matrix, Entries(block), width)), start, count, tolerance, highest: false, largest,
            MostRounds,
            (block, _, highest) =>
            {
                // What is not wanted lies above the block's largest Ritz value.
                var cut = Math.Max(highest, FineTolerance * largest);
                // The nearer the cut to 0, the slower a polynomial grows below it.
                var degree = Math.Clamp((int)(4 * Math.Sqrt(largest / cut)), LowestDegree, HighestDegree);
                return Block(Filter(matrix, Entries(block), width, cut, largest, degree));
            });
        return residual <= tolerance ? (values, vectors.ToMatrix()) : null;

        torch.Tensor Block(double[] entries) => torch.tensor(entries).reshape(size, width);

        double[] Entries(torch.Tensor block) => block.ToValues<double>();
    }

    /// <summary>
    /// A Chebyshev polynomial of the matrix that is at most 1 on [cut, largest] and grows fastest below, times x, which
    /// is overwritten.
    /// </summary>
    private static double[] Filter(CsrMatrix matrix, double[] x, int width, double cut, double largest, int most)
    {
        var (half, centre) = ((largest - cut) / 2, (largest + cut) / 2);
        var sigma = half / -centre;
        var first = sigma;
        var y = new double[x.Length];
        Multiply(matrix, x, y, width, sigma / half, -centre * sigma / half, 0);
        for (var degree = 2; degree <= most; degree++)
        {
            var next = 1 / ((2 / first) - sigma);
            Multiply(matrix, y, x, width, 2 * next / half, -2 * next * centre / half, -sigma * next);
            (x, y, sigma) = (y, x, next);
        }

        return y;
    }

    private static double[] Multiply(CsrMatrix matrix, double[] x, int width)
    {
        var product = new double[x.Length];
        Multiply(matrix, x, product, width, 1, 0, 0);
        return product;
    }

    /// <summary>y becomes a A x + b x + c y, in one pass: the blocks are what memory has to move.</summary>
    private static void Multiply(CsrMatrix matrix, double[] x, double[] y, int width, double a, double b, double c)
    {
        var rows = Math.Max(1, RowsAtOnce / width);
        Parallel.For(0, (matrix.Size + rows - 1) / rows, part => MultiplyRows(
            matrix, x, y, width, (a, b, c), part * rows, Math.Min(matrix.Size, (part + 1) * rows)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyRows(
        CsrMatrix matrix, double[] x, double[] y, int width, (double A, double B, double C) factors, int from, int to)
    {
        var pointers = matrix.RowPointers;
        var columns = matrix.Columns;
        var values = matrix.Values;
        var (a, b, c) = factors;
        for (var row = from; row < to; row++)
        {
            var target = MemoryMarshal.Cast<double, Vector512<double>>(y.AsSpan(row * width, width));
            var own = MemoryMarshal.Cast<double, Vector512<double>>(x.AsSpan(row * width, width));
            for (var k = 0; k < target.Length; k++) target[k] = (c * target[k]) + (b * own[k]);
            for (var k = pointers[row]; k < pointers[row + 1]; k++)
            {
                var source = MemoryMarshal.Cast<double, Vector512<double>>(x.AsSpan(columns[k] * width, width));
                var weight = a * values[k];
                for (var l = 0; l < target.Length; l++) target[l] += source[l] * weight;
            }
        }
    }
}
