using Gsr.Experiments.GridMaps;

namespace Gsr.Tests.Experiments.GridMaps;

public class TopCellsTests
{
    [Fact]
    public void TenPercentOfTheGridAreSevenCells()
    {
        double[] map = [.. Enumerable.Range(0, 64).Select(i => (double)(i * 37 % 64))];
        int[] cells = TopCells.Of(map);
        Assert.Equal(7, cells.Length);
        Assert.Equal([63.0, 62, 61, 60, 59, 58, 57], cells.Select(i => map[i]));
    }

    [Theory]
    [InlineData(10, 0.1, 1)]
    [InlineData(11, 0.1, 2)]
    [InlineData(30, 0.1, 3)]
    [InlineData(3, 0.1, 1)]
    [InlineData(1, 0.1, 1)]
    [InlineData(7, 1.0, 7)]
    [InlineData(100, 0.07, 7)]
    [InlineData(100, 1e-12, 1)]
    public void CountIsRoundedUp(int nodes, double share, int expected) =>
        Assert.Equal(expected, TopCells.Of(new double[nodes], share).Length);

    [Fact]
    public void EqualValuesGoToTheLowerIndex() => Assert.Equal([1, 0, 2], TopCells.Of([2, 3, 2, 2], 0.75));

    [Fact]
    public void HostileInputsAreNamed()
    {
        Assert.Contains("activations holds 0 values", Assert.Throws<ArgumentException>(() => TopCells.Of([])).Message);
        Assert.Contains("activations[1] is NaN", Assert.Throws<ArgumentException>(() => TopCells.Of([1, double.NaN])).Message);
        foreach (double share in new[] { 0, -0.1, 1.1, double.NaN })
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(() => TopCells.Of([1, 2], share));
            Assert.Contains("choose above 0 and at most 1", error.Message);
        }
    }
}
