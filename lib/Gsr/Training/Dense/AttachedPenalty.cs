using Gsr.Penalties;
using TorchSharp;

namespace Gsr.Training;

/// <summary>A penalty of known gradient on one layer of a dense model.</summary>
/// <param name="name">Of its term.</param>
/// <param name="layer">From 0.</param>
/// <param name="penalty">The penalty.</param>
/// <param name="weightAt">α at a step.</param>
/// <param name="chunk">Examples at once, at most.</param>
internal sealed unsafe class AttachedPenalty(
    string name, int layer, IKnownGradient penalty, Func<long, double> weightAt, int chunk) : IDisposable
{
    private torch.Tensor? _values;
    private torch.Tensor? _gradient;
    private double _sum;
    private int _examples;

    public string Name => name;

    /// <summary>α at this step.</summary>
    public double Weight { get; private set; }

    /// <summary>The penalty of this step, mean over its examples, without the weight.</summary>
    public double Value => _sum / _examples;

    public void BeginStep(long step)
    {
        Weight = weightAt(step);
        (_sum, _examples) = (0, 0);
    }

    /// <summary>Sees a layer's values, [examples, stride], and keeps the gradient of its mean over these.</summary>
    public void Evaluate(int of, float* rows, int stride, int count, int width)
    {
        if (of != layer || Weight <= 0) return;
        _values ??= torch.empty(chunk, width).DetachFromDisposeScope();
        _gradient ??= torch.empty(chunk, width).DetachFromDisposeScope();
        fixed (byte* values = _values.bytes)
        {
            for (var i = 0; i < count; i++)
            {
                new ReadOnlySpan<float>(rows + ((nint)i * stride), width).CopyTo(
                    new Span<float>((float*)values + ((nint)i * width), width));
            }
        }

        using var z = _values.narrow(0, 0, count);
        using var gradient = _gradient.narrow(0, 0, count);
        _sum += count * penalty.Evaluate(z, gradient, Weight);
        _examples += count;
    }

    /// <summary>Adds what was kept to the gradient of the layer's values, [features, chunk].</summary>
    public void AddGradient(int of, float* gradient, int count, int batch, int width)
    {
        if (of != layer || Weight <= 0) return;
        var share = (float)count / batch;
        fixed (byte* bytes = _gradient!.bytes)
        {
            var own = (float*)bytes;
            for (var i = 0; i < count; i++)
                for (var j = 0; j < width; j++)
                    gradient[((nint)j * chunk) + i] += share * own[((nint)i * width) + j];
        }
    }

    public void Dispose()
    {
        _values?.Dispose();
        _gradient?.Dispose();
    }
}
