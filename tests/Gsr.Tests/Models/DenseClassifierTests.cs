using Gsr.Models;
using Gsr.Tests.Penalties;
using Gsr.Training;
using TorchSharp;

namespace Gsr.Tests.Models;

[Collection(Alone.Name)]
public sealed class DenseClassifierTests
{
    [Fact]
    public void It_has_the_parameters_and_the_outputs_of_its_widths()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new DenseClassifier(
            new DenseClassifierOptions { Inputs = 12, Hidden = [7, 5], Classes = 3, Dropout = 0.5 });
        // First to last and each once: in this order they are initialised.
        Assert.Equal([12 * 7, 7, 7 * 5, 5, 5 * 3, 3], model.named_parameters().Select(p => p.parameter.numel()));
        Assert.Equal(2, model.HiddenLayers.Count);
        Assert.Equal([4, 3], model.call(torch.randn(4, 1, 3, 4)).shape);
        Assert.Equal([4, 12], model.Hidden(torch.randn(4, 1, 3, 4)).shape);
        using var small = new DenseClassifier(new DenseClassifierOptions { Inputs = 2, Hidden = [3], Classes = 2 });
        Assert.Equal([1, 2], small.call(torch.randn(1, 2)).shape);
    }

    [Fact]
    public void Hidden_is_what_its_layers_put_out_and_dropout_comes_behind_them()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new DenseClassifier(
            new DenseClassifierOptions { Inputs = 6, Hidden = [5, 4], Classes = 3, Dropout = 0.9 });
        var x = torch.randn(8, 6);
        var first = model.HiddenLayers[0].call(x);
        PenaltyCases.Near(
            PenaltyCases.ToArray(torch.cat([first, model.HiddenLayers[1].call(first)], 1)),
            PenaltyCases.ToArray(model.Hidden(x)), 1e-7);
        PenaltyCases.Near(
            PenaltyCases.ToArray(model.HiddenLayers[1].call(first)), PenaltyCases.ToArray(model.LastHidden(x)), 1e-7);
        // Leaky ReLU: negative values are there, a fifth as large.
        Assert.True(PenaltyCases.ToArray(first).Min() < 0);
        Assert.NotEqual(PenaltyCases.ToArray(model.call(x)), PenaltyCases.ToArray(model.call(x)));
        model.eval();
        Assert.Equal(PenaltyCases.ToArray(model.call(x)), PenaltyCases.ToArray(model.call(x)));
    }

    [Fact]
    public void The_last_hidden_layer_may_have_an_activation_of_its_own()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new DenseClassifier(
            new DenseClassifierOptions
            {
                Inputs = 6,
                Hidden = [5, 4],
                Classes = 3,
                LastHiddenActivation = Activation.Sigmoid
            });
        var hidden = PenaltyCases.ToArray(model.Hidden(torch.randn(50, 6)));
        var (first, last) = (hidden.Where((_, i) => i % 9 < 5), hidden.Where((_, i) => i % 9 >= 5));
        Assert.Contains(first, v => v < 0);
        Assert.All(last, v => Assert.InRange(v, 0, 1));
    }

    [Fact]
    public void The_seed_decides_the_weights()
    {
        using var scope = torch.NewDisposeScope();
        var shape = new DenseClassifierOptions
        {
            Inputs = 5,
            Hidden = [8, 7, 4],
            Classes = 3,
            LastHiddenActivation = Activation.None
        };
        var x = torch.rand(6, 5);
        var all = new[] { 2, 9, 2 }.Select(seed =>
        {
            using var model = new DenseClassifier(shape with { Seed = seed });
            return PenaltyCases.ToArray(model.call(x));
        }).ToArray();
        Assert.NotEqual(all[0], all[1]);
        Assert.Equal(all[0], all[2]);
    }

    [Fact]
    public void It_learns_two_clouds_saves_and_loads_and_leaves_no_tensor()
    {
        using var folder = new TemporaryFolder();
        var options = new DenseClassifierOptions { Inputs = 2, Hidden = [8], Classes = 2, Seed = 3 };
        using var noise = torch.randn(200, 2, generator: new torch.Generator(1));
        using var y = torch.arange(200, dtype: torch.int64).remainder_(2);
        using var shift = y.to(torch.float32).unsqueeze(1).mul(4);
        using var x = noise.add(shift);
        byte[] labels = [.. Enumerable.Range(0, 200).Select(i => (byte)(i % 2))];
        using var model = new DenseClassifier(options);
        new Trainer(model, model.Objective)
            .Fit([x, y], new TrainingOptions { Epochs = 20, LearningRate = 1e-2 },
            TestContext.Current.CancellationToken);
        Assert.InRange(Inference.AccuracyPercent(Inference.Classify(model.call, x), labels), 95, 100);
        model.Save(folder.Path + "/m.gsr");
        using var again = DenseClassifier.Load(folder.Path + "/m.gsr");
        Assert.Equal(Inference.Run(model.call, x), Inference.Run(again.call, x));
        model.train();
        Assert.Equal(0, Alone.Growth(100, () =>
        {
            using var scope = torch.NewDisposeScope();
            model.Objective([x, y])[0].Value.backward();
            model.Hidden(x);
        }));
        Assert.Equal(0, Alone.Growth(100, () =>
        {
            model.Hidden(x).Dispose();
            model.LastHidden(x).Dispose();
            model.call(x).Dispose();
        }));
    }

    [Fact]
    public void Wrong_shapes_are_named()
    {
        Assert.Equal("DenseClassifierOptions.Inputs", Refused(new() { Inputs = 0 }));
        Assert.Equal("DenseClassifierOptions.Hidden", Refused(new() { Hidden = [] }));
        Assert.Equal("DenseClassifierOptions.Hidden", Refused(new() { Hidden = [3, -1] }));
        Assert.Equal("DenseClassifierOptions.Classes", Refused(new() { Classes = 1 }));
        Assert.Equal("DenseClassifierOptions.Dropout", Refused(new() { Dropout = double.NaN }));

        static string? Refused(DenseClassifierOptions options) =>
            Assert.Throws<ArgumentException>(() => new DenseClassifier(options)).ParamName;
    }
}
