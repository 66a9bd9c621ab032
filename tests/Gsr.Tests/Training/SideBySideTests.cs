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
        double[][] Weights(int atOnce)
        {
            Autoencoder[] models = [
                .. Enumerable.Range(0, 5)
                    .Select(i => new Autoencoder(new AutoencoderOptions { Inputs = 10, Code = 4, Seed = i }))];
            var before = torch.get_num_threads();
            SideBySide.Run(models, (model, i) =>
            {
                using var regularizer = new Regularizer()
                    .Add(model.CodeLayer, new GraphPenalty(FeatureGraph.Ring(4).Laplacian()), 0.1);
                new Trainer(model, model.Objective, regularizer)
                    .Fit([examples], new TrainingOptions { Steps = 60, Seed = i });
            }, atOnce);
            Assert.Equal(before, torch.get_num_threads());
            var weights = models.Select(m => m.parameters().SelectMany(PenaltyCases.ToArray).ToArray()).ToArray();
            foreach (var model in models) model.Dispose();
            return weights;
        }

        var (alone, together) = (Weights(1), Weights(3));
        for (var i = 0; i < 5; i++) Assert.Equal(alone[i], together[i]);
    }

    [Fact]
    public void A_training_that_fails_says_why()
    {
        var begun = 0;
        Assert.Equal("two", Assert.Throws<InvalidOperationException>(() => SideBySide.Run([1, 2, 3], i =>
        {
            begun++;
            if (i == 2) throw new InvalidOperationException("two");
        }, atOnce: 1)).Message);
        Assert.Equal(2, begun);
        Assert.Throws<ArgumentOutOfRangeException>(() => SideBySide.Run([1], _ => { }, atOnce: 0));
    }
}
