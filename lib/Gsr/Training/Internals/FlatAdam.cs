using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TorchSharp;
using TorchSharp.Modules;

namespace Gsr.Training;

/// <summary>
/// Adam (Kingma &amp; Ba 2015, algorithm 1) in one vectorised pass: parameters, gradients and both moments lie in four
/// flat buffers, of which the model's tensors become views. At small batches most of a step's time is the optimiser's
/// calls into libtorch, one group per parameter; this makes none.
/// </summary>
/// <remarks>
/// The same update as torch.optim.Adam, θ ← θ - η m̂ / (√v̂ + ε) with m̂ = m/(1 - β₁ᵗ), v̂ = v/(1 - β₂ᵗ), and, with
/// <c>weightDecay</c> λ, the gradient g + λθ. CPU only; all parameters of one floating-point type. The pass also clears
/// the gradients, so <c>zero_grad</c> is not needed.
/// </remarks>
internal sealed unsafe class FlatAdam : IDisposable
{
    private const int ParallelFrom = 1 << 18;
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;
    private readonly Parameter[] _trained;
    private readonly torch.Tensor _parameters;
    private readonly torch.Tensor _gradients;
    private readonly torch.Tensor _first;
    private readonly torch.Tensor _second;
    private readonly long _count;
    private readonly double _weightDecay;
    private long _steps;

    /// <summary>Moves the parameters into one flat buffer; their values and identity stay.</summary>
    public FlatAdam(IEnumerable<Parameter> parameters, double learningRate = 1e-3, double weightDecay = 0)
    {
        Arguments.Positive(learningRate, nameof(learningRate));
        ArgumentOutOfRangeException.ThrowIfNegative(weightDecay);
        (LearningRate, _weightDecay) = (learningRate, weightDecay);
        _trained = [.. parameters.Where(p => p.requires_grad).Distinct()];
        if (_trained.Length == 0)
            throw new ArgumentException("There is no parameter that requires a gradient.", nameof(parameters));
        var type = _trained[0].dtype;
        foreach (var parameter in _trained)
        {
            if (!Supports(parameter) || parameter.dtype != type)
            {
                throw new ArgumentException(
                    $"A parameter is {parameter.dtype} on {parameter.device}; all must be "
                    + $"{torch.ScalarType.Float32} or all {torch.ScalarType.Float64}, on the CPU.",
                    nameof(parameters));
            }
        }

        _count = _trained.Sum(p => p.numel());
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        _parameters = torch.empty(_count, dtype: type).DetachFromDisposeScope();
        _gradients = torch.zeros(_count, dtype: type).DetachFromDisposeScope();
        _first = torch.zeros(_count, dtype: type).DetachFromDisposeScope();
        _second = torch.zeros(_count, dtype: type).DetachFromDisposeScope();
        long start = 0;
        foreach (var parameter in _trained)
        {
            var view = View(_parameters, parameter, ref start);
            view.copy_(parameter);
            parameter.set_(view);
        }

        TakeGradients();
    }

    /// <summary>η; may be changed between steps.</summary>
    public double LearningRate { get; set; }

    /// <summary>True for parameters that this optimiser can take: on the CPU, Float32 or Float64.</summary>
    public static bool Supports(Parameter parameter) =>
        parameter.device_type == DeviceType.CPU
            && parameter.dtype is torch.ScalarType.Float32 or torch.ScalarType.Float64;

    /// <summary>Where a parameter begins in the flat buffers; -1 for one that is not trained.</summary>
    public int StartOf(Parameter parameter)
    {
        long start = 0;
        foreach (var trained in _trained)
        {
            if (ReferenceEquals(trained, parameter)) return checked((int)start);
            start += trained.numel();
        }

        return -1;
    }

    /// <summary>The parameters, of Float32.</summary>
    public Span<float> Parameters() => MemoryMarshal.Cast<byte, float>(_parameters.bytes);

    /// <summary>The gradients, of Float32, to be added to.</summary>
    public Span<float> Gradients()
    {
        if (!HoldsGradients()) TakeGradients();
        return MemoryMarshal.Cast<byte, float>(_gradients.bytes);
    }

