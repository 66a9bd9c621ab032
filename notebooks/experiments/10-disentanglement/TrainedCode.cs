using Gsr.Models;
using Gsr.Native;
using TorchSharp;

namespace Gsr.Experiments.Disentanglement;

/// <summary>What is kept of a trained network.</summary>
/// <param name="Codes">[examples, units], of the images that are scored.</param>
/// <param name="Tests">Of those that test.</param>
/// <param name="Error">Squared error of the reconstruction of the test images, mean over images and pixels.</param>
public sealed record TrainedCode(double[,] Codes, double[,] Tests, double Error)
{
    /// <summary>Runs the two functions of a network, from images [n, pixels], without training anything.</summary>
    public static TrainedCode Of(
        Func<torch.Tensor, torch.Tensor> encode, Func<torch.Tensor, torch.Tensor> reconstruct, ScoredDigits on)
    {
        var errors = Inference.Run(x => (reconstruct(x) - x).Squared().mean([1L]), on.Tests);
        return new(Inference.Run(encode, on.Images), Inference.Run(encode, on.Tests),
            errors.Cast<double>().Average());
    }
}
