using TorchSharp;
using static TorchSharp.torch.nn;

namespace Gsr.Experiments.Capsules;

/// <summary>
/// The upper capsules, one per class, routed to by agreement. Its output, [n, classes, dimensions], is what a penalty sees:
/// node class · dimensions + d is dimension d of a class's capsule.
/// </summary>
internal sealed class DigitCapsules : Module<torch.Tensor, torch.Tensor>
{
    private readonly TorchSharp.Modules.Parameter weight;
    private readonly CapsuleNetworkOptions _options;

    /// <summary>Makes the layer with normal weights.</summary>
    public DigitCapsules(CapsuleNetworkOptions options)
        : base(nameof(DigitCapsules))
    {
        _options = options;
        // With equal couplings a sum over m primary capsules of length about 1 starts with length about 1 in each class.
        var deviation = options.Classes * Math.Sqrt(1.0 / (options.PrimaryCapsules * options.Dimensions));
        using var scope = torch.NewDisposeScope();
        weight = new TorchSharp.Modules.Parameter(torch.randn(options.PrimaryCapsules, options.PrimaryDimensions, options.Classes * options.Dimensions)
            .mul_(deviation).DetachFromDisposeScope());
        RegisterComponents();
    }

    /// <summary>From primary capsules [n, below, dimensions below] to the classes' capsules [n, classes, dimensions].</summary>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var sums = RoutingByAgreement.Route(input, weight, _options.Classes, _options.Routings, _options.GradientThroughRouting);
        return Squash.Of(sums).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) weight.Dispose();
        base.Dispose(disposing);
    }
}
