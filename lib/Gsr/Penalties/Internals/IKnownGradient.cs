using TorchSharp;

namespace Gsr.Penalties;

/// <summary>A penalty whose gradient needs no autograd, and whose value is a mean over examples.</summary>
internal interface IKnownGradient
{
    /// <summary>
    /// Writes the gradient of weight · penalty at values [examples, nodes], both contiguous, and returns the penalty,
    /// its mean over these examples.
    /// </summary>
    double Evaluate(torch.Tensor values, torch.Tensor gradient, double weight);
}
