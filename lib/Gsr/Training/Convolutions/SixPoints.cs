using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gsr.Training;

/// <summary>
/// Winograd's minimal filtering with six points, F(2, 5): two outputs of a filter of five taps, read from six inputs,
/// cost six products instead of ten, and a square of 2 x 2 outputs 36 instead of 100. In words: polynomials are
/// multiplied by their values at 0, ±a, ±b and infinity. z = Aᵀ [(G g) ⊙ (Bᵀ d)].
/// </summary>
/// <remarks>
/// S. Winograd, Arithmetic Complexity of Computations (1980); A. Lavin and S. Gray, "Fast Algorithms for Convolutional
/// Neural Networks" (CVPR 2016), for two dimensions: the transform of the rows, then of the columns. Each is done for
/// eight channels at once. The gradients pass through the transposed transforms.
/// </remarks>
internal static unsafe class SixPoints
{
    /// <summary>Products of a square.</summary>
    public const int Count = 36;

    /// <summary>Channels that are transformed at once.</summary>
    public const int Lanes = 8;

    // Points of which one is the other's inverse keep the powers, and so the rounding, small.
    private const float A = 0.70710678f;
    private const float B = 1.41421356f;
    private const float A2 = 0.5f;
    private const float B2 = 2;
    private const float ScaleA = 1 / (2 * A2 * (A2 - B2));
    private const float ScaleB = 1 / (2 * B2 * (B2 - A2));

    /// <summary>A transform of a line of numbers, eight channels at once.</summary>
    public interface ITransform
    {
        /// <summary>Numbers read.</summary>
        static abstract int From { get; }

        /// <summary>Numbers written.</summary>
        static abstract int To { get; }

        /// <summary>From numbers <paramref name="fromStep"/> floats apart to others.</summary>
        static abstract void Apply(float* x, nint fromStep, float* y, nint toStep);
    }

    /// <summary>Transforms the rows of a square and then its columns.</summary>
    /// <param name="x">The first of From x From numbers, each the first of eight channels.</param>
    /// <param name="row">Floats from row to row.</param>
    /// <param name="column">Floats from column to column.</param>
    /// <param name="y">The first of To x To numbers.</param>
    /// <param name="toRow">Floats from row to row.</param>
    /// <param name="toColumn">Floats from column to column.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Square<T>(float* x, nint row, nint column, float* y, nint toRow, nint toColumn)
        where T : struct, ITransform
    {
        var between = stackalloc float[Count * Lanes];
        for (var r = 0; r < T.From; r++) T.Apply(x + (r * row), column, between + (r * T.To * Lanes), Lanes);
        for (var c = 0; c < T.To; c++) T.Apply(between + (c * Lanes), T.To * Lanes, y + (c * toColumn), toRow);
    }

