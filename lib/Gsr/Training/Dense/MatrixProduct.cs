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
    private const int RowsOfTail = 12;

    // By the rows that are more than a multiple of six.
    private static readonly int[] FoursOf = [0, 2, 2, 1, 1, 3];

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
    /// <param name="skipsZeros">
    /// Leaves out the parts of B that are zero, which changes no sum of finite numbers: for images, whose borders are.
    /// </param>
    public static void Multiply(
        float* a, nint rowStride, nint depthStride, float* b, nint bStride, float* c, nint cStride, int rows,
        int columns, int depth, float* start, bool accumulate, bool skipsZeros = false)
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
                    aPart, rowStride, depthStride, bPart, bStride, c, cStride, rows, columns, part, begin, adds,
                    skipsZeros);
            }
            else if (Vector256.IsHardwareAccelerated)
            {
                Block<Vector256<float>, Lanes256>(
                    aPart, rowStride, depthStride, bPart, bStride, c, cStride, rows, columns, part, begin, adds,
                    skipsZeros);
            }
            else
            {
                Block<Vector128<float>, Lanes128>(
                    aPart, rowStride, depthStride, bPart, bStride, c, cStride, rows, columns, part, begin, adds,
                    skipsZeros);
            }
        }
    }

    /// <summary>The same with vectors of a given width, for tests of those that a machine would not choose.</summary>
    [SkipLocalsInit]
    internal static void Block<TVector, TLanes>(
        float* a, nint rowStride, nint depthStride, float* b, nint bStride, float* c, nint cStride, int rows,
        int columns, int depth, float* start, bool accumulate, bool skipsZeros = false)
        where TLanes : struct, ILanes<TVector>
    {
        var width = 2 * TLanes.Count;
        var tail = stackalloc float[RowsOfTail * Padding];
        var filled = stackalloc Term[DepthOfBlock + 1];
        for (var column = 0; column < columns; column += width)
        {
            var every = new EveryTerm(b + column, depthStride, bStride, depth);
            if (column + width <= columns)
            {
                if (skipsZeros)
                {
                    Column<TVector, TLanes, FilledTerms>(
                        a, rowStride, Filled<TVector, TLanes>(every, filled), c + column, cStride, rows, start,
                        accumulate);
                }
                else
                {
                    Column<TVector, TLanes, EveryTerm>(
                        a, rowStride, every, c + column, cStride, rows, start, accumulate);
                }

                continue;
            }

            for (var row = 0; row < rows; row += RowsOfTail)
            {
                var count = Math.Min(RowsOfTail, rows - row);
                Column<TVector, TLanes, EveryTerm>(
                    a + (row * rowStride), rowStride, every, tail, Padding, count, start is null ? null : start + row,
                    false);
                for (var r = 0; r < count; r++)
                {
                    var to = c + ((row + r) * cStride);
                    for (var i = column; i < columns; i++)
                    {
                        var value = tail[(r * Padding) + i - column];
                        to[i] = accumulate ? to[i] + value : value;
                    }
                }
            }
        }
    }

    // The rows of B that are not zero in these two vectors.
    private static FilledTerms Filled<TVector, TLanes>(EveryTerm every, Term* filled)
        where TLanes : struct, ILanes<TVector>
    {
        var to = filled;
        while (every.MoveNext(out var k, out var row))
        {
            *to = new(k, row);
            if (!TLanes.AreZero(TLanes.Load(row), TLanes.Load(row + TLanes.Count))) to++;
        }

        return new(filled, to);
    }

    // Two vectors of each row: rows in sixes, then in fours, so that of the last few rows at most one is not there.
    private static void Column<TVector, TLanes, TTerms>(
        float* a, nint rowStride, TTerms terms, float* c, nint cStride, int rows, float* start, bool adds)
        where TLanes : struct, ILanes<TVector>
        where TTerms : struct, ITerms
    {
        var fours = Math.Min(FoursOf[rows % 6], (rows + 3) / 4);
        var sixes = Math.Max(0, (rows - (4 * fours) + 5) / 6);
        Sixes<TVector, TLanes, TTerms>(a, rowStride, terms, c, cStride, sixes, start, adds);
        for (var row = 6 * sixes; row < rows; row += 4)
        {
            Four<TVector, TLanes, TTerms>(
                a + (row * rowStride), rowStride, terms, c + (row * cStride), cStride, rows - row - 1,
                start is null ? null : start + row, adds);
        }
    }

    // Twelve sums hide the time that a multiplication takes where two begin in each cycle, and with the vectors that
    // they are made of they fill sixteen registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sixes<TVector, TLanes, TTerms>(
        float* a, nint rowStride, TTerms terms, float* c, nint cStride, int tiles, float* start, bool adds)
        where TLanes : struct, ILanes<TVector>
        where TTerms : struct, ITerms
    {
        var width = TLanes.Count;
        for (; tiles > 0; tiles--, a += 6 * rowStride, c += 6 * cStride)
        {
            float* a1 = a + rowStride, a2 = a1 + rowStride, a3 = a2 + rowStride, a4 = a3 + rowStride,
                a5 = a4 + rowStride;
            TVector s00, s01, s10, s11, s20, s21, s30, s31, s40, s41, s50, s51;
            s00 = s01 = s10 = s11 = s20 = s21 = s30 = s31 = s40 = s41 = s50 = s51 = TLanes.All(0);
            if (start is not null)
            {
                s00 = s01 = TLanes.All(start[0]);
                s10 = s11 = TLanes.All(start[1]);
                s20 = s21 = TLanes.All(start[2]);
                s30 = s31 = TLanes.All(start[3]);
                s40 = s41 = TLanes.All(start[4]);
                s50 = s51 = TLanes.All(start[5]);
                start += 6;
            }

            var left = terms;
            while (left.MoveNext(out var k, out var at))
            {
                TVector b0 = TLanes.Load(at), b1 = TLanes.Load(at + width);
                var x = TLanes.All(a[k]);
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
                x = TLanes.All(a4[k]);
                s40 = TLanes.MultiplyAdd(x, b0, s40);
                s41 = TLanes.MultiplyAdd(x, b1, s41);
                x = TLanes.All(a5[k]);
                s50 = TLanes.MultiplyAdd(x, b0, s50);
                s51 = TLanes.MultiplyAdd(x, b1, s51);
            }

            Put<TVector, TLanes>(s00, s01, c, adds);
            Put<TVector, TLanes>(s10, s11, c + cStride, adds);
            Put<TVector, TLanes>(s20, s21, c + (2 * cStride), adds);
            Put<TVector, TLanes>(s30, s31, c + (3 * cStride), adds);
            Put<TVector, TLanes>(s40, s41, c + (4 * cStride), adds);
            Put<TVector, TLanes>(s50, s51, c + (5 * cStride), adds);
        }
    }

    // Up to four: rows after the last one are computed as the last one, and not stored.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four<TVector, TLanes, TTerms>(
        float* a, nint rowStride, TTerms terms, float* c, nint cStride, int last, float* start, bool adds)
        where TLanes : struct, ILanes<TVector>
        where TTerms : struct, ITerms
    {
        var width = TLanes.Count;
        float* a1 = a + (Math.Min(1, last) * rowStride), a2 = a + (Math.Min(2, last) * rowStride),
            a3 = a + (Math.Min(3, last) * rowStride);
        TVector s00, s01, s10, s11, s20, s21, s30, s31;
        s00 = s01 = s10 = s11 = s20 = s21 = s30 = s31 = TLanes.All(0);
        if (start is not null)
        {
            s00 = s01 = TLanes.All(start[0]);
            s10 = s11 = TLanes.All(start[Math.Min(1, last)]);
            s20 = s21 = TLanes.All(start[Math.Min(2, last)]);
            s30 = s31 = TLanes.All(start[Math.Min(3, last)]);
        }

        while (terms.MoveNext(out var k, out var at))
        {
            TVector b0 = TLanes.Load(at), b1 = TLanes.Load(at + width);
            var x = TLanes.All(a[k]);
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

        Put<TVector, TLanes>(s00, s01, c, adds);
        if (last >= 1) Put<TVector, TLanes>(s10, s11, c + cStride, adds);
        if (last >= 2) Put<TVector, TLanes>(s20, s21, c + (2 * cStride), adds);
        if (last >= 3) Put<TVector, TLanes>(s30, s31, c + (3 * cStride), adds);
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

    /// <summary>The terms of a sum: where A's number stands from its row on, and B's row.</summary>
    private interface ITerms
    {
        bool MoveNext(out nint k, out float* row);
    }

    private readonly struct Term(nint k, float* row)
    {
        public readonly nint K = k;
        public readonly float* Row = row;
    }

    private struct EveryTerm(float* b, nint depthStride, nint bStride, int depth) : ITerms
    {
        private readonly nint _depthStride = depthStride;
        private readonly nint _bStride = bStride;
        private readonly nint _end = depth * depthStride;
        private nint _k;
        private float* _row = b;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool MoveNext(out nint k, out float* row)
        {
            k = _k;
            row = _row;
            _k += _depthStride;
            _row += _bStride;
            return k < _end;
        }
    }

    private struct FilledTerms(Term* first, Term* end) : ITerms
    {
        private readonly Term* _end = end;
        private Term* _at = first;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool MoveNext(out nint k, out float* row)
        {
            // The place after the last is there as well, and what it holds is not used.
            k = _at->K;
            row = _at->Row;
            return _at++ != _end;
        }
    }
}
