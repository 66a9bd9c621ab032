using TorchSharp;
using static TorchSharp.torch.nn;

namespace Gsr.Models;

/// <summary>Dropout from a given random state, which stays the caller's.</summary>
internal sealed class OwnDropout : Module<torch.Tensor, torch.Tensor>
{
    private readonly double _probability;
    private readonly torch.Generator _random;
    private readonly Scalar _factor;

    public OwnDropout(double probability, torch.Generator random)
        : base(nameof(OwnDropout)) =>
        (_probability, _random, _factor) = (probability, random, 1 / (1 - probability));

    public override torch.Tensor forward(torch.Tensor input)
    {
        if (!training || _probability == 0) return input.alias();
        // Drawn on the CPU, where the state is.
        using var scope = torch.NewDisposeScope();
        var kept = torch.empty(input.shape).bernoulli_(1 - _probability, _random).mul_(_factor);
        return input.mul(kept.to(input.dtype, input.device)).MoveToOuterDisposeScope();
    }
}
