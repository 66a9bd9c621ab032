using Gsr.Experiments.Disentanglement;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Experiments.Disentanglement;

public sealed class MutualInformationTests
{
    [Fact]
    public void It_is_the_sum_over_cells_counted_one_by_one()
    {
        var random = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            var n = random.Next(1, 60);
            int[] a = [.. Enumerable.Range(0, n).Select(_ => random.Next(4))], b = [.. Enumerable.Range(0, n).Select(e => random.Next(2) == 0 ? a[e] : random.Next(-3, 2))];
            double expected = 0;
            foreach (var i in a.Distinct())
            {
                foreach (var j in b.Distinct())
                {
                    double both = a.Zip(b).Count(p => p == (i, j)) / (double)n, first = a.Count(v => v == i) / (double)n, second = b.Count(v => v == j) / (double)n;
                    if (both > 0) expected += both * Math.Log(both / (first * second));
                }
            }

            Near.Equal(expected, MutualInformation.Of(a, b));
        }
    }

    [Fact]
    public void Known_entropies()
    {
        Near.Equal(Math.Log(4), MutualInformation.Entropy<int>([0, 1, 2, 3]));
        Near.Equal(0, MutualInformation.Entropy<int>([7, 7, 7]));
        Near.Equal((0.25 * Math.Log(4)) + (0.75 * Math.Log(4.0 / 3)), MutualInformation.Entropy<int>([5, 9, 9, 9]));
        Near.Equal(Math.Log(2), MutualInformation.Of([0, 0, 1, 1], [3, 3, 2, 2]));
        Near.Equal(0, MutualInformation.Of([0, 0, 1, 1], [0, 1, 0, 1]));
        Near.Equal(0, MutualInformation.Of([0, 0], [0, 1]));
    }

    [Fact]
    public void Bins_are_of_equal_width_and_hold_both_ends()
    {
        Assert.Equal([0, 0, 1, 1, 3, 3], MutualInformation.EqualWidthBins([0, 0.99, 1, 1.9, 3, 4], 4));
        Assert.Equal([0, 0], MutualInformation.EqualWidthBins([2, 2], 4));
        Assert.Equal([0, 1], MutualInformation.EqualWidthBins([double.MinValue, double.MaxValue], 2));
    }
}
