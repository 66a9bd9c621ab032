using Gsr.Analysis.Metrics;

namespace Gsr.Tests.Analysis.Metrics;

public sealed class ProfileCorrelationTests
{
    // Rows 0 and 1 agree (r = 1), row 2 is their opposite (r = -1), row 3 is at right angles to all (r = 0).
    private static readonly double[,] Profiles = { { 1, 2, 3, 4 }, { 3, 5, 7, 9 }, { 4, 3, 2, 1 }, { 1, -1, -1, 1 } };

    [Fact]
    public void Agrees_with_pairs_by_hand()
    {
        var alike = ProfileCorrelation.Of(Profiles, [0, 0, 1, 1]);
        Assert.Equal(0.5, alike.Within, 1e-12);   // (0,1) 1, (2,3) 0
        Assert.Equal(-0.5, alike.Between, 1e-12); // (0,2) -1, (1,2) -1, (0,3) 0, (1,3) 0
    }

    [Fact]
    public void Nodes_of_no_module_and_constant_profiles_are_left_out()
    {
        double[,] profiles = { { 1, 2 }, { 2, 4 }, { 2, 1 }, { 7, 7 } };
        var alike = ProfileCorrelation.Of(profiles, [0, 0, -1, 0]);
        Assert.Equal(1, alike.Within, 1e-12);
        Assert.True(double.IsNaN(alike.Between));
    }

    [Fact]
    public void Neighbours_along_an_order_count_once_each()
    {
        Assert.Equal((1 - 1 + 0) / 3.0, ProfileCorrelation.Along(Profiles, [0, 1, 2, 3]), 1e-12);
        Assert.Equal(-1, ProfileCorrelation.Along(Profiles, [2, 0]), 1e-12);
        Assert.True(double.IsNaN(ProfileCorrelation.Along(new double[,] { { 1 }, { 2 } }, [0, 1])));
    }

    [Theory]
    [InlineData(new[] { 0 })]
    [InlineData(new[] { 0, 4 })]
    [InlineData(new[] { 0, -1 })]
    [InlineData(new[] { 0, 0 })]
    public void An_order_that_is_none_is_refused(int[] order) =>
        Assert.Throws<ArgumentException>("order", () => ProfileCorrelation.Along(Profiles, order));

    [Fact]
    public void One_label_for_each_node() =>
        Assert.Throws<ArgumentException>(() => ProfileCorrelation.Of(Profiles, [0, 1]));
}
