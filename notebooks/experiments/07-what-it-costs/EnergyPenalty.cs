using Gsr.Native;
using Gsr.Penalties;
using TorchSharp;

namespace Gsr.Experiments.Costs;

/// <summary>
/// L2 on the activations: mean over the batch of Σᵢ zᵢ². Beside <see cref="GraphPenalty"/> it shows what shrinking the
/// activations does by itself; it is zᵀLz with the identity in place of L.
/// </summary>
public sealed class EnergyPenalty : IActivationPenalty, IKnownGradient
{
    /// <inheritdoc/>
    public PenaltyValue Evaluate(torch.Tensor activations, double weight)
    {
        using var scope = torch.NewDisposeScope();
        var batch = activations.shape[0];
        var energies = activations.Squared().sum();
        return new PenaltyValue(energies.Times(weight / batch).MoveToOuterDisposeScope(), energies.Value() / batch);
    }

    double IKnownGradient.Evaluate(torch.Tensor values, torch.Tensor gradient, double weight)
    {
        using var squares = values.Squared();
        using var energies = squares.sum();
        using var own = values.Times(2 * weight / values.shape[0]);
        gradient.copy_(own);
        return energies.Value() / values.shape[0];
    }

    /// <summary>"Σz²".</summary>
    public override string ToString() => "Σz²";
}
