using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Gsr.Graphs;

namespace Gsr.Penalties;

/// <summary>
/// S z for matrices of few diagonals, as grids, tori, rings, paths and pairs have: y[i] = Σₒ S[i, i+o] z[i+o], where
/// neighbouring i are neighbouring numbers in memory, so that one vector instruction serves many nodes.
/// </summary>
internal sealed unsafe class DiagonalProduct : VectorProduct
{
    private const int MostDiagonals = 32;

    [ThreadStatic]
    private static byte[]? Scratch;

    private readonly int[] _offsets;
    private readonly int _padding;

    public DiagonalProduct(CsrMatrix matrix)
        : this(matrix, Offsets(matrix))
    {
    }

    private DiagonalProduct(CsrMatrix matrix, int[] offsets)
        : base(matrix, Diagonals(matrix, offsets)) =>
        (_offsets, _padding) = (offsets, Math.Max(-offsets[0], offsets[^1]));

    protected override long WorkPerExample => (long)_offsets.Length * Size;

    /// <summary>Few diagonals, and those mostly filled: otherwise most products would be with zero.</summary>
    public static bool Suits(CsrMatrix matrix)
    {
        var offsets = Offsets(matrix);
        return offsets.Length <= MostDiagonals && (long)offsets.Length * matrix.Size <= 3L * matrix.Values.Length;
    }

    protected override int BlockSize<T>() => 1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Multiply<T>(T* z, T* y, int rows, T scale, double* forms, T* diagonals)
    {
        // A copy with zeros at both ends: every diagonal may then run over all nodes without asking where it leaves the
        // matrix.
        var padded = Scratch<T>(ref Scratch, Size + (2 * _padding));
        new Span<T>(padded, _padding).Clear();
        new Span<T>(z, Size).CopyTo(new Span<T>(padded + _padding, Size));
        new Span<T>(padded + _padding + Size, _padding).Clear();
        var centre = padded + _padding;

        var scales = Vector512.Create(scale);
        var sum = Vector512<T>.Zero;
        var i = 0;
        fixed (int* offsets = _offsets)
        {
            for (; i <= Size - Vector512<T>.Count; i += Vector512<T>.Count)
            {
                var product = Vector512<T>.Zero;
                var diagonal = diagonals + i;
                for (var d = 0; d < _offsets.Length; d++, diagonal += Size)
                    product = MultiplyAdd(Vector512.Load(diagonal), Vector512.Load(centre + i + offsets[d]), product);
                sum = MultiplyAdd(product, Vector512.Load(centre + i), sum);
                (product * scales).Store(y + i);
            }

            var form = double.CreateTruncating(Vector512.Sum(sum));
            for (; i < Size; i++)
            {
                var product = T.Zero;
                for (var d = 0; d < _offsets.Length; d++)
                    product += diagonals[((nint)d * Size) + i] * centre[i + offsets[d]];
                form += double.CreateTruncating(product * centre[i]);
                y[i] = product * scale;
            }

            forms[0] = form;
        }
    }

    private static double[] Diagonals(CsrMatrix matrix, int[] offsets)
    {
        var diagonals = new double[offsets.Length * matrix.Size];
        for (var row = 0; row < matrix.Size; row++)
        {
            for (var k = matrix.RowPointers[row]; k < matrix.RowPointers[row + 1]; k++)
            {
                var diagonal = Array.BinarySearch(offsets, matrix.Columns[k] - row);
                diagonals[(diagonal * matrix.Size) + row] = matrix.Values[k];
            }
        }

        return diagonals;
    }

    private static int[] Offsets(CsrMatrix matrix)
    {
        var offsets = new SortedSet<int> { 0 };
        for (var row = 0; row < matrix.Size && offsets.Count <= MostDiagonals; row++)
        {
            for (var k = matrix.RowPointers[row]; k < matrix.RowPointers[row + 1]; k++)
                offsets.Add(matrix.Columns[k] - row);
        }

        return [.. offsets];
    }
}
