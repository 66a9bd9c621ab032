using TorchSharp;

namespace Gsr.Native;

/// <summary>
/// Numbers of the training loop as native scalars that are never freed. <c>x + y</c> and <c>x * 0.5</c> make a scalar
/// per call that the garbage collector may free while libtorch reads it (TorchSharp 0.107).
/// </summary>
internal static unsafe class Scalars
{
    public static readonly Scalar One = 1;
    public static readonly Scalar MinusOne = -1;
    public static readonly Scalar Half = 0.5;
    public static readonly Scalar Two = 2;

    /// <summary>a + b.</summary>
    public static torch.Tensor Plus(this torch.Tensor a, torch.Tensor b) => a.add(b, One);

    /// <summary>a - b.</summary>
    public static torch.Tensor Minus(this torch.Tensor a, torch.Tensor b) => a.add(b, MinusOne);

    /// <summary>a², as <c>square()</c>, which makes a scalar of its 2 at each call.</summary>
    public static torch.Tensor Squared(this torch.Tensor a) => a.pow(Two);

    /// <summary>a times a number.</summary>
    public static torch.Tensor Times(this torch.Tensor a, double factor) => With(factor, a.mul);

    /// <summary>
    /// The number of a tensor that has one, without a scalar: that of <c>ToDouble()</c> may be freed while it is read,
    /// seen once in some million steps.
    /// </summary>
    public static double Value(this torch.Tensor tensor)
    {
        using var bare = tensor.detach();
        using var one = bare.to(torch.ScalarType.Float64, torch.CPU);
        if (one.numel() != 1)
            throw new ArgumentException($"A tensor of one number is needed, not of {one.numel()}.", nameof(tensor));
        fixed (byte* value = one.bytes) return *(double*)value;
    }

    /// <summary>Calls libtorch with a number that lives until it returns.</summary>
    public static torch.Tensor With(double number, Func<Scalar, torch.Tensor> call)
    {
        Scalar scalar = number;
        var result = call(scalar);
        GC.KeepAlive(scalar);
        return result;
    }
}
