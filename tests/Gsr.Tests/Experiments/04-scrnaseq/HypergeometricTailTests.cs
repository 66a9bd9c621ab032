using System.Numerics;
using Gsr.Experiments.ScRnaSeq;

namespace Gsr.Tests.Experiments.ScRnaSeq;

public sealed class HypergeometricTailTests
{
    [Fact]
    public void It_is_the_share_of_draws_that_hit_as_often()
    {
        // The tea of Fisher's lady: 4 of 4 cups right, 1 of 70 draws; 3 or more, 17 of 70.
        Assert.Equal(1 / 70.0, HypergeometricTail.PValue(8, 4, 4, 4), 1e-12);
        Assert.Equal(17 / 70.0, HypergeometricTail.PValue(8, 4, 4, 3), 1e-12);
        for (var n = 0; n <= 9; n++)
        {
            for (var marked = 0; marked <= n; marked++)
            {
                for (var drawn = 0; drawn <= n; drawn++)
                {
                    // Every subset of that size; the first items are the marked ones.
                    int[] hits = [.. Enumerable.Range(0, 1 << n)
                        .Where(set => BitOperations.PopCount((uint)set) == drawn)
                        .Select(set => BitOperations.PopCount((uint)set & ((1u << marked) - 1)))];
                    for (var least = 0; least <= Math.Min(marked, drawn); least++)
                    {
                        var share = hits.Count(hit => hit >= least) / (double)hits.Length;
                        Assert.Equal(share, HypergeometricTail.PValue(n, marked, drawn, least), 1e-12);
                    }
                }
            }
        }
    }

    [Fact]
    public void Small_probabilities_are_not_lost()
    {
        // All 50 drawn are the 50 marked of 1,000: 1 / C(1000, 50), from exact whole numbers.
        BigInteger ways = 1;
        for (var i = 1; i <= 50; i++) ways = ways * (950 + i) / i;
        Assert.Equal(1, HypergeometricTail.PValue(1000, 50, 50, 50) * (double)ways, 1e-9);
    }
}
