using System.Runtime.Intrinsics;

namespace Gsr.Training;

/// <summary>What the kernels need of a vector of floats, whatever its width.</summary>
internal unsafe interface ILanes<TVector>
{
    static abstract int Count { get; }

    static abstract TVector Load(float* from);

    static abstract TVector All(float value);

    /// <summary>a · b + c, fused where the processor can.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    static abstract TVector Subtract(TVector a, TVector b);

    static abstract float Sum(TVector value);

    /// <summary>Whether all numbers of both are 0.</summary>
    static abstract bool AreZero(TVector a, TVector b);

    static abstract void Store(TVector value, float* to);
}

/// <summary>AVX-512.</summary>
internal readonly unsafe struct Lanes512 : ILanes<Vector512<float>>
{
    public static int Count => 16;

    public static Vector512<float> Load(float* from) => Vector512.Load(from);

    public static Vector512<float> All(float value) => Vector512.Create(value);

    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        Vector512.MultiplyAddEstimate(a, b, c);

    public static Vector512<float> Subtract(Vector512<float> a, Vector512<float> b) => a - b;

    public static float Sum(Vector512<float> value) => Vector512.Sum(value);

    public static bool AreZero(Vector512<float> a, Vector512<float> b) => (a | b) == Vector512<float>.Zero;

    public static void Store(Vector512<float> value, float* to) => value.Store(to);
}

/// <summary>AVX2 and FMA.</summary>
internal readonly unsafe struct Lanes256 : ILanes<Vector256<float>>
{
    public static int Count => 8;

    public static Vector256<float> Load(float* from) => Vector256.Load(from);

    public static Vector256<float> All(float value) => Vector256.Create(value);

    public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
        Vector256.MultiplyAddEstimate(a, b, c);

    public static Vector256<float> Subtract(Vector256<float> a, Vector256<float> b) => a - b;

    public static float Sum(Vector256<float> value) => Vector256.Sum(value);

    public static bool AreZero(Vector256<float> a, Vector256<float> b) => (a | b) == Vector256<float>.Zero;

    public static void Store(Vector256<float> value, float* to) => value.Store(to);
}

/// <summary>Any other processor: Arm's NEON, SSE, or none at all.</summary>
internal readonly unsafe struct Lanes128 : ILanes<Vector128<float>>
{
    public static int Count => 4;

    public static Vector128<float> Load(float* from) => Vector128.Load(from);

    public static Vector128<float> All(float value) => Vector128.Create(value);

    public static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> c) =>
        Vector128.MultiplyAddEstimate(a, b, c);

    public static Vector128<float> Subtract(Vector128<float> a, Vector128<float> b) => a - b;

    public static float Sum(Vector128<float> value) => Vector128.Sum(value);

    public static bool AreZero(Vector128<float> a, Vector128<float> b) => (a | b) == Vector128<float>.Zero;

    public static void Store(Vector128<float> value, float* to) => value.Store(to);
}
