using Gsr.Analysis.Metrics;
using Gsr.Experiments.OwnData;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Experiments.OwnData;

public sealed class CellClassesTests
{
    [Fact]
    public void The_unexplained_share_is_that_of_the_sums_of_squares()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var (rows, columns) = (random.Next(2, 20), random.Next(1, 5));
            var values = new float[rows, columns];
            for (var i = 0; i < rows; i++)
                for (var j = 0; j < columns; j++) values[i, j] = random.NextSingle() + (100 * j);
            int[] classes = [.. Enumerable.Range(0, rows).Select(_ => random.Next(3) - 1)];
            var within = classes.Distinct().Sum(c => Squares([.. Where(c)]));
            var all = Squares([.. Enumerable.Range(0, rows)]);
            Near.Equal(within / all, CellClasses.UnexplainedShare(values, classes), 1e-6);

            IEnumerable<int> Where(int c) => Enumerable.Range(0, rows).Where(i => classes[i] == c);
            double Squares(int[] own) => Enumerable.Range(0, columns).Sum(j =>
                own.Sum(i => Math.Pow(values[i, j] - own.Average(k => (double)values[k, j]), 2)));
        }

        Assert.Equal(1, CellClasses.UnexplainedShare(new float[3, 2], [0, 1, 2]));
        Assert.Throws<ArgumentException>("classes", () => CellClasses.UnexplainedShare(new float[3, 2], [0]));
    }

    [Fact]
    public void Classes_are_numbered_by_their_size_and_cells_beyond_the_sample_get_the_nearest()
    {
        var (inputs, groups) = Networks.Groups(21_000, 3, 3, seed: 1);
        // The last group is the largest.
        for (var cell = 0; cell < 6_000; cell++)
            for (var j = 0; j < 3; j++) inputs[cell, j] = inputs[2 + (3 * (cell / 3)), j];
        var classes = CellClasses.Of(Networks.Of(inputs, networks: 2), 3);
        Assert.Equal(21_000, classes.Numbers.Length);
        int[] sizes = [.. Enumerable.Range(0, 3).Select(c => classes.Numbers.Count(n => n == c))];
        Assert.Equal(sizes.OrderDescending(), sizes);
        Near.Equal(1, Partition.AdjustedRandIndex(
            [.. classes.Numbers.Skip(6_000)], [.. groups.Skip(6_000)]), 1e-2);
    }

    [Fact]
    public void A_class_is_told_by_the_modules_that_are_high_or_low_in_it()
    {
        var (inputs, groups) = Networks.Groups(300, 2, 2, seed: 3);
        var data = Networks.Of(inputs, modules: 2);
        var labels = new CellLabels(["a", "b"], groups, null);
        var lines = CellClasses.Of(data, 2).Table(data.Modules[0].Values, labels).Select(line => $"{line}").ToArray();
        Assert.Equal(2, lines.Length);
        Assert.Contains(lines, line => Holds(line, "1+") && Holds(line, "2−")
            && Holds(line, "cells = 150") && Holds(line, "commonest_label = a, 100 %"));
        Assert.All(CellClasses.Of(data, 2).Table(new float[300, 0], new(["cell"], new int[300], null)),
            line => Assert.Contains("commonest_label =  }", $"{line}"));

        static bool Holds(string line, string part) => line.Contains(part, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_are_compared_with_each_reading_of_the_networks()
    {
        var (inputs, groups) = Networks.Groups(300, 3, 3, seed: 2);
        var (data, plain) = (Networks.Of(inputs), Networks.Of(inputs, seed: 9));
        var found = LabelAgreement.Compare(groups, 3, data, plain);
        Assert.Equal(found.Count, found.Select(line => line.Classes).Distinct().Count());
        Near.Equal(1, found[0].Ari.Mean);
        Near.Equal(1, found[0].Nmi.Mean);
        Assert.InRange(found[^1].Ari.Mean, -0.1, 0.1);
        Assert.Throws<ArgumentException>("labels", () => LabelAgreement.Compare([0], 3, data, plain));
    }
}
