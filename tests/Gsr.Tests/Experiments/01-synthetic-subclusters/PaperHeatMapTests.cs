using Gsr.Analysis;
using Gsr.Experiments.Subclusters;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Experiments.Subclusters;

public sealed class PaperHeatMapTests
{
    [Theory]
    [InlineData(0, 1, 2, 3, 4, 5)]
    [InlineData(1, 0, 2, 3, 4, 5)]
    [InlineData(4, 5, 0, 1, 3, 2)]
    [InlineData(3, 2, 5, 4, 1, 0)]
    public void A_network_that_differs_in_the_order_of_pairs_and_ends_is_the_papers(params int[] order)
    {
        var other = PaperHeatMap.Values.SelectColumns(order);
        Assert.Equal(order[0] == 0, PaperHeatMap.Distance(other) == 0);
        Assert.Equal(PaperHeatMap.Values, PaperHeatMap.Aligned(other));
    }

    [Fact]
    public void Neurons_of_two_pairs_are_not_exchanged()
    {
        var other = PaperHeatMap.Values.SelectColumns([0, 2, 1, 3, 4, 5]);
        Assert.True(PaperHeatMap.Distance(PaperHeatMap.Aligned(other)) > 0.1);
    }

    [Fact]
    public void The_distance_is_the_mean_over_cells()
    {
        Near.Equal(PaperHeatMap.Values.Cast<double>().Average(), PaperHeatMap.Distance(new double[6, 6]));
        var values = PaperHeatMap.Values;
        values[0, 0] = 0.36;
        Near.Equal(0.01, PaperHeatMap.Distance(values));
    }
}
