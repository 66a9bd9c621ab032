using Gsr.Analysis.Metrics;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Analysis.Metrics;

public sealed class RankCorrelationTests
{
    [Fact]
    public void It_is_Pearsons_correlation_of_ranks_counted_one_by_one()
    {
        var random = new Random(3);
        for (var round = 0; round < 300; round++)
        {
            var n = random.Next(2, 30);
            // Whole numbers in a small range: ties are the rule.
            double[] x = [.. Enumerable.Range(0, n).Select(_ => (double)random.Next(6))],
                y = [.. Enumerable.Range(0, n).Select(_ => (double)random.Next(40))];
            var (a, b) = (SlowRanks(x), SlowRanks(y));
            var expected = a.Zip(b, (p, q) => (p - a.Average()) * (q - b.Average())).Sum()
                / Math.Sqrt(a.Sum(p => Math.Pow(p - a.Average(), 2)) * b.Sum(q => Math.Pow(q - b.Average(), 2)));
            Near.Equal(expected, RankCorrelation.Spearman(x, y));
        }

        static double[] SlowRanks(double[] v) =>
            [.. v.Select(a => 1 + v.Count(b => b < a) + ((v.Count(b => b == a) - 1) / 2.0))];
    }

    [Fact]
    public void Published_example()
    {
        // Hours of television against IQ of ten people, from Wikipedia's article on the coefficient: -29/165.
        double[] iq = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110], hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17];
        Near.Equal(-29.0 / 165, RankCorrelation.Spearman(iq, hours));
    }

    [Fact]
    public void Perfect_reversed_and_undefined()
    {
        double[] x = [1, 2, 3, 4];
        Near.Equal(1, RankCorrelation.Spearman(x, [0.1, 0.2, 30, 4000]));
        Near.Equal(-1, RankCorrelation.Spearman(x, [4, 3, 2, 1e-9]));
        Assert.True(double.IsNaN(RankCorrelation.Spearman(x, [5, 5, 5, 5])));
    }

    [Fact]
    public void Hostile_input_is_named()
    {
        Assert.Throws<ArgumentException>("y", () => RankCorrelation.Spearman([1, 2], [1]));
        Assert.Throws<ArgumentException>("x", () => RankCorrelation.Spearman([1], [1]));
        Assert.Throws<ArgumentException>("y", () => RankCorrelation.Spearman([1, 2], [1, double.NaN]));
    }
}
