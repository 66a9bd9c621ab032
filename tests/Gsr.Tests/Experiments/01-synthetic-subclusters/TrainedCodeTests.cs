using Gsr.Analysis.Metrics;
using Gsr.Experiments.Subclusters;
using Gsr.Models;
using Gsr.Training;

namespace Gsr.Tests.Experiments.Subclusters;

[Collection(Alone.Name)]
public sealed class TrainedCodeTests
{
    [Fact]
    public void A_network_is_measured_without_noise()
    {
        var data = SubclusterData.Generate(120, seed: 4);
        using var examples = Tensors.Matrix(data.Standardized(), data.Features);
        var shape = new CodeRecipe("noisy") { Noise = 3, Bias = 1 }.Shape(data.Features);
        using var network = new Autoencoder(shape);
        network.eval();
        var code = TrainedCode.Of(network.Encode, network.call, examples, data);
        var means = ClassMeans.Of(
            NormalisedActivations.Of(Inference.Run(network.Encode, examples)), data.SubClusters, 6);
        Assert.Equal(means.Cast<double>(), code.Means.Cast<double>(), (a, b) => Math.Abs(a - b) < 1e-5);
        var output = Inference.Run(network.call, examples);
        var input = Inference.Run(x => x.clone(), examples);
        Assert.Equal(output.Cast<double>().Zip(input.Cast<double>(), (a, b) => (a - b) * (a - b)).Average(),
            code.Error, 1e-5);
        Assert.Equal(0, Alone.Growth(3, () => TrainedCode.Of(network.Encode, network.call, examples, data)));
    }
}
