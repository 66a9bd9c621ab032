using Gsr.Penalties;
using TorchSharp;

namespace Gsr.Training;

/// <summary>A penalty of known gradient on one layer of a dense model.</summary>
internal sealed unsafe class AttachedPenalty : IDisposable
{
    private readonly PenaltyAttachment _attachment;
    private readonly int _layer;
    private readonly int _chunk;
    private torch.Tensor? _values;
    private torch.Tensor? _gradient;
    private double _sum;
    private int _examples;

    public AttachedPenalty(PenaltyAttachment attachment, int layer, int chunk) =>
        (_attachment, _layer, _chunk) = (attachment, layer, chunk);

    public string Name => _attachment.Name;

    /// <summary>α at this step.</summary>
    public double Weight { get; private set; }

    /// <summary>The penalty of this step, mean over its examples, without the weight.</summary>
    public double Value => _sum / _examples;

    public void BeginStep(long step)
    {
        Weight = _attachment.Weight.At(step);
        (_sum, _examples) = (0, 0);
    }

    /// <summary>Sees a layer's values, [examples, stride], and keeps the gradient of its mean over these.</summary>
    public void Evaluate(int layer, float* rows, int stride, int count, int width)
    {
        if (layer != _layer || Weight <= 0) return;
        _values ??= torch.empty(_chunk, width).DetachFromDisposeScope();
        _gradient ??= torch.empty(_chunk, width).DetachFromDisposeScope();
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
        _sum += count * ((IKnownGradient)_attachment.Penalty).Evaluate(z, gradient, Weight);
        _examples += count;
    }

    /// <summary>Adds what was kept to the gradient of the layer's values, [features, chunk].</summary>
    public void AddGradient(int layer, float* gradient, int count, int batch, int width)
    {
        if (layer != _layer || Weight <= 0) return;
        var share = (float)count / batch;
        fixed (byte* bytes = _gradient!.bytes)
        {
            var own = (float*)bytes;
            for (var i = 0; i < count; i++)
                for (var j = 0; j < width; j++)
                    gradient[((nint)j * _chunk) + i] += share * own[((nint)i * width) + j];
        }
    }

    public void Dispose()
    {
        _values?.Dispose();
        _gradient?.Dispose();
    }
}
