using Gsr.Native;
using Gsr.Penalties;
using TorchSharp;

namespace Gsr.Experiments.Variants;

/// <summary>Σᵢ (mean of zᵢ over the batch)²: it asks each neuron to be 0 on the mean, and knows no graph.</summary>
public sealed class BatchMeanPenalty : IActivationPenalty
{
    /// <inheritdoc/>
    public PenaltyValue Evaluate(torch.Tensor activations, double weight = 1)
    {
        using var scope = torch.NewDisposeScope();
        var means = activations.mean([0L]);
        var sum = means.Squared().sum();
        return new(sum.Times(weight).MoveToOuterDisposeScope(), sum.Value());
    }

    /// <summary>Σ(mean z)².</summary>
    public override string ToString() => "Σ(mean z)²";
}
