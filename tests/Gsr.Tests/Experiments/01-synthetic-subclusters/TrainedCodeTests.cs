using Gsr.Analysis.Metrics;
using Gsr.Experiments.Subclusters;
using Gsr.Models;
using Gsr.Training;

namespace Gsr.Tests.Experiments.Subclusters;

[Collection(Alone.Name)]
public sealed class TrainedCodeTests
{
    [Fact]
    public void Members_of_an_ensemble_are_measured_as_networks_of_their_own_and_without_noise()
    {
        var data = SubclusterData.Generate(120, seed: 4);
        using var examples = Tensors.Matrix(data.Standardized(), data.Features);
        var shape = new CodeRecipe("noisy") { Noise = 3, Bias = 1 }.Shape(data.Features);
        using var networks = new AutoencoderEnsemble(shape, [7, 8]);
        var codes = TrainedCode.Of(networks, examples, data);
        Assert.Equal(2, codes.Length);
        using var second = networks.Member(1);
        second.eval();
        var means = ClassMeans.Of(
            NormalisedActivations.Of(Inference.Run(second.Encode, examples)), data.SubClusters, 6);
        Assert.Equal(means.Cast<double>(), codes[1].Means.Cast<double>(), (a, b) => Math.Abs(a - b) < 1e-5);
        var output = Inference.Run(second.call, examples);
        var input = Inference.Run(x => x.clone(), examples);
        Assert.Equal(output.Cast<double>().Zip(input.Cast<double>(), (a, b) => (a - b) * (a - b)).Average(),
            codes[1].Error, 1e-5);
        // Of one network, since making a member leaves some of TorchSharp's own tensors to the collector.
        Assert.Equal(0, Alone.Growth(3, () => TrainedCode.Of(second.Encode, second.call, examples, data)));
    }
}
