using Gsr.Native;
using TorchSharp;

namespace Gsr.Penalties;

/// <summary>
/// L1 on the activations: mean over the batch of Σᵢ |zᵢ|. The authors' runs of the sub-cluster experiment add it to the
/// graph penalty, so that a node that a cluster does not need is silent for it.
/// </summary>
public sealed class SparsityPenalty : IActivationPenalty
{
    /// <inheritdoc/>
    public PenaltyValue Evaluate(torch.Tensor activations, double weight)
    {
        using var scope = torch.NewDisposeScope();
        var batch = activations.shape[0];
        var norms = activations.abs().sum();
        return new PenaltyValue(norms.Times(weight / batch).MoveToOuterDisposeScope(), norms.ToDouble() / batch);
    }

    /// <summary>"Σ|z|".</summary>
    public override string ToString() => "Σ|z|";
}
