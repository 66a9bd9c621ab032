using Gsr.Experiments;
using Gsr.Experiments.SeveralLayers;
using Gsr.Models;
using TorchSharp;

namespace Gsr.Tests.Experiments.SeveralLayers;

[Collection(Alone.Name)]
public sealed class ConditionRunsTests
{
    private const int Classes = 3;
    private static readonly int[] Modules = [0, 0, 1, 1, 2, 2];
    private static readonly DenseClassifierOptions Shape =
        new() { Inputs = 4, Hidden = [6, 6, 6], Classes = Classes };

    [Fact]
    public void A_layer_has_modules_of_its_own_alone_or_with_the_others()
    {
        Assert.Equal([1], Layers(new("layer 2", 1)));
        Assert.Equal([0, 1, 2], Layers(new("each layer", 1)));
        Assert.Empty(Layers(new("across layers", 1)));
        Assert.Empty(Layers(Condition.Plain));

        static int[] Layers(Condition c) => [.. Enumerable.Range(0, 3).Where(c.IsOn)];
    }

    [Fact]
    public void Networks_are_trained_once_per_condition_and_seed_and_compared_within_a_seed()
    {
        var trained = new List<(Condition, int)>();
        var images = Images();
        var runs = new ConditionRuns(images, Modules, [3, 5], Make, (model, c, seed) =>
        {
            lock (trained) trained.Add((c, seed));
            // Stands for training: another network for each condition.
            torch.nn.init.constant_(model.parameters().First(), c.Alpha + 0.3);
        });
        Condition two = new("layer 2", 0.5), longer = two with { Longer = 2 };
        runs.Train(Condition.Plain, two);
        runs.Train(two, longer, Condition.Plain with { Longer = 2 });

        Assert.Equal(8, trained.Count);
        Assert.Equal(8, trained.Distinct().Count());
        foreach (var (seed, i) in new[] { (3, 0), (5, 1) })
        {
            using var alone = Make(seed);
            torch.nn.init.constant_(alone.parameters().First(), 0.8);
            var expected = NetworkOutcome.Of(alone, images, Modules, seed);
            Assert.Equal(expected.Accuracy, runs.Accuracy(two).Values[i], 1e-9);
            Assert.Equal(
                expected.Accuracy - runs[Condition.Plain, seed].Accuracy, runs.Change(two).Values[i], 1e-9);
            Assert.Equal(
                100 * expected.Layers.Average(l => l.Reading.Accuracy), runs.Reading(two).Values[i], 1e-9);
            Assert.Equal(
                100 * expected.Layers.Average(l => l.Permuted.Accuracy), runs.Permuted(two).Values[i], 1e-9);
            Assert.Equal(
                expected.Layers[2].Size / runs[Condition.Plain, seed].Layers[2].Size,
                runs.RelativeSize(two).Values[i], 1e-9);
        }

        Assert.Throws<KeyNotFoundException>(() => runs.Accuracy(new("layer 1", 0.5)));
    }

    [Fact]
    public void One_layer_stands_for_three_networks_each_read_where_its_modules_are()
    {
        var runs = new ConditionRuns(Images(), Modules, [1], Make,
            (model, c, _) => torch.nn.init.constant_(model.parameters().First(), 0.1 * c.Place[^1]));
        Condition[] single = [.. Enumerable.Range(1, 3).Select(l => new Condition($"layer {l}", 1))];
        runs.Train([Condition.Plain, .. single]);

        var outcomes = single.Select(c => runs[c, 1]).ToArray();
        Assert.Equal(
            100 * outcomes.Select((o, l) => o.Layers[l].Reading.Accuracy).Average(),
            runs.Reading(new("one layer", 1)).Mean, 1e-9);
        Assert.Equal(outcomes.Average(o => o.Accuracy), runs.OneLayer(1).Mean, 1e-9);
    }

    [Fact]
    public void A_layer_is_measured_by_its_size_and_by_how_much_its_modules_agree()
    {
        int[] classes = [.. Enumerable.Range(0, 12).Select(i => i / 2 % Classes)];
        double[,] Layer(Func<int, int, double> value)
        {
            var z = new double[12, 6];
            for (var e = 0; e < 12; e++)
                for (var i = 0; i < 6; i++) z[e, i] = value(e, i);
            return z;
        }

        // Both neurons of a module alike: zᵀLz = 0. Opposite: L = [[1, -1], [-1, 1]], quotient 2.
        var alike = LayerOutcome.Of(Layer((e, i) => classes[e] == Modules[i] ? 2 : 0), classes, Modules, 1);
        Assert.Equal(0, alike.Quotient, 1e-12);
        Assert.Equal(Math.Sqrt(4.0 / 3), alike.Size, 1e-12);
        Assert.Equal(1, alike.Reading.Accuracy);
        // Standardised: 2 in a third of the images has mean 2/3 and sd 2√2/3.
        Assert.Equal(Math.Sqrt(2), alike.ModuleMeans[1, 1], 1e-9);
        var opposite = LayerOutcome.Of(Layer((_, i) => i % 2 == 0 ? 1 : -1), classes, Modules, 1);
        Assert.Equal(2, opposite.Quotient, 1e-12);
        var silent = LayerOutcome.Of(Layer((_, _) => 0), classes, Modules, 1);
        Assert.Equal((0.0, 0.0), (silent.Size, silent.Quotient));
    }

    private static DenseClassifier Make(int seed) => new(Shape with { Seed = seed });

    private static LayerImages Images()
    {
        var random = new Random(7);
        ImageDataSet Set(int count)
        {
            var pixels = new byte[count * 4];
            random.NextBytes(pixels);
            return new(2, 2, pixels, [.. Enumerable.Range(0, count).Select(i => (byte)(i / 2 % Classes))]);
        }

        return new LayerImages(Set(12), Set(36), 24, "random images.");
    }
}
