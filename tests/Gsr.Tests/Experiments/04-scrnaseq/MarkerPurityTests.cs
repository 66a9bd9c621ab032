using System.Numerics;
using Gsr.Experiments.ScRnaSeq;

namespace Gsr.Tests.Experiments.ScRnaSeq;

public sealed class MarkerPurityTests
{
    [Fact]
    public void ThePValueIsTheShareOfDrawsThatHitAsOften()
    {
        // The tea of Fisher's lady: 4 of 4 cups right, 1 of 70 draws; 3 or more, 17 of 70.
        Assert.Equal(1 / 70.0, MarkerPurity.PValue(8, 4, 4, 4), 1e-12);
        Assert.Equal(17 / 70.0, MarkerPurity.PValue(8, 4, 4, 3), 1e-12);
        for (int n = 0; n <= 9; n++)
        {
            for (int marked = 0; marked <= n; marked++)
            {
                for (int drawn = 0; drawn <= n; drawn++)
                {
                    // Every subset of that size; the first items are the marked ones.
                    int[] hits = [.. Enumerable.Range(0, 1 << n).Where(set => BitOperations.PopCount((uint)set) == drawn)
                        .Select(set => BitOperations.PopCount((uint)set & ((1u << marked) - 1)))];
                    for (int least = 0; least <= Math.Min(marked, drawn); least++)
                        Assert.Equal(hits.Count(hit => hit >= least) / (double)hits.Length, MarkerPurity.PValue(n, marked, drawn, least), 1e-12);
                }
            }
        }
    }

    [Fact]
    public void SmallProbabilitiesAreNotLost()
    {
        // All 50 drawn are the 50 marked of 1,000: 1 / C(1000, 50), from exact whole numbers.
        BigInteger ways = 1;
        for (int i = 1; i <= 50; i++) ways = ways * (950 + i) / i;
        Assert.Equal(1, MarkerPurity.PValue(1000, 50, 50, 50) * (double)ways, 1e-9);
    }

    [Fact]
    public void PerfectMixedAndUnlabelledModules()
    {
        int[] modules = [0, 0, 0, 1, 1, 1, 1, 2, 2, -1];
        int[] classes = [5, 5, 5, 0, 0, 1, -1, -1, -1, 1];
        var found = MarkerPurity.Of(modules, classes);
        Assert.Equal([(0, 5, 1.0), (1, 0, .5), (2, -1, 0.0)], found.Select(module => (module.Module, module.Class, module.Purity)));
        Assert.Equal(1 / 120.0, found[0].PValue, 1e-12);
        Assert.Equal(6 / 45.0, found[1].PValue, 1e-12);
        Assert.Equal(1, found[2].PValue);
    }

    [Fact]
    public void ChanceIsNotSignificant()
    {
        var random = new Random(1);
        int[] classes = [.. Enumerable.Range(0, 400).Select(i => i % 4)];
        int significant = 0;
        for (int trial = 0; trial < 100; trial++)
        {
            random.Shuffle(classes);
            significant += MarkerPurity.Of([.. Enumerable.Range(0, 400).Select(i => i / 40)], classes).Count(module => module.PValue < .001);
        }
        // 1,000 modules, the best of four classes each.
        Assert.InRange(significant, 0, 12);
    }

    [Fact]
    public void ContradictionsAreNamed()
    {
        Assert.Contains("marked is 9", Assert.Throws<ArgumentOutOfRangeException>(() => MarkerPurity.PValue(8, 9, 1, 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => MarkerPurity.PValue(8, 4, 3, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => MarkerPurity.PValue(8, 4, -1, 0));
        Assert.Throws<ArgumentException>(() => MarkerPurity.Of([0, 1], [0]));
        Assert.Throws<ArgumentException>(() => MarkerPurity.Of([0, -2], [0, 1]));
    }
}
