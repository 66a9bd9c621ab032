using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace Gsr.Experiments.Capsules;

/// <summary>
/// The lowest capsules: a convolution whose channels are taken in groups, one group per kind of capsule, so that each place has
/// one vector of each kind; then the squash.
/// </summary>
internal sealed class PrimaryCapsules : Module<torch.Tensor, torch.Tensor>
{
    private readonly Conv2d convolution;
    private readonly long _kinds;
    private readonly long _dimensions;

    /// <summary>Makes the layer with libtorch's initial weights.</summary>
    public PrimaryCapsules(CapsuleNetworkOptions options)
        : base(nameof(PrimaryCapsules))
    {
        (_kinds, _dimensions) = (options.PrimaryChannels, options.PrimaryDimensions);
        convolution = Conv2d(options.Channels, _kinds * _dimensions, options.Kernel, stride: options.PrimaryStride);
        RegisterComponents();
    }

    /// <summary>From [n, channels, height, width] to capsules [n, kinds · places, dimensions], kind by kind.</summary>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var convolved = convolution.call(input);
        var places = convolved.shape[2] * convolved.shape[3];
        var capsules = convolved.reshape(-1, _kinds, _dimensions, places).transpose(2, 3).reshape(-1, _kinds * places, _dimensions);
        return Squash.Of(capsules).MoveToOuterDisposeScope();
    }
}
