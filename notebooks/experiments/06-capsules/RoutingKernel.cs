using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TorchSharp;

namespace Gsr.Experiments.Capsules;

/// <summary>Sizes of one routing.</summary>
internal readonly record struct RoutingSizes(
    long Examples, long Below, long BelowDimensions, long Above, long AboveDimensions)
{
    /// <summary>Values of all predictions of one capsule below.</summary>
    public int Width => (int)(Above * AboveDimensions);
}

/// <summary>
/// Routing by agreement on a CPU, vectorised. Forward, a few examples at a time have their predictions made, used in
/// all iterations and forgotten, so that they never leave the processor's cache; backward, the gradients of one capsule
/// below are made at a time.
/// </summary>
/// <remarks>
/// Its loops are compiled with full optimisation at once: the runtime's first, unoptimised code would show in short
/// runs.
/// </remarks>
internal static unsafe class RoutingKernel
{
    // Of predictions held at once: most of a core's own cache on current processors.
    private const long CacheBytes = 768 * 1024;

    /// <summary>s and the last couplings c; all tensors contiguous, of type T.</summary>
    public static void Forward<T>(
        torch.Tensor u, torch.Tensor w, torch.Tensor s, torch.Tensor c, RoutingSizes sizes, int iterations)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (byte* pu = u.bytes, pw = w.bytes, ps = s.bytes, pc = c.bytes)
        {
            T* capsules = (T*)pu, weights = (T*)pw, sums = (T*)ps, couplings = (T*)pc;
            var predictionBytes = sizes.Below * sizes.Width * sizeof(T);
            var block = (int)Math.Clamp(CacheBytes / predictionBytes, 1, sizes.Examples);
            var blocks = (int)((sizes.Examples + block - 1) / block);
            OnThreads(blocks, (from, to) =>
            {
                var predictions = (T*)NativeMemory.AlignedAlloc((nuint)(block * predictionBytes), 64);
                try
                {
                    for (var b = from; b < to; b++)
                    {
                        var first = (long)b * block;
                        var count = (int)Math.Min(block, sizes.Examples - first);
                        Predict(capsules + (first * sizes.Below * sizes.BelowDimensions), weights, predictions, sizes,
                            count);
                        for (var e = 0; e < count; e++)
                        {
                            Route(predictions + (e * sizes.Below * sizes.Width), sums + ((first + e) * sizes.Width),
                                couplings + ((first + e) * sizes.Below * sizes.Above), sizes, iterations);
                        }
                    }
                }
                finally
                {
                    NativeMemory.AlignedFree(predictions);
                }
            });
        }
    }

    /// <summary>
    /// With fixed couplings ∂/∂û_{j|i} = c_ij g_j, from which ∂/∂u_i = Σ_j W_ij ∂û_{j|i} and ∂/∂W_ij = u_iᵀ ∂û_{j|i};
    /// gradientW is zero at first.
    /// </summary>
    public static void Backward<T>(
        torch.Tensor u, torch.Tensor w, torch.Tensor c, torch.Tensor g, torch.Tensor gradientU, torch.Tensor gradientW,
        RoutingSizes sizes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (byte* pu = u.bytes, pw = w.bytes, pc = c.bytes, pg = g.bytes, pgu = gradientU.bytes,
            pgw = gradientW.bytes)
        {
            T* capsules = (T*)pu, weights = (T*)pw, couplings = (T*)pc, outer = (T*)pg, ofCapsules = (T*)pgu,
                ofWeights = (T*)pgw;
            OnThreads(
                (int)sizes.Below, (from, to) =>
                    Backward(capsules, weights, couplings, outer, ofCapsules, ofWeights, sizes, from, to));
        }
    }

    /// <summary>The gradients of some capsules below, for all examples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Backward<T>(
        T* capsules, T* weights, T* couplings, T* outer, T* ofCapsules, T* ofWeights, RoutingSizes sizes, int from,
        int to)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (above, dimensions, below, belowDimensions) = (
            (int)sizes.Above, (int)sizes.AboveDimensions, sizes.Below, sizes.BelowDimensions);
        var ofPrediction = stackalloc T[sizes.Width];
        for (long i = from; i < to; i++)
        {
            for (long e = 0; e < sizes.Examples; e++)
            {
                var coupling = couplings + (((e * below) + i) * above);
                for (var j = 0; j < above; j++)
                    Scale(ofPrediction + (j * dimensions), outer + (((e * above) + j) * dimensions), coupling[j],
                        dimensions);
                for (long k = 0; k < belowDimensions; k++)
                {
                    var (at, row) = (
                        (((e * below) + i) * belowDimensions) + k, ((i * belowDimensions) + k) * sizes.Width);
                    ofCapsules[at] = Dot(ofPrediction, weights + row, sizes.Width);
                    AddScaled(ofWeights + row, ofPrediction, capsules[at], sizes.Width);
                }
            }
        }
    }

    /// <summary>û of some examples: the weights of a capsule below are read once for all of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Predict<T>(T* u, T* w, T* predictions, RoutingSizes sizes, int examples)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (long i = 0; i < sizes.Below; i++)
        {
            for (var e = 0; e < examples; e++)
            {
                var prediction = predictions + (((e * sizes.Below) + i) * sizes.Width);
                var capsule = u + (((e * sizes.Below) + i) * sizes.BelowDimensions);
                var weights = w + (i * sizes.BelowDimensions * sizes.Width);
                Scale(prediction, weights, capsule[0], sizes.Width);
                for (long k = 1; k < sizes.BelowDimensions; k++)
                    AddScaled(prediction, weights + (k * sizes.Width), capsule[k], sizes.Width);
            }
        }
    }

    /// <summary>All iterations for one example.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Route<T>(T* predictions, T* s, T* c, RoutingSizes sizes, int iterations)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (below, above, dimensions, width) = (
            (int)sizes.Below, (int)sizes.Above, (int)sizes.AboveDimensions, sizes.Width);
        var logits = new T[below * above];
        new Span<T>(c, below * above).Fill(T.One / T.CreateChecked(above));
        for (var r = 1; ; r++)
        {
            new Span<T>(s, width).Clear();
            for (var i = 0; i < below; i++)
            {
                for (var j = 0; j < above; j++)
                {
                    AddScaled(
                        s + (j * dimensions), predictions + ((long)i * width) + (j * dimensions), c[(i * above) + j],
                        dimensions);
                }
            }

            if (r == iterations) return;
            Agree(predictions, s, c, logits, sizes);
        }
    }

    /// <summary>
    /// b ← b + û · squash(s), and the couplings that follow. The squash is a factor of the sum of each capsule above.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Agree<T>(T* predictions, T* s, T* c, T[] logits, RoutingSizes sizes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (below, above, dimensions, width) = (
            (int)sizes.Below, (int)sizes.Above, (int)sizes.AboveDimensions, sizes.Width);
        var factors = stackalloc T[above];
        for (var j = 0; j < above; j++)
        {
            var square = Dot(s + (j * dimensions), s + (j * dimensions), dimensions);
            factors[j] = T.Sqrt(square + T.CreateChecked(1e-8)) / (T.One + square);
        }

        for (var i = 0; i < below; i++)
        {
            var (row, highest) = (i * above, T.NegativeInfinity);
            for (var j = 0; j < above; j++)
            {
                logits[row + j] += factors[
                    j] * Dot(predictions + ((long)i * width) + (j * dimensions), s + (j * dimensions), dimensions);
                highest = T.Max(highest, logits[row + j]);
            }

            for (var j = 0; j < above; j++) c[row + j] = logits[row + j] - highest;
        }

        Exponentials(c, below * above);
        for (var i = 0; i < below; i++)
        {
            var total = T.Zero;
            for (var j = 0; j < above; j++) total += c[(i * above) + j];
            for (var j = 0; j < above; j++) c[(i * above) + j] /= total;
        }
    }

    private static void OnThreads(int count, Action<int, int> run)
    {
        var threads = Math.Min(torch.get_num_threads(), count);
        if (threads <= 1) run(0, count);
        else Parallel.For(
            0, threads, t => run((int)((long)count * t / threads), (int)((long)count * (t + 1) / threads)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Exponentials<T>(T* values, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var i = 0;
        if (typeof(T) == typeof(float))
        {
            for (; i <= count - Vector512<float>.Count; i += Vector512<float>.Count)
                Vector512.Exp(Vector512.Load((float*)values + i)).Store((float*)values + i);
        }

        for (; i < count; i++) values[i] = T.Exp(values[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scale<T>(T* target, T* source, T factor, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var i = 0;
        for (; i <= count - Vector512<T>.Count; i += Vector512<T>.Count) (Vector512.Load(source + i) * factor)
            .Store(target + i);
        for (; i < count; i++) target[i] = source[i] * factor;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddScaled<T>(T* target, T* source, T factor, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var i = 0;
        var factors = Vector512.Create(factor);
        for (; i <= count - Vector512<T>.Count; i += Vector512<T>.Count)
            Fused(Vector512.Load(source + i), factors, Vector512.Load(target + i)).Store(target + i);
        for (; i < count; i++) target[i] += source[i] * factor;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Dot<T>(T* a, T* b, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var i = 0;
        var sums = Vector512<T>.Zero;
        for (; i <= count - Vector512<T>.Count; i += Vector512<T>.Count)
            sums = Fused(Vector512.Load(a + i), Vector512.Load(b + i), sums);
        var sum = Vector512.Sum(sums);
        for (; i < count; i++) sum += a[i] * b[i];
        return sum;
    }

    /// <summary>a · b + c, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Fused<T>(Vector512<T> a, Vector512<T> b, Vector512<T> c) => typeof(T) == typeof(float)
        ? Vector512.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
        : Vector512.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();
}
