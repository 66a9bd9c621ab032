using Gsr.Native;
using Gsr.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace Gsr.Experiments.Capsules;

/// <summary>
/// The capsules' non-linearity: v = |s|²/(1 + |s|²) · s/|s|, which keeps the direction and brings the length into [0,
/// 1) (Sabour, Frosst and Hinton 2017, equation 1).
/// </summary>
internal static class Squash
{
    // The length's gradient at 0 would be 0/0; a ten-thousandth is far below any length that counts.
    private static readonly Scalar Smallest = 1e-8;

    /// <summary>Squashes vectors […, dimensions].</summary>
    public static torch.Tensor Of(torch.Tensor vectors)
    {
        using var scope = torch.NewDisposeScope();
        var squares = vectors.Squared().sum(-1, keepdim: true);
        var length = squares.add(Smallest, Scalars.One).sqrt();
        return vectors.mul(length.div(squares.add(Scalars.One, Scalars.One))).MoveToOuterDisposeScope();
    }

    /// <summary>From vectors […, dimensions] to their lengths […].</summary>
    public static torch.Tensor Length(torch.Tensor vectors)
    {
        using var scope = torch.NewDisposeScope();
        return vectors.Squared().sum(-1).add(Smallest, Scalars.One).sqrt().MoveToOuterDisposeScope();
    }
}

/// <summary>
/// The lowest capsules: a convolution whose channels are taken in groups, one group per kind of capsule, so that each
/// place has one vector of each kind; then the squash.
/// </summary>
internal sealed class PrimaryCapsules : Module<torch.Tensor, torch.Tensor>
{
    private readonly Conv2d convolution;
    private readonly long _kinds;
    private readonly long _dimensions;

    public PrimaryCapsules(CapsuleNetworkOptions options)
        : base(nameof(PrimaryCapsules))
    {
        (_kinds, _dimensions) = (options.PrimaryChannels, options.PrimaryDimensions);
        convolution = Conv2d(
            options.Channels, options.PrimaryChannels * options.PrimaryDimensions, options.Kernel, stride: 2);
        RegisterComponents();
    }

    /// <summary>From [n, channels, height, width] to capsules [n, kinds · places, dimensions], kind by kind.</summary>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var convolved = FusedConvolution.Of(input, convolution, isPooled: false, slope: 1) ?? convolution.call(input);
        var places = convolved.shape[2] * convolved.shape[3];
        var capsules = convolved.reshape(-1, _kinds, _dimensions, places).transpose(2, 3)
            .reshape(-1, _kinds * places, _dimensions);
        return Squash.Of(capsules).MoveToOuterDisposeScope();
    }
}

/// <summary>The upper capsules, one per class, routed to by agreement.</summary>
internal sealed class DigitCapsules : Module<torch.Tensor, torch.Tensor>
{
    private readonly Parameter weight;
    private readonly CapsuleNetworkOptions _options;

    public DigitCapsules(CapsuleNetworkOptions options)
        : base(nameof(DigitCapsules))
    {
        _options = options;
        // With equal couplings a sum over m primary capsules of length about 1 starts with about length 1 per class.
        var deviation = options.Classes * Math.Sqrt(1.0 / (options.PrimaryCapsules * options.Dimensions));
        using var scope = torch.NewDisposeScope();
        var values = torch.randn(
            options.PrimaryCapsules, options.PrimaryDimensions, options.Classes * options.Dimensions);
        weight = new Parameter(Scalars.With(deviation, values.mul_).DetachFromDisposeScope());
        RegisterComponents();
    }

    /// <summary>
    /// From primary capsules [n, below, dimensions below] to the classes' capsules [n, classes, dimensions].
    /// </summary>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var sums = RoutingByAgreement.Route(input, weight, _options.Classes, _options.Routings);
        return Squash.Of(sums).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) weight.Dispose();
        base.Dispose(disposing);
    }
}
