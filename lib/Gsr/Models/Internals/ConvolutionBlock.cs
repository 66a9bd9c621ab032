using System.Runtime.Intrinsics;
using Gsr.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace Gsr.Models;

/// <summary>
/// A convolution with what follows it, max-pooling of two by two pixels and an activation, in Float32 on a CPU as one
/// node, and by libtorch else. Its parameters are named, and drawn, as those of libtorch's own convolution.
/// </summary>
/// <remarks>
/// The activation comes after the pooling: for a function that never falls it gives the same as before it, at a quarter
/// of the work.
/// </remarks>
internal sealed class ConvolutionBlock : Module<torch.Tensor, torch.Tensor>, IFusedModule
{
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly int _stride;
    private readonly int _padding;
    private readonly bool _pools;
    private readonly Activation _activation;
    private ConvolutionShape? _shape;

    /// <summary>Draws weights from libtorch's random state; the activation is none, ReLU or leaky ReLU.</summary>
    public ConvolutionBlock(
        int channels, int filters, int kernel, Activation activation, int stride = 1, int padding = 0,
        bool pools = false)
        : base(nameof(ConvolutionBlock))
    {
        Arguments.Require(
            activation is Activation.None or Activation.ReLU or Activation.LeakyReLU, nameof(activation),
            $"activation is {activation}; a convolution takes None, ReLU or LeakyReLU.");
        (_stride, _padding, _pools, _activation) = (stride, padding, pools, activation);
        using var drawn = Conv2d(channels, filters, kernel, stride: stride, padding: padding);
        using var noGradient = torch.no_grad();
        (weight, bias) = (Copy(drawn.weight), Copy(drawn.bias!));
        RegisterComponents();
        IsFused = IsFasterFused;
    }

    /// <inheritdoc/>
    public bool IsFused { get; set; }

    /// <inheritdoc/>
    /// <remarks>With AVX-512 libtorch's own convolution is as fast: there only the pooling gains.</remarks>
    public bool IsFasterFused => _pools || !Vector512.IsHardwareAccelerated;

    /// <summary>From images [n, channels, height, width] to [n, filters, …]; the caller owns the result.</summary>
    public override torch.Tensor forward(torch.Tensor input)
    {
        if (IsFused && Suits(input))
        {
            var slope = _activation switch { Activation.None => 1, Activation.ReLU => 0, _ => LeakyReLU.Slope };
            return ConvolutionNode.Run(input, weight, bias, ShapeFor(input), slope);
        }

        using var scope = torch.NewDisposeScope();
        var result = conv2d(input, weight, bias, strides: [_stride, _stride], padding: [_padding, _padding]);
        if (_pools) result = max_pool2d(result, 2);
        result = _activation switch
        {
            Activation.None => result,
            Activation.ReLU => relu(result),
            _ => LeakyReLU.Of(result),
        };
        return result.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            weight.Dispose();
            bias.Dispose();
        }

        base.Dispose(disposing);
    }

    private static Parameter Copy(torch.Tensor drawn) => new(drawn.detach().clone().DetachFromDisposeScope());

    private bool Suits(torch.Tensor input) =>
        input.dtype == torch.ScalarType.Float32 && weight.dtype == torch.ScalarType.Float32
            && input.device_type == DeviceType.CPU && weight.device_type == DeviceType.CPU
            && input.dim() == 4 && input.shape[0] > 0 && input.shape[1] == weight.shape[1]
            && Math.Min(input.shape[2], input.shape[3]) + (2 * _padding)
                >= weight.shape[2] + (_pools ? _stride : 0);

    private ConvolutionShape ShapeFor(torch.Tensor input)
    {
        var (height, width) = ((int)input.shape[2], (int)input.shape[3]);
        if (_shape is not { } shape || shape.Height != height || shape.Width != width)
        {
            var sizes = weight.shape;
            _shape = shape = new ConvolutionShape(
                (int)sizes[1], height, width, (int)sizes[0], (int)sizes[2], _stride, _padding, _pools);
        }

        return shape;
    }
}