    /// <summary>Adds a square of 6 x 6 numbers, next to each other, to others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(float* square, float* to, nint row, nint column)
    {
        for (var r = 0; r < 6; r++)
        {
            for (var c = 0; c < 6; c++)
            {
                var at = to + (r * row) + (c * column);
                (Vector256.Load(at) + Vector256.Load(square + (((r * 6) + c) * Lanes))).Store(at);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> All(float value) => Vector256.Create(value);

    /// <summary>Bᵀ: six inputs to six points.</summary>
    public readonly struct Input : ITransform
    {
        public static int From => 6;

        public static int To => 6;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Apply(float* x, nint fromStep, float* y, nint toStep)
        {
            Vector256<float> x0 = Vector256.Load(x), x1 = Vector256.Load(x + fromStep),
                x2 = Vector256.Load(x + (2 * fromStep)), x3 = Vector256.Load(x + (3 * fromStep)),
                x4 = Vector256.Load(x + (4 * fromStep)), x5 = Vector256.Load(x + (5 * fromStep));
            (x0 - (All(A2 + B2) * x2) + x4).Store(y);
            Vector256<float> even = x4 - (All(B2) * x2), odd = All(A) * (x3 - (All(B2) * x1));
            (even + odd).Store(y + toStep);
            (even - odd).Store(y + (2 * toStep));
            even = x4 - (All(A2) * x2);
            odd = All(B) * (x3 - (All(A2) * x1));
            (even + odd).Store(y + (3 * toStep));
            (even - odd).Store(y + (4 * toStep));
            (x1 - (All(A2 + B2) * x3) + x5).Store(y + (5 * toStep));
        }
    }

    /// <summary>B: the gradient of six points to that of six inputs.</summary>
    public readonly struct InputBack : ITransform
    {
        public static int From => 6;

        public static int To => 6;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Apply(float* x, nint fromStep, float* y, nint toStep)
        {
            Vector256<float> first = Vector256.Load(x), a = Vector256.Load(x + fromStep),
                minusA = Vector256.Load(x + (2 * fromStep)), b = Vector256.Load(x + (3 * fromStep)),
                minusB = Vector256.Load(x + (4 * fromStep)), last = Vector256.Load(x + (5 * fromStep));
            Vector256<float> evenA = a + minusA, evenB = b + minusB, oddA = All(A) * (a - minusA),
                oddB = All(B) * (b - minusB);
            first.Store(y);
            (last - (All(B2) * oddA) - (All(A2) * oddB)).Store(y + toStep);
            (-(All(A2 + B2) * first) - (All(B2) * evenA) - (All(A2) * evenB)).Store(y + (2 * toStep));
            (oddA + oddB - (All(A2 + B2) * last)).Store(y + (3 * toStep));
            (first + evenA + evenB).Store(y + (4 * toStep));
            last.Store(y + (5 * toStep));
        }
    }

    /// <summary>Aᵀ: six points to two outputs.</summary>
    public readonly struct Output : ITransform
    {
        public static int From => 6;

        public static int To => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Apply(float* x, nint fromStep, float* y, nint toStep)
        {
            Vector256<float> a = Vector256.Load(x + fromStep), minusA = Vector256.Load(x + (2 * fromStep)),
                b = Vector256.Load(x + (3 * fromStep)), minusB = Vector256.Load(x + (4 * fromStep));
            (Vector256.Load(x) + (a + minusA) + (b + minusB)).Store(y);
            ((All(A) * (a - minusA)) + (All(B) * (b - minusB)) + Vector256.Load(x + (5 * fromStep)))
                .Store(y + toStep);
        }
    }

    /// <summary>A: the gradient of two outputs to that of six points.</summary>
    public readonly struct OutputBack : ITransform
    {
        public static int From => 2;

        public static int To => 6;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Apply(float* x, nint fromStep, float* y, nint toStep)
        {
            Vector256<float> first = Vector256.Load(x), second = Vector256.Load(x + fromStep),
                a = All(A) * second, b = All(B) * second;
            first.Store(y);
            (first + a).Store(y + toStep);
            (first - a).Store(y + (2 * toStep));
            (first + b).Store(y + (3 * toStep));
            (first - b).Store(y + (4 * toStep));
            second.Store(y + (5 * toStep));
        }
    }

    /// <summary>G: five taps to six points.</summary>
    public readonly struct Filter : ITransform
    {
        public static int From => 5;

        public static int To => 6;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Apply(float* x, nint fromStep, float* y, nint toStep)
        {
            Vector256<float> g0 = Vector256.Load(x), g1 = Vector256.Load(x + fromStep),
                g2 = Vector256.Load(x + (2 * fromStep)), g3 = Vector256.Load(x + (3 * fromStep)),
                g4 = Vector256.Load(x + (4 * fromStep));
            g0.Store(y);
            var even = All(ScaleA) * (g0 + (All(A2) * g2) + (All(A2 * A2) * g4));
            var odd = All(ScaleA * A) * (g1 + (All(A2) * g3));
            (even + odd).Store(y + toStep);
            (even - odd).Store(y + (2 * toStep));
            even = All(ScaleB) * (g0 + (All(B2) * g2) + (All(B2 * B2) * g4));
            odd = All(ScaleB * B) * (g1 + (All(B2) * g3));
            (even + odd).Store(y + (3 * toStep));
            (even - odd).Store(y + (4 * toStep));
            g4.Store(y + (5 * toStep));
        }
    }

    /// <summary>Gᵀ: the gradient of six points to that of five taps.</summary>
    public readonly struct FilterBack : ITransform
    {
        public static int From => 6;

        public static int To => 5;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Apply(float* x, nint fromStep, float* y, nint toStep)
        {
            Vector256<float> a = Vector256.Load(x + fromStep), minusA = Vector256.Load(x + (2 * fromStep)),
                b = Vector256.Load(x + (3 * fromStep)), minusB = Vector256.Load(x + (4 * fromStep));
            Vector256<float> evenA = All(ScaleA) * (a + minusA), oddA = All(ScaleA * A) * (a - minusA),
                evenB = All(ScaleB) * (b + minusB), oddB = All(ScaleB * B) * (b - minusB);
            (Vector256.Load(x) + evenA + evenB).Store(y);
            (oddA + oddB).Store(y + toStep);
            ((All(A2) * evenA) + (All(B2) * evenB)).Store(y + (2 * toStep));
            ((All(A2) * oddA) + (All(B2) * oddB)).Store(y + (3 * toStep));
            ((All(A2 * A2) * evenA) + (All(B2 * B2) * evenB) + Vector256.Load(x + (5 * fromStep)))
                .Store(y + (4 * toStep));
        }
    }
}
