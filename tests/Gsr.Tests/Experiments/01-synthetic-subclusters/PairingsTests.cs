using Gsr.Experiments.Subclusters;

namespace Gsr.Tests.Experiments.Subclusters;

public sealed class PairingsTests
{
    [Fact]
    public void Six_things_are_paired_in_fifteen_different_ways_and_the_first_is_in_order()
    {
        Assert.Equal([0, 0, 1, 1, 2, 2], Pairings.OfSix[0]);
        var together = Pairings.OfSix.Select(pairing =>
            string.Concat(Enumerable.Range(0, 36).Select(i => pairing[i / 6] == pairing[i % 6] ? '1' : '0')));
        Assert.Equal(15, together.Distinct().Count());
        Assert.All(Pairings.OfSix, pairing =>
            Assert.All(Enumerable.Range(0, 3), pair => Assert.Equal(2, pairing.Count(p => p == pair))));
    }

    [Fact]
    public void The_first_is_first_alone_last_or_equal_to_all()
    {
        Assert.Equal(1, Pairings.RankOfFirst(pairing => pairing[1] == 0 && pairing[3] == 1 ? 1 : 0));
        Assert.Equal(15, Pairings.RankOfFirst(pairing => pairing[1] == 0 && pairing[3] == 1 ? 0 : 1));
        Assert.Equal(15, Pairings.RankOfFirst(_ => 0.1 + 0.2));
        Assert.Equal(3, Pairings.RankOfFirst(pairing => pairing[1] == 0 ? 1 : 0));
    }
}
