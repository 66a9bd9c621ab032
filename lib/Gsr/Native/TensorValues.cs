using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Gsr.Native;

/// <summary>The numbers of tensors on the CPU, and of matrices, row by row.</summary>
/// <remarks>
/// TorchSharp's own <c>data&lt;T&gt;().ToArray()</c> asks libtorch for the tensor's size at every number.
/// </remarks>
internal static class TensorValues
{
    /// <summary>The most numbers whose bytes a span can count, for types of up to 8 bytes.</summary>
    private const int Piece = int.MaxValue / sizeof(double);

    /// <summary>The numbers as an array.</summary>
    /// <typeparam name="T">What the tensor is of.</typeparam>
    /// <exception cref="ArgumentException">The tensor is of other numbers, or of more than an array holds.</exception>
    public static T[] ToValues<T>(this torch.Tensor tensor)
        where T : unmanaged
    {
        if (tensor.numel() > Array.MaxLength)
            throw new ArgumentException($"tensor has {tensor.numel()} numbers, which fit no array.", nameof(tensor));
        var values = new T[tensor.numel()];
        tensor.CopyTo<T>(values);
        return values;
    }

    /// <summary>The numbers of a Float64 tensor of two dimensions.</summary>
    public static double[,] ToMatrix(this torch.Tensor tensor)
    {
        var matrix = new double[tensor.shape[0], tensor.shape[1]];
        tensor.CopyTo(matrix.Numbers());
        return matrix;
    }

    /// <summary>A matrix row by row; <see cref="Buffer"/> counts its bytes, of which an int holds 2 GB.</summary>
    public static Span<T> Numbers<T>(this T[,] matrix)
        where T : unmanaged =>
        MemoryMarshal.CreateSpan(
            ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference((Array)matrix)), matrix.Length);

    /// <summary>Copies the numbers to the beginning of a span.</summary>
    /// <exception cref="ArgumentException">The tensor is of other numbers, or the span is too short.</exception>
    public static void CopyTo<T>(this torch.Tensor tensor, Span<T> target)
        where T : unmanaged
    {
        if (tensor.dtype != TypeOf<T>())
            throw new ArgumentException($"tensor is of {tensor.dtype}, not of {typeof(T).Name}.", nameof(tensor));
        using var scope = torch.NewDisposeScope();
        var flat = tensor.detach().reshape(-1).contiguous();
        var count = flat.numel();
        for (long start = 0; start < count; start += Piece)
        {
            var piece = flat.narrow(0, start, Math.Min(Piece, count - start));
            MemoryMarshal.Cast<byte, T>(piece.bytes).CopyTo(target[(int)start..]);
        }
    }

    private static torch.ScalarType TypeOf<T>()
        where T : unmanaged => default(T) switch
        {
            float => torch.float32,
            double => torch.float64,
            int => torch.int32,
            long => torch.int64,
            _ => throw new NotSupportedException($"No tensor is read as {typeof(T).Name} here."),
        };
}
