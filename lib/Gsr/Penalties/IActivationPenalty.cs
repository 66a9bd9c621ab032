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

/// <summary>A penalty evaluated on a batch.</summary>
/// <param name="Term">
/// Scalar tensor, weight times the penalty, with a gradient to the activations; the caller's to dispose.
/// </param>
/// <param name="Value">The penalty itself, without the weight.</param>
public readonly record struct PenaltyValue(torch.Tensor Term, double Value);
