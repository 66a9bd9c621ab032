using Gsr.Experiments.SpectralFilters;
using Gsr.Graphs;
using Gsr.Models;
using Gsr.Tests.Penalties;
using Gsr.Training;
using TorchSharp;

namespace Gsr.Tests.Experiments.SpectralFilters;

[Collection(Alone.Name)]
public sealed class AtomAutoencoderTests
{
    [Fact]
    public void An_autoencoder_learns_its_weights_and_leaves_the_atoms_alone()
    {
        using var scope = torch.NewDisposeScope();
        var atoms = LocalisedAtoms.Heat(FeatureGraph.Ring(12), 4, 3);
        var options = new AutoencoderOptions { Inputs = 5, Hidden = [16], Code = 12, Seed = 3 };
        using var model = new AtomAutoencoder(options, atoms);
        var x = torch.randn(64, 5, generator: new torch.Generator(1));
        var before = model.Objective([x])[0].Value.ToDouble();
        new Trainer(model, model.Objective)
            .Fit([x], new TrainingOptions { Steps = 300, LearningRate = 0.01, Seed = 1, Threads = 1 },
            TestContext.Current.CancellationToken);
        Assert.True(model.Objective([x])[0].Value.ToDouble() < 0.7 * before);
        using var mixture = torch.matmul(model.Weights(x), torch.from_array(atoms).to(torch.float32));
        PenaltyCases.Near(PenaltyCases.ToArray(model.Encode(x)), PenaltyCases.ToArray(mixture), 1e-6);
        Assert.All(PenaltyCases.ToArray(model.Weights(x)), weight => Assert.InRange(weight, 0, 1));
        // Of a mixture of heat kernels every code sums to 1.
        Assert.All(PenaltyCases.ToArray(model.Encode(x).sum(1)), sum => Assert.Equal(1, sum, 1e-5));
        Assert.Equal(
            (5 * 16) + 16 + (16 * 4) + 4 + (12 * 16) + 16 + (16 * 5) + 5, model.parameters().Sum(p => p.numel()));
        using var same = new AtomAutoencoder(options, atoms);
        using var again = new AtomAutoencoder(options, atoms);
        Assert.Equal(PenaltyCases.ToArray(same.call(x)), PenaltyCases.ToArray(again.call(x)));
    }

    [Fact]
    public void Nothing_is_left_behind()
    {
        var atoms = LocalisedAtoms.Heat(FeatureGraph.Ring(12), 4, 3);
        var options = new AutoencoderOptions { Inputs = 5, Hidden = [16], Code = 12, CodeNoise = 0.1 };
        using var model = new AtomAutoencoder(options, atoms);
        using var x = torch.randn(8, 5);
        Assert.Equal(0, Alone.Growth(100, () =>
        {
            using var scope = torch.NewDisposeScope();
            model.Objective([x])[0].Value.backward();
        }));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(
            "atoms", () => new AtomAutoencoder(new AutoencoderOptions { Inputs = 5, Code = 3 }, new double[2, 4]));
    }
}
