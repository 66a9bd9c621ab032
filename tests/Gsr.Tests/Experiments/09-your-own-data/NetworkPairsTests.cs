using Gsr.Experiments.OwnData;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Experiments.OwnData;

public sealed class NetworkPairsTests
{
    [Fact]
    public void Every_pair_is_there_once_and_the_interval_is_the_jackknife_written_out()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            double[] networks = [.. Enumerable.Range(0, random.Next(3, 9)).Select(_ => random.NextDouble())];
            var pairs = NetworkPairs.Of(networks, (a, b) => a * b);
            var n = networks.Length;
            Assert.Equal(n * (n - 1) / 2, pairs.Values.Count);
            double[] without = [.. Enumerable.Range(0, n).Select(k =>
                Mean([.. networks.Where((_, i) => i != k)]))];
            var error = Math.Sqrt((n - 1.0) / n * without.Sum(m => Math.Pow(m - without.Average(), 2)));
            var quantile = MathNet.Numerics.Distributions.StudentT.InvCDF(0, 1, n - 1, 0.975);
            Near.Equal(quantile * error, pairs.HalfInterval95);
            Near.Equal(Mean(networks), pairs.Mean);
        }

        static double Mean(double[] all) => (from i in Enumerable.Range(0, all.Length)
                                             from j in Enumerable.Range(0, i)
                                             select all[i] * all[j]).Average();
    }

    [Fact]
    public void Pairs_that_have_no_number_are_left_out_and_counted()
    {
        var pairs = NetworkPairs.Of<double>([1, 2, double.NaN, 4], (a, b) => a * b);
        Assert.Equal([2, double.NaN, 4, double.NaN, 8, double.NaN], pairs.Values);
        Near.Equal(14 / 3.0, pairs.Mean);
        Assert.Contains("3 of 6 pairs", $"{pairs}");
        Assert.Equal("none (1 pairs)", $"{NetworkPairs.Of<double>([double.NaN, 1], (a, b) => a * b)}");
        Assert.Equal(double.NaN, NetworkPairs.Of<double>([1, 2], (a, b) => a * b).HalfInterval95);
        Assert.Equal("2.00 (1 pairs)", $"{NetworkPairs.Of<double>([1, 2], (a, b) => a * b)}");
        Assert.Throws<ArgumentOutOfRangeException>("networks", () => NetworkPairs.Of<int>([1], (a, b) => 0));
    }
}
