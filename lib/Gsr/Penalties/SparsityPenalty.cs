using Gsr.Native;
using TorchSharp;

namespace Gsr.Penalties;

/// <summary>
/// L1 on the activations: mean over the batch of Σᵢ |zᵢ|. The authors' runs of the sub-cluster experiment add it to the
/// graph penalty, so that a node that a cluster does not need is silent for it.
/// </summary>
public sealed class SparsityPenalty : IActivationPenalty, IKnownGradient
{
    /// <inheritdoc/>
    public PenaltyValue Evaluate(torch.Tensor activations, double weight)
    {
        using var scope = torch.NewDisposeScope();
        var batch = activations.shape[0];
        var norms = activations.abs().sum();
        return new PenaltyValue(norms.Times(weight / batch).MoveToOuterDisposeScope(), norms.Value() / batch);
    }

    double IKnownGradient.Evaluate(torch.Tensor values, torch.Tensor gradient, double weight)
    {
        using var signs = values.sign();
        using var sizes = values.abs();
        using var norms = sizes.sum();
        using var own = signs.Times(weight / values.shape[0]);
        gradient.copy_(own);
        return norms.Value() / values.shape[0];
    }

    /// <summary>"Σ|z|".</summary>
    public override string ToString() => "Σ|z|";
}
