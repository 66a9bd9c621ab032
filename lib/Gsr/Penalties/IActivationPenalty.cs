using TorchSharp;

namespace Gsr.Penalties;

/// <summary>A penalty on the activations of one layer, which a <see cref="Regularizer"/> adds to the loss.</summary>
public interface IActivationPenalty
{
    /// <summary>
    /// Evaluates the penalty on activations [batch, …] of floating point, whose rest is flattened to the layer's nodes,
    /// with the factor α ≥ 0 of the term that is added to the loss; the caller owns the term's tensor. Throws an <see
    /// cref="ArgumentException"/> where they do not have one value per node.
    /// </summary>
    PenaltyValue Evaluate(torch.Tensor activations, double weight);
}
