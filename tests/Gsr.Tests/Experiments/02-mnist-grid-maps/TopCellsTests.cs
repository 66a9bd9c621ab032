using Gsr.Experiments.GridMaps;

namespace Gsr.Tests.Experiments.GridMaps;

public sealed class TopCellsTests
{
    [Fact]
    public void Ten_percent_of_the_grid_are_the_seven_most_active_cells()
    {
        double[] map = [.. Enumerable.Range(0, 64).Select(i => (double)(i * 37 % 64))];
        Assert.Equal([63.0, 62, 61, 60, 59, 58, 57], TopCells.Of(map).Select(i => map[i]));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    [InlineData(30, 3)]
    public void The_count_is_rounded_up_and_equal_values_go_to_the_lower_index(int nodes, int expected) =>
        Assert.Equal(Enumerable.Range(0, expected), TopCells.Of(new double[nodes]));
}
