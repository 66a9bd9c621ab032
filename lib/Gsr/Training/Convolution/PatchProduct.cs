using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gsr.Training;

/// <summary>
/// C += A B where A's elements lie at a row's place and a column's place added up, as the patches of an image do: they
/// overlap, and none is copied. The three products of a convolution differ in these tables alone.
/// </summary>
internal static unsafe class PatchProduct
{
    private const int RowsOfTile = 6;

    // So many floats of B stay in the first cache while all rows of A go over them.
    private const int BlockOfB = 4096;

    /// <summary>Columns of B and C, two vectors; what lies by channels or by weights is cut into panels of it.</summary>
    public static int Panel { get; } = Vector512.IsHardwareAccelerated ? 2 * Lanes512.Count
        : Vector256.IsHardwareAccelerated ? 2 * Lanes256.Count : 2 * Lanes128.Count;

    /// <summary>C[r] = start + Σₖ A[r, k] B[k], or C[r] += Σₖ without a start.</summary>
    /// <param name="a">A[r, k] stands at rowAt[r] + depthAt[k].</param>
    /// <param name="rowAt">The place of each row of A.</param>
    /// <param name="depthAt">The place of each column of A.</param>
    /// <param name="b">Rows of a panel's width.</param>
    /// <param name="c">C[r], of a panel's width, stands at cAt[r]; rows may overlap where they are added to.</param>
    /// <param name="cAt">The place of each row of C.</param>
    /// <param name="start">A panel's width; null to add to C.</param>
    public static void Multiply(
        float* a, ReadOnlySpan<int> rowAt, ReadOnlySpan<int> depthAt, float* b, float* c, ReadOnlySpan<int> cAt,
        float* start)
    {
        fixed (int* rows = rowAt, columns = depthAt, to = cAt)
        {
            var block = BlockOfB / Panel;
            for (var from = 0; from < depthAt.Length; from += block)
            {
                var part = Math.Min(block, depthAt.Length - from);
                var bPart = b + (from * Panel);
                var begin = from > 0 ? null : start;
                if (Vector512.IsHardwareAccelerated)
                {
                    Block<Vector512<float>, Lanes512>(
                        a, rows, rowAt.Length, columns + from, part, bPart, c, to, begin);
                }
                else if (Vector256.IsHardwareAccelerated)
                {
                    Block<Vector256<float>, Lanes256>(
                        a, rows, rowAt.Length, columns + from, part, bPart, c, to, begin);
                }
                else
                {
                    Block<Vector128<float>, Lanes128>(
                        a, rows, rowAt.Length, columns + from, part, bPart, c, to, begin);
                }
            }
        }
    }

    /// <summary>The same with vectors of a given width, for tests of those that a machine would not choose.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Block<TVector, TLanes>(
        float* a, int* rowAt, int rows, int* depthAt, int depth, float* b, float* c, int* cAt, float* start)
        where TLanes : struct, ILanes<TVector>
    {
        var width = TLanes.Count;
        for (var row = 0; row < rows; row += RowsOfTile)
        {
            // Rows that are not there are computed as the last one, and not stored.
            var last = rows - 1 - row;
            float* a0 = a + rowAt[row], a1 = a + rowAt[row + Math.Min(1, last)],
                a2 = a + rowAt[row + Math.Min(2, last)], a3 = a + rowAt[row + Math.Min(3, last)],
                a4 = a + rowAt[row + Math.Min(4, last)], a5 = a + rowAt[row + Math.Min(5, last)];
            TVector s00, s01, s10, s11, s20, s21, s30, s31, s40, s41, s50, s51;
            s00 = s10 = s20 = s30 = s40 = s50 = start is null ? TLanes.All(0) : TLanes.Load(start);
            s01 = s11 = s21 = s31 = s41 = s51 = start is null ? TLanes.All(0) : TLanes.Load(start + width);
            var at = b;
            for (var k = 0; k < depth; k++)
            {
                nint place = depthAt[k];
                TVector b0 = TLanes.Load(at), b1 = TLanes.Load(at + width);
                at += 2 * width;
                var x = TLanes.All(a0[place]);
                s00 = TLanes.MultiplyAdd(x, b0, s00);
                s01 = TLanes.MultiplyAdd(x, b1, s01);
                x = TLanes.All(a1[place]);
                s10 = TLanes.MultiplyAdd(x, b0, s10);
                s11 = TLanes.MultiplyAdd(x, b1, s11);
                x = TLanes.All(a2[place]);
                s20 = TLanes.MultiplyAdd(x, b0, s20);
                s21 = TLanes.MultiplyAdd(x, b1, s21);
                x = TLanes.All(a3[place]);
                s30 = TLanes.MultiplyAdd(x, b0, s30);
                s31 = TLanes.MultiplyAdd(x, b1, s31);
                x = TLanes.All(a4[place]);
                s40 = TLanes.MultiplyAdd(x, b0, s40);
                s41 = TLanes.MultiplyAdd(x, b1, s41);
                x = TLanes.All(a5[place]);
                s50 = TLanes.MultiplyAdd(x, b0, s50);
                s51 = TLanes.MultiplyAdd(x, b1, s51);
            }

            var adds = start is null;
            Put<TVector, TLanes>(s00, s01, c + cAt[row], adds);
            if (last >= 1) Put<TVector, TLanes>(s10, s11, c + cAt[row + 1], adds);
            if (last >= 2) Put<TVector, TLanes>(s20, s21, c + cAt[row + 2], adds);
            if (last >= 3) Put<TVector, TLanes>(s30, s31, c + cAt[row + 3], adds);
            if (last >= 4) Put<TVector, TLanes>(s40, s41, c + cAt[row + 4], adds);
            if (last >= 5) Put<TVector, TLanes>(s50, s51, c + cAt[row + 5], adds);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<TVector, TLanes>(TVector low, TVector high, float* to, bool adds)
        where TLanes : struct, ILanes<TVector>
    {
        if (adds)
        {
            var one = TLanes.All(1);
            low = TLanes.MultiplyAdd(one, TLanes.Load(to), low);
            high = TLanes.MultiplyAdd(one, TLanes.Load(to + TLanes.Count), high);
        }

        TLanes.Store(low, to);
        TLanes.Store(high, to + TLanes.Count);
    }
}
