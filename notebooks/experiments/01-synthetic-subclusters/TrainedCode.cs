using Gsr.Analysis.Metrics;
using Gsr.Models;
using Gsr.Native;
using TorchSharp;

namespace Gsr.Experiments.Subclusters;

/// <summary>What is kept of a trained network.</summary>
/// <param name="Means">
/// [sub-clusters, neurons]: mean activation of each neuron for each sub-cluster, normalised as by
/// <see cref="NormalisedActivations"/>.
/// </param>
/// <param name="Error">Reconstruction error over all examples, without noise on the code, mean of squares.</param>
public sealed record TrainedCode(double[,] Means, double Error)
{
    private const int SubClusters = 6;

    /// <summary>Runs a network, by its encoder and as a whole, over all examples of the data.</summary>
    public static TrainedCode Of(
        Func<torch.Tensor, torch.Tensor> encode, Func<torch.Tensor, torch.Tensor> reconstruct, torch.Tensor examples,
        SubclusterData data)
    {
        var codes = NormalisedActivations.Of(Inference.Run(encode, examples, 2000));
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var error = torch.nn.functional.mse_loss(reconstruct(examples), examples).Value();
        return new(ClassMeans.Of(codes, data.SubClusters, SubClusters), error);
    }
}
