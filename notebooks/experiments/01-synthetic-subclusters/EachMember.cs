using Gsr.Penalties;
using TorchSharp;

namespace Gsr.Experiments.Subclusters;

/// <summary>
/// One penalty on each member of an ensemble: from activations [members, batch, nodes] the sum over members of what the
/// penalty is for each, so that no member sees another in its gradient; the value is the mean over members.
/// </summary>
public sealed class EachMember(IActivationPenalty penalty) : IActivationPenalty
{
    /// <inheritdoc/>
    public PenaltyValue Evaluate(torch.Tensor activations, double weight)
    {
        // A penalty is a mean over examples, and members have equally many.
        using var examples = activations.flatten(0, 1);
        return penalty.Evaluate(examples, weight * activations.shape[0]);
    }

    /// <summary>Such as "each network: Σ|z|".</summary>
    public override string ToString() => $"each network: {penalty}";
}
