using Gsr.Graphs;
using Gsr.Models;
using Gsr.Penalties;
using Gsr.Tests.Penalties;
using Gsr.Training;
using TorchSharp;

namespace Gsr.Tests.Training;

[Collection(Alone.Name)]
public sealed class SideBySideTests
{
    [Fact]
    public void Networks_side_by_side_become_what_they_become_one_after_the_other()
    {
        using var scope = torch.NewDisposeScope();
        var examples = torch.randn(200, 10);
        double[][] Weights(int workers)
        {
            Autoencoder[] models = [.. Enumerable.Range(0, 5).Select(i => new Autoencoder(new AutoencoderOptions { Inputs = 10, Code = 4, Seed = i }))];
            var before = torch.get_num_threads();
            SideBySide.Train(models, (model, i) =>
            {
                using var regularizer = new Regularizer().Add(model.CodeLayer, new GraphPenalty(FeatureGraph.Ring(4).Laplacian()), 0.1);
                new Trainer(model, model.Objective, regularizer).Train([examples], new TrainingOptions { Steps = 60, Seed = i });
            }, workers);
            Assert.Equal(before, torch.get_num_threads());
            var weights = models.Select(m => m.parameters().SelectMany(PenaltyCases.ToArray).ToArray()).ToArray();
            foreach (var model in models) model.Dispose();
            return weights;
        }

        var (alone, together) = (Weights(1), Weights(3));
        for (var i = 0; i < 5; i++) Assert.Equal(alone[i], together[i]);
    }

    [Fact]
    public void A_training_that_fails_is_heard_of()
    {
        using var model = new Autoencoder(new AutoencoderOptions { Inputs = 10, Code = 4 });
        var error = Assert.Throws<AggregateException>(() => SideBySide.Train([model], (_, _) => throw new InvalidOperationException("no")));
        Assert.Equal("no", error.InnerException!.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => SideBySide.Train([model], (_, _) => { }, 0));
    }
}
