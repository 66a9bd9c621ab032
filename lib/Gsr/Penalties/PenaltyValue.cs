using TorchSharp;

namespace Gsr.Penalties;

/// <summary>A penalty evaluated on a batch.</summary>
/// <param name="Term">
/// Scalar tensor, weight times the penalty, with a gradient to the activations; the caller's to dispose.
/// </param>
/// <param name="Value">The penalty itself, without the weight.</param>
public readonly record struct PenaltyValue(torch.Tensor Term, double Value);
