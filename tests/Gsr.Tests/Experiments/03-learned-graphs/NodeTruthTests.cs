using Gsr.Experiments;
using Gsr.Experiments.LearnedGraphs;

namespace Gsr.Tests.Experiments.LearnedGraphs;

public sealed class NodeTruthTests
{
    private static readonly ModulePatternData Data = ModulePatternGenerator.Generate(
        new ModulePatternOptions { Modules = 3, ColumnsPerModule = 2, RowsPerPattern = 5, Seed = 4 });

    [Fact]
    public void Nodes_that_are_a_module_or_its_opposite_belong_to_it_with_a_correlation_of_one()
    {
        var truth = Of(s => [Data.IsOn(s, 2), 7 - (3 * Data.IsOn(s, 0)), 1e6 + (1e3 * Data.IsOn(s, 1)), 5]);

        Assert.Equal([2, 0, 1, -1], truth.Modules);
        Assert.Equal([1, -1, 1, 0], truth.Correlations.Select(r => Math.Round(r, 6)));
        Assert.Equal([3, 1, 2, 0], truth.Order());
        Assert.Equal(0, truth.WithEach[1, 0], 1e-6);
    }

    [Fact]
    public void A_mixed_node_belongs_to_the_larger_part_by_the_correlation_that_the_slow_formula_has()
    {
        var random = new Random(11);
        for (var round = 0; round < 50; round++)
        {
            double[] weights = [random.NextDouble() - 0.5, random.NextDouble() - 0.5, random.NextDouble() - 0.5];
            var node = Enumerable.Range(0, Data.Samples)
                .Select(s => (float)((0.2 * random.NextDouble()) + weights.Select((w, m) => w * Data.IsOn(s, m)).Sum()))
                    .ToArray();
            var truth = Of(s => [node[s]]);

            var slow = Enumerable.Range(0, 3).Select(m => Pearson(
                [.. node.Select(v => (double)v)],
                [.. Enumerable.Range(0, Data.Samples).Select(s => (double)Data.IsOn(s, m))])).ToArray();
            Assert.Equal(Array.IndexOf(slow, slow.MaxBy(Math.Abs)), truth.Modules[0]);
            Assert.Equal(slow.MaxBy(Math.Abs), truth.Correlations[0], 1e-9);
        }
    }

    [Fact]
    public void Other_samples_than_the_datas_are_refused() =>
        Assert.Throws<ArgumentException>(() => NodeTruth.Of(new double[7, 2], Data));

    private static NodeTruth Of(Func<int, double[]> nodes)
    {
        var values = new double[Data.Samples, nodes(0).Length];
        for (var s = 0; s < Data.Samples; s++)
            for (var i = 0; i < values.GetLength(1); i++) values[s, i] = nodes(s)[i];
        return NodeTruth.Of(values, Data);
    }

    private static double Pearson(double[] x, double[] y)
    {
        var covariance = x.Zip(y, (a, b) => a * b).Average() - (x.Average() * y.Average());
        return covariance / Math.Sqrt(
            (x.Average(a => a * a) - (x.Average() * x.Average())) * (
                y.Average(b => b * b) - (y.Average() * y.Average())));
    }
}
