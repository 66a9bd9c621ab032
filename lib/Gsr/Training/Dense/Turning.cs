using System.Runtime.Intrinsics;

namespace Gsr.Training;

/// <summary>Between examples in rows and features in rows, four by four.</summary>
internal static unsafe class Turning
{
    /// <summary>
    /// [rows, from's stride] to [columns, to's stride]; rows are a multiple of 4, and both strides reach to the next one
    /// of the columns.
    /// </summary>
    public static void Turn(float* from, nint fromStride, float* to, nint toStride, int rows, int columns)
    {
        // Sixteen rows make a whole line of the cache in the target.
        for (var block = 0; block < rows; block += 16)
        {
            var end = Math.Min(block + 16, rows);
            for (var column = 0; column < columns; column += 4)
            {
                for (var row = block; row < end; row += 4)
                {
                    var source = from + (row * fromStride) + column;
                    var a = Vector128.Load(source);
                    var b = Vector128.Load(source + fromStride);
                    var c = Vector128.Load(source + (2 * fromStride));
                    var d = Vector128.Load(source + (3 * fromStride));
                    // Pairs of a and c, b and d, then pairs of these.
                    var (low, high) = (Zip(a, c, 0), Zip(a, c, 2));
                    var (lower, higher) = (Zip(b, d, 0), Zip(b, d, 2));
                    var target = to + (column * toStride) + row;
                    Zip(low, lower, 0).Store(target);
                    Zip(low, lower, 2).Store(target + toStride);
                    Zip(high, higher, 0).Store(target + (2 * toStride));
                    Zip(high, higher, 2).Store(target + (3 * toStride));
                }
            }
        }
    }

    // x[i], y[i], x[i + 1], y[i + 1].
    private static Vector128<float> Zip(Vector128<float> x, Vector128<float> y, int i)
    {
        if (System.Runtime.Intrinsics.X86.Sse.IsSupported)
        {
            return i == 0 ? System.Runtime.Intrinsics.X86.Sse.UnpackLow(x, y)
                : System.Runtime.Intrinsics.X86.Sse.UnpackHigh(x, y);
        }
        return Vector128.Create(x[i], y[i], x[i + 1], y[i + 1]);
    }
}
