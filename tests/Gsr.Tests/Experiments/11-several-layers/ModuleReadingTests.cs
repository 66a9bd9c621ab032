using Gsr.Analysis.Metrics;
using Gsr.Experiments.SeveralLayers;

namespace Gsr.Tests.Experiments.SeveralLayers;

public sealed class ModuleReadingTests
{
    private const int Classes = 4;
    private const int Nodes = 12;
    private static readonly int[] Modules = [.. Enumerable.Range(0, Nodes).Select(i => i / 3)];

    [Fact]
    public void A_module_that_fires_for_its_class_alone_is_read_perfectly()
    {
        // Class c owns module 3 - c.
        var (activations, classes) = Layer(80, (c, j, _) => Modules[j] == Classes - 1 - c ? 5 : 0);
        var reading = ModuleReading.Of(activations, classes, Modules);
        Assert.Equal(1, reading.Accuracy);
        Assert.Equal(1, reading.OwnShare, 1e-12);
        Assert.Equal([3, 2, 1, 0], reading.ModuleOfClass);
        // Four blocks of correlation 1 and nothing between them: Q = 1 - 1/4.
        Assert.Equal(0.75, reading.Modularity, 1e-12);
        Assert.Equal("reading accuracy 1.00, own-module share 1.00, modularity 0.75", reading.ToString());
    }

    [Fact]
    public void Scale_and_offset_of_a_node_do_not_change_what_is_read()
    {
        var random = new Random(1);
        var (activations, classes) = Layer(400, (c, j, _) => (Modules[j] == c ? 1 : 0) + random.NextDouble());
        var (scaled, _) = Layer(400, (_, j, e) => (activations[e, j] * (1 + j)) - (3 * j));
        var (a, b) = (ModuleReading.Of(activations, classes, Modules), ModuleReading.Of(scaled, classes, Modules));
        Assert.Equal(a.Accuracy, b.Accuracy);
        Assert.Equal(a.Modularity, b.Modularity, 1e-9);
        Assert.Equal(a.ModuleOfClass, b.ModuleOfClass);
        Assert.InRange(a.Accuracy, 0.8, 1);
    }

    [Fact]
    public void Noise_is_read_at_chance()
    {
        var random = new Random(2);
        var (activations, classes) = Layer(8000, (_, _, _) => random.NextDouble());
        var reading = ModuleReading.Of(activations, classes, Modules);
        Assert.InRange(reading.Accuracy, 0.22, 0.28);
        Assert.InRange(reading.OwnShare, 0.25, 0.27);
        Assert.InRange(reading.Modularity, -0.2, 0.2);
    }

    [Fact]
    public void Nodes_that_know_the_class_are_not_read_by_modules_that_mix_them()
    {
        var (activations, classes) = Layer(80, (c, j, _) => Modules[j] == c ? 5 : 0);
        // Every module has one node of each of three classes.
        var mixed = ModuleReading.Of(activations, classes, [.. Enumerable.Range(0, Nodes).Select(j => j % Classes)]);
        Assert.InRange(mixed.OwnShare, 0.33, 0.34);
        Assert.InRange(mixed.Modularity, -0.3, 0);
        Assert.True(mixed.Accuracy < 0.8);
    }

    [Fact]
    public void A_silent_or_constant_layer_reads_as_nothing()
    {
        foreach (var level in new[] { 0.0, 0.7 })
        {
            var (activations, classes) = Layer(80, (_, _, _) => level);
            var reading = ModuleReading.Of(activations, classes, Modules);
            Assert.Equal(0.25, reading.Accuracy, 1e-12);
            Assert.Equal(level == 0 ? 0 : 0.25, reading.OwnShare, 1e-12);
            Assert.True(double.IsNaN(reading.Modularity));
        }
    }

    [Fact]
    public void It_agrees_with_the_definition_written_out()
    {
        var random = new Random(3);
        for (var round = 0; round < 20; round++)
        {
            var (activations, classes) = Layer(
                60, (c, j, _) => random.NextDouble() + (Modules[j] == (c + round) % Classes ? 0.4 : 0));
            var reading = ModuleReading.Of(activations, classes, Modules);
            var activity = NodeGroups.Means(activations, Modules);
            double Z(int e, int m)
            {
                var column = Enumerable.Range(0, 60).Select(i => activity[i, m]).ToArray();
                return (activity[e, m] - column.Average()) / Math.Sqrt(
                    column.Average(v => Math.Pow(v - column.Average(), 2)));
            }

            // All matchings, by brute force.
            var best = Permutations([0, 1, 2, 3]).MaxBy(p => Enumerable.Range(0, Classes).Sum(c =>
                Enumerable.Range(0, 60).Where(e => e % 2 == 0 && classes[e] == c).Average(e => Z(e, p[c]))))!;
            var right = Enumerable.Range(0, 60).Where(e => e % 2 == 1)
                .Average(e => Enumerable.Range(0, Classes).All(c => Z(e, best[c]) <= Z(e, best[classes[e]])) ? 1.0 : 0);
            Assert.Equal(best, reading.ModuleOfClass);
            Assert.Equal(right, reading.Accuracy, 1e-12);
        }

        static IEnumerable<int[]> Permutations(int[] items) => items.Length == 1 ? [items]
            : items.SelectMany(
                first => Permutations([.. items.Where(i => i != first)]).Select(rest => (int[])[first, .. rest]));
    }

    [Fact]
    public void Wrong_input_is_named()
    {
        var (activations, classes) = Layer(80, (_, _, e) => e);
        Assert.Throws<ArgumentException>("classes", () => ModuleReading.Of(activations, classes[1..], Modules));
        Assert.Throws<ArgumentException>("moduleOfNode", () => ModuleReading.Of(activations, classes, Modules[1..]));
        Assert.ThrowsAny<ArgumentException>(
            () => ModuleReading.Of(activations, classes, [.. Modules.Select(m => 2 * m)]));
        Assert.ThrowsAny<ArgumentException>(
            () => ModuleReading.Of(activations, classes, [.. Modules.Select(m => m % 3)]));
        activations[3, 2] = double.NaN;
        Assert.Throws<ArgumentException>("activations", () => ModuleReading.Of(activations, classes, Modules));
    }

    /// <summary>Classes by turns of pairs, so that each has examples of even and of odd number.</summary>
    private static (double[,] Activations, int[] Classes) Layer(int examples, Func<int, int, int, double> value)
    {
        int[] classes = [.. Enumerable.Range(0, examples).Select(e => e / 2 % Classes)];
        var activations = new double[examples, Nodes];
        for (var e = 0; e < examples; e++)
            for (var j = 0; j < Nodes; j++) activations[e, j] = value(classes[e], j, e);
        return (activations, classes);
    }
}
