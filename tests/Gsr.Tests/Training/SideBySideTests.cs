using Gsr.Graphs;
using Gsr.Models;
using Gsr.Penalties;
using Gsr.Tests.Penalties;
using Gsr.Training;
using TorchSharp;
using static TorchSharp.torch.nn;

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

    // Made, trained with dropout or noise, and read side by side: whatever the number of threads, and beside what.
    [Fact]
    public void Random_layers_do_not_depend_on_threads()
    {
        using var scope = torch.NewDisposeScope();
        var (images, labels) = (torch.rand(40, 1, 8, 8), torch.randint(4, [40], torch.ScalarType.Int64));
        var flat = images.flatten(1);
        var options = new TrainingOptions { Steps = 8, BatchSize = 20 };
        double[] One(int i)
        {
            using Module<torch.Tensor, torch.Tensor> model = (i % 4) switch
            {
                0 => new GridClassifier(new() { ImageSize = 8, GridSize = 4, Classes = 4, Seed = i }),
                1 => new DenseClassifier(new() { Inputs = 64, Classes = 4, Dropout = 0.3, Seed = i }),
                2 => new Autoencoder(new() { Inputs = 64, Hidden = [9], Code = 3, CodeNoise = 0.5, Seed = i }),
                _ => new BetaVae(new() { Inputs = 64, Hidden = [9], Code = 3, Seed = i }, 0.1),
            };
            var objective = model switch
            {
                GridClassifier grid => grid.Objective,
                DenseClassifier dense => dense.Objective,
                Autoencoder coder => coder.Objective,
                _ => (Objective)((BetaVae)model).Objective,
            };
            torch.Tensor[] examples = [i % 4 == 0 ? images : flat, labels];
            new Trainer(model, objective).Fit(examples, options with { Seed = i });
            return [.. model.parameters().SelectMany(PenaltyCases.ToArray)];
        }

        int[] items = [.. Enumerable.Range(0, 8)];
        var expected = SideBySide.Map(items, One, atOnce: 1);
        foreach (var threads in (int[])[1, 2])
        {
            var own = Alone.WithThreads(threads, () => SideBySide.Map(items, One, atOnce: 2));
            for (var i = 0; i < items.Length; i++) Assert.Equal(expected[i], own[i]);
        }

        foreach (var alone in (int[])[0, 1, 2])
            Assert.Equal(expected[alone], Alone.WithThreads(2, () => One(alone)));
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
