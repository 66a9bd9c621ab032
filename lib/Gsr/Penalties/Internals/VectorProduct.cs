using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Gsr.Graphs;
using TorchSharp;

namespace Gsr.Penalties;

/// <summary>
/// What the vectorised kernels share: precision, examples in parallel, and the last step to the gradient.
/// </summary>
internal abstract unsafe class VectorProduct : QuadraticProduct
{
    /// <summary>Multiply-adds below which waking a second thread costs more than it saves.</summary>
    private const long ParallelFrom = 1 << 22;

    private readonly float[] _single;
    private readonly double[] _double;

    /// <summary>Keeps a kernel's coefficients in both precisions.</summary>
    protected VectorProduct(CsrMatrix matrix, double[] coefficients)
        : base(matrix) => (_double, _single) = (coefficients, Array.ConvertAll(coefficients, value => (float)value));

    /// <summary>Multiply-adds per example.</summary>
    protected abstract long WorkPerExample { get; }

    /// <summary>How many examples a kernel call takes at once.</summary>
    protected abstract int BlockSize<T>()
        where T : unmanaged;

    /// <summary>
    /// y = scale · S z for at most <see cref="BlockSize{T}"/> examples [rows, nodes]; leaves zᵀSz of each in <paramref
    /// name="forms"/>.
    /// </summary>
    protected abstract void Multiply<T>(T* z, T* y, int rows, T scale, double* forms, T* coefficients)
        where T : unmanaged, IFloatingPointIeee754<T>;

    protected sealed override double EvaluateOnCpu(
        torch.Tensor z, torch.Tensor gradient, PenaltyForm form, double weight) =>
        z.dtype == torch.ScalarType.Float32
            ? Evaluate<float>(z, gradient, form, weight)
            : Evaluate<double>(z, gradient, form, weight);

    private double Evaluate<T>(torch.Tensor zTensor, torch.Tensor gradientTensor, PenaltyForm form, double weight)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var batch = checked((int)zTensor.shape[0]);
        var block = BlockSize<T>();
        var blocks = (batch + block - 1) / block;
        var scale = 2 * weight / batch;
        var sums = new double[blocks];
        var held = (T[])(object)(typeof(T) == typeof(float) ? _single : _double);
        fixed (byte* zBytes = zTensor.bytes, yBytes = gradientTensor.bytes)
        fixed (T* heldBytes = held)
        {
            var (z, y, coefficients) = ((nint)zBytes, (nint)yBytes, (nint)heldBytes);
            var threads = Math.Min(blocks, torch.get_num_threads());
            if (threads > 1 && WorkPerExample * batch >= ParallelFrom)
                Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = threads }, One);
            else
                for (var i = 0; i < blocks; i++) One(i);

            void One(int index)
            {
                var first = index * block;
                var rows = Math.Min(block, batch - first);
                var at = (nint)first * Size;
                sums[index] = Block((T*)z + at, (T*)y + at, rows, form, scale, (T*)coefficients);
            }
        }

        // Summed in the order of the examples: the same value for any number of threads.
        double sum = 0;
        foreach (var part in sums) sum += part;
        return sum / batch;
    }

    private double Block<T>(T* z, T* y, int rows, PenaltyForm form, double scale, T* coefficients)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var forms = stackalloc double[rows];
        var quotient = form == PenaltyForm.RayleighQuotient;
        Multiply(z, y, rows, quotient ? T.One : T.CreateTruncating(scale), forms, coefficients);
        double sum = 0;
        for (var row = 0; row < rows; row++)
            sum += quotient
                ? FinishQuotient(z + ((nint)row * Size), y + ((nint)row * Size), forms[row], scale)
                : forms[row];
        return sum;
    }

    /// <summary>From y = S z to the gradient of zᵀSz / zᵀz: (2/e) (S z - (q/e) z), with q = zᵀSz and e = zᵀz.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double FinishQuotient<T>(T* z, T* y, double form, double scale)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var energy = double.CreateTruncating(Dot(z, z, Size));
        var inverse = energy > 0 ? 1 / energy : 0;
        var quotient = form * inverse;
        var factor = T.CreateTruncating(scale * inverse);
        var shift = T.CreateTruncating(quotient);
        for (var i = 0; i < Size; i++) y[i] = factor * (y[i] - shift * z[i]);
        return quotient;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Dot<T>(T* a, T* b, int length)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var sum = Vector512<T>.Zero;
        var i = 0;
        for (; i <= length - Vector512<T>.Count; i += Vector512<T>.Count)
            sum += Vector512.Load(a + i) * Vector512.Load(b + i);
        var total = Vector512.Sum(sum);
        for (; i < length; i++) total += a[i] * b[i];
        return total;
    }

    /// <summary>a · b + c, fused where the processor can.</summary>
    protected static Vector512<T> MultiplyAdd<T>(Vector512<T> a, Vector512<T> b, Vector512<T> c)
    {
        return typeof(T) == typeof(float)
            ? Vector512.MultiplyAddEstimate(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
            : Vector512.MultiplyAddEstimate(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();
    }

    /// <summary>A work area of one thread, grown as needed, aligned for vectors and freed with its thread.</summary>
    protected static T* Scratch<T>(ref byte[]? held, int count)
        where T : unmanaged
    {
        const int Alignment = 64;
        var bytes = checked((count * sizeof(T)) + Alignment);
        if (held is null || held.Length < bytes) held = GC.AllocateUninitializedArray<byte>(bytes, pinned: true);
        var start = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(held));
        return (T*)((start + Alignment - 1) & ~(nint)(Alignment - 1));
    }
}
