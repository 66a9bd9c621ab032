using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gsr.Training;

/// <summary>
/// C = A B for matrices that fit into cache, A in any layout: the three products of a dense layer, forward, to its
/// input's gradient and to its weights', differ in A's strides alone. Rows of B and C are vectors of examples, or of
/// weights; no sum goes across a vector.
/// </summary>
internal static unsafe class MatrixProduct
{
    /// <summary>Rows of B and C are read and written in steps of so many floats, and are padded to them.</summary>
    public const int Padding = 32;

    // A block of B of so many rows stays in the first cache while all rows of A go over it.
    private const int DepthOfBlock = 192;
    private const int RowsOfTile = 4;

    /// <summary>C[r, c] = start[r] + Σₖ A[r, k] B[k, c], or C[r, c] += Σₖ where accumulating.</summary>
    /// <param name="a">A[r, k] stands at r · rowStride + k · depthStride.</param>
    /// <param name="rowStride">Floats from row to row of A.</param>
    /// <param name="depthStride">Floats from column to column of A.</param>
    /// <param name="b">depth rows of <paramref name="bStride"/> floats, readable up to the padded columns.</param>
    /// <param name="bStride">Floats from row to row of B.</param>
    /// <param name="c">Rows of <paramref name="cStride"/> floats, of which the columns are written.</param>
    /// <param name="cStride">Floats from row to row of C.</param>
    /// <param name="rows">Of A and C.</param>
    /// <param name="columns">Of B and C.</param>
    /// <param name="depth">Columns of A, rows of B.</param>
    /// <param name="start">A number for each row; null for 0.</param>
    /// <param name="accumulate">Adds to C.</param>
    public static void Multiply(
        float* a, nint rowStride, nint depthStride, float* b, nint bStride, float* c, nint cStride, int rows,
        int columns, int depth, float* start, bool accumulate)
    {
        for (var from = 0; from < depth; from += DepthOfBlock)
        {
            var part = Math.Min(DepthOfBlock, depth - from);
            float* aPart = a + (from * depthStride), bPart = b + (from * bStride);
            var adds = accumulate || from > 0;
            var begin = adds ? null : start;
            if (Vector512.IsHardwareAccelerated)
            {
                Block<Vector512<float>, Lanes512>(
                    aPart, rowStride, depthStride, bPart, bStride, c, cStride, rows, columns, part, begin, adds);
            }
            else if (Vector256.IsHardwareAccelerated)
            {
                Block<Vector256<float>, Lanes256>(
                    aPart, rowStride, depthStride, bPart, bStride, c, cStride, rows, columns, part, begin, adds);
            }
            else
            {
                Block<Vector128<float>, Lanes128>(
                    aPart, rowStride, depthStride, bPart, bStride, c, cStride, rows, columns, part, begin, adds);
            }
        }
    }

    /// <summary>The same with vectors of a given width, for tests of those that a machine would not choose.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Block<TVector, TLanes>(
        float* a, nint rowStride, nint depthStride, float* b, nint bStride, float* c, nint cStride, int rows,
        int columns, int depth, float* start, bool accumulate)
        where TLanes : struct, ILanes<TVector>
    {
        var width = TLanes.Count;
        var tail = stackalloc float[RowsOfTile * Padding];
        for (var column = 0; column < columns; column += 2 * width)
        {
            var isWhole = column + (2 * width) <= columns;
            for (var row = 0; row < rows; row += RowsOfTile)
            {
                // Rows that are not there are computed as the last one, and not stored.
                var last = rows - 1 - row;
                var a0 = a + (row * rowStride);
                var a1 = a0 + (Math.Min(1, last) * rowStride);
                var a2 = a0 + (Math.Min(2, last) * rowStride);
                var a3 = a0 + (Math.Min(3, last) * rowStride);
                TVector s00, s01, s10, s11, s20, s21, s30, s31;
                s00 = s01 = TLanes.All(start is null ? 0 : start[row]);
                s10 = s11 = TLanes.All(start is null ? 0 : start[row + Math.Min(1, last)]);
                s20 = s21 = TLanes.All(start is null ? 0 : start[row + Math.Min(2, last)]);
                s30 = s31 = TLanes.All(start is null ? 0 : start[row + Math.Min(3, last)]);
                var at = b + column;
                for (nint k = 0; k < depth * depthStride; k += depthStride)
                {
                    TVector b0 = TLanes.Load(at), b1 = TLanes.Load(at + width);
                    at += bStride;
                    var x = TLanes.All(a0[k]);
                    s00 = TLanes.MultiplyAdd(x, b0, s00);
                    s01 = TLanes.MultiplyAdd(x, b1, s01);
                    x = TLanes.All(a1[k]);
                    s10 = TLanes.MultiplyAdd(x, b0, s10);
                    s11 = TLanes.MultiplyAdd(x, b1, s11);
                    x = TLanes.All(a2[k]);
                    s20 = TLanes.MultiplyAdd(x, b0, s20);
                    s21 = TLanes.MultiplyAdd(x, b1, s21);
                    x = TLanes.All(a3[k]);
                    s30 = TLanes.MultiplyAdd(x, b0, s30);
                    s31 = TLanes.MultiplyAdd(x, b1, s31);
                }

                var to = c + (row * cStride) + column;
                var target = isWhole ? to : tail;
                var step = isWhole ? cStride : Padding;
                var adds = accumulate && isWhole;
                Put<TVector, TLanes>(s00, s01, target, adds);
                if (last >= 1) Put<TVector, TLanes>(s10, s11, target + step, adds);
                if (last >= 2) Put<TVector, TLanes>(s20, s21, target + (2 * step), adds);
                if (last >= 3) Put<TVector, TLanes>(s30, s31, target + (3 * step), adds);
                if (isWhole) continue;
                for (var r = 0; r <= Math.Min(3, last); r++)
                {
                    for (var i = 0; i < columns - column; i++)
                    {
                        var value = tail[(r * Padding) + i];
                        to[(r * cStride) + i] = accumulate ? to[(r * cStride) + i] + value : value;
                    }
                }
            }
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