    /// <summary>Updates the parameters from their gradients and clears those.</summary>
    public void Step()
    {
        if (!HoldsGradients()) TakeGradients();
        _steps++;
        if (_parameters.dtype == torch.ScalarType.Float32) Step<float>();
        else Step<double>();
    }

    /// <summary>Frees the gradients and moments; the parameters keep their values.</summary>
    public void Dispose()
    {
        foreach (var parameter in _trained)
            if (!parameter.IsInvalid) parameter.grad = null;
        _parameters.Dispose();
        _gradients.Dispose();
        _first.Dispose();
        _second.Dispose();
    }

    private static torch.Tensor View(torch.Tensor flat, Parameter parameter, ref long start)
    {
        var view = flat.narrow(0, start, parameter.numel()).view(parameter.shape);
        start += parameter.numel();
        return view;
    }

    /// <summary>
    /// False after <c>zero_grad</c>, which takes every gradient off its parameter: one is looked at for all.
    /// </summary>
    private bool HoldsGradients()
    {
        using var gradient = _trained[0].grad;
        if (gradient is null || gradient.numel() != _trained[0].numel()) return false;
        fixed (byte* held = gradient.bytes, flat = _gradients.bytes) return held == flat;
    }

    /// <summary>Makes every gradient a view of the flat buffer, with the value that it has.</summary>
    private void TakeGradients()
    {
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        long start = 0;
        foreach (var parameter in _trained)
        {
            var view = View(_gradients, parameter, ref start);
            if (parameter.grad is { } gradient) view.copy_(gradient);
            else view.zero_();
            parameter.grad = view;
        }
    }

    private void Step<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (byte* p = _parameters.bytes, g = _gradients.bytes, m = _first.bytes, v = _second.bytes)
        {
            T* parameters = (T*)p, gradients = (T*)g, first = (T*)m, second = (T*)v;
            var threads = torch.get_num_threads();
            if (_count < ParallelFrom || threads == 1)
            {
                Pass(parameters, gradients, first, second, 0, _count);
                return;
            }

            var part = ((_count / threads) + 63) & ~63L;
            Parallel.For(0, threads, i =>
            {
                var to = i == threads - 1 ? _count : Math.Min(_count, (i + 1) * part);
                Pass(parameters, gradients, first, second, Math.Min(_count, i * part), to);
            });
        }
    }

    private void Pass<T>(T* p, T* g, T* m, T* v, long from, long to)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // θ - (η / bias₁) m / (√v / √bias₂ + ε), the order in which torch.optim.Adam rounds.
        var rate = T.CreateTruncating(LearningRate / (1 - Math.Pow(Beta1, _steps)));
        var root = T.CreateTruncating(Math.Sqrt(1 - Math.Pow(Beta2, _steps)));
        T b1 = T.CreateTruncating(Beta1), b2 = T.CreateTruncating(Beta2), epsilon = T.CreateTruncating(Epsilon);
        var decay = T.CreateTruncating(_weightDecay);
        T c1 = T.CreateTruncating(1 - Beta1), c2 = T.CreateTruncating(1 - Beta2);

        var i = from;
        for (; i <= to - Vector512<T>.Count; i += Vector512<T>.Count)
        {
            var parameter = Vector512.Load(p + i);
            var gradient = Vector512.Load(g + i) + (parameter * decay);
            var first = (Vector512.Load(m + i) * b1) + (gradient * c1);
            var second = (Vector512.Load(v + i) * b2) + (gradient * gradient * c2);
            first.Store(m + i);
            second.Store(v + i);
            (parameter - (first * rate / ((Vector512.Sqrt(second) / root) + Vector512.Create(epsilon)))).Store(p + i);
            Vector512<T>.Zero.Store(g + i);
        }

        for (; i < to; i++)
        {
            var gradient = g[i] + (p[i] * decay);
            m[i] = (m[i] * b1) + (gradient * c1);
            v[i] = (v[i] * b2) + (gradient * gradient * c2);
            p[i] -= m[i] * rate / ((T.Sqrt(v[i]) / root) + epsilon);
            g[i] = T.Zero;
        }
    }
}
