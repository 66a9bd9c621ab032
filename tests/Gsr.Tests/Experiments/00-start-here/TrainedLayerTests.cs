using Gsr.Experiments.StartHere;
using Gsr.Graphs;
using Gsr.Models;
using Gsr.Penalties;
using Gsr.Tests.Graphs;
using Gsr.Training;
using TorchSharp;

namespace Gsr.Tests.Experiments.StartHere;

[Collection(Alone.Name)]
public sealed class TrainedLayerTests
{
    private static readonly DenseClassifierOptions Shape = new() { Inputs = 4, Hidden = [9], Seed = 3 };

    [Fact]
    public void It_measures_what_the_library_measures()
    {
        using var model = new DenseClassifier(Shape);
        using var images = torch.rand(30, 4);
        byte[] labels = [.. Enumerable.Range(0, 30).Select(i => (byte)(i % 10))];
        var grid = FeatureGraph.Grid(3, 3);
        var layer = TrainedLayer.Of(model, grid, images, labels);
        Assert.Equal(Inference.AccuracyPercent(Inference.Classify(model.call, images), labels), layer.Accuracy);
        Assert.Equal((10, 9), (layer.Maps.GetLength(0), layer.Maps.GetLength(1)));
        using var hidden = model.Hidden(images);
        var quotient = new GraphPenalty(grid.Laplacian(), PenaltyForm.RayleighQuotient).Evaluate(hidden);
        Near.Equal(quotient.Value, layer.Quotient);
        quotient.Term.Dispose();
        Assert.Equal(0, Alone.Growth(3, () => TrainedLayer.Of(model, grid, images, labels)));
    }

    [Fact]
    public void Edges_count_whose_ends_prefer_one_digit()
    {
        var layer = Layer((c, j) => c == j / 2 ? 1 : 0);
        Assert.Equal([0, 0, 1, 1], layer.Preferred);
        Near.Equal(2 / 3.0, layer.SameDigitEdges(FeatureGraph.Path(4)));
    }

    [Fact]
    public void A_task_of_weight_zero_has_no_say()
    {
        using var scope = torch.NewDisposeScope();
        var model = new DenseClassifier(Shape);
        var batch = new[] { torch.rand(5, 4), torch.zeros(5, torch.int64) };
        var whole = model.Objective(batch).Single().Value.ToDouble();
        Near.Equal(whole / 2, WeightedTask.Of(model.Objective, 0.5)(batch).Single().Value.ToDouble());
        var before = model.parameters().Select(p => p.detach().clone()).ToArray();
        new Trainer(model, WeightedTask.Of(model.Objective, 0))
            .Fit(batch, new TrainingOptions { Steps = 3, BatchSize = 2 }, TestContext.Current.CancellationToken);
        Assert.All(before.Zip(model.parameters()), pair => Assert.True(pair.First.allclose(pair.Second)));
        model.Dispose();
    }

    private static TrainedLayer Layer(Func<int, int, double> map)
    {
        var maps = new double[10, 4];
        for (var i = 0; i < 40; i++) maps[i / 4, i % 4] = map(i / 4, i % 4);
        return new() { Model = null!, Maps = maps, Accuracy = 0, CrossEntropy = 0, Quotient = 0 };
    }
}
