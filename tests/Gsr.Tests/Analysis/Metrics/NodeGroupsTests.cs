using Gsr.Analysis.Metrics;

namespace Gsr.Tests.Analysis.Metrics;

public sealed class NodeGroupsTests
{
    private static readonly double[,] Activations = { { 0, 10, 5 }, { 2, 30, 5 }, { 4, 20, 5 } };

    [Fact]
    public void Nodes_are_standardised_before_they_are_averaged()
    {
        var means = NodeGroups.Means(Activations, [0, 0, 1]);
        var unit = Math.Sqrt(1.5); // (0, 2, 4) and (10, 30, 20) have deviations √(8/3) and √(200/3)
        Assert.Equal(-unit, means[0, 0], 1e-12);
        Assert.Equal((0 + unit) / 2, means[1, 0], 1e-12);
        Assert.Equal((unit + 0) / 2, means[2, 0], 1e-12);
        Assert.All(Enumerable.Range(0, 3), e => Assert.Equal(0, means[e, 1])); // a constant node
    }

    [Fact]
    public void Scale_and_offset_of_a_node_do_not_matter()
    {
        var other = new double[3, 3];
        for (var e = 0; e < 3; e++)
            for (var i = 0; i < 3; i++) other[e, i] = (Activations[e, i] * 7) - 100;
        var (a, b) = (NodeGroups.Means(Activations, [1, 0, -1]), NodeGroups.Means(other, [1, 0, -1]));
        for (var e = 0; e < 3; e++)
            for (var m = 0; m < 2; m++) Assert.Equal(a[e, m], b[e, m], 1e-9);
    }

    [Fact]
    public void The_strongest_module_is_told_with_its_sign() =>
        Assert.Equal([2, 1, 0], NodeGroups.Strongest(new[,] { { 0.5, 1 }, { -2, 1 }, { 0, 0.0 } }));

    [Fact]
    public void Variance_between_classes_is_one_for_the_classes_themselves_and_small_for_shuffled_ones()
    {
        int[] classes = [.. Enumerable.Range(0, 300).Select(i => i % 3)];
        var random = new Random(1);
        var values = new double[300, 3];
        for (var e = 0; e < 300; e++) (values[e, 0], values[e, 1], values[e, 2]) = (
            classes[e] * 5, random.NextDouble(), 4);
        var shares = NodeGroups.VarianceBetween(values, classes);
        Assert.Equal(1, shares[0], 1e-12);
        Assert.InRange(shares[1], 0, 0.04); // of mean 2/299
        Assert.True(double.IsNaN(shares[2]));
    }

    [Fact]
    public void Variance_between_classes_as_by_hand() =>
        // Means 1 and 4 around 2.5: 4 · 1.5² of 9 + 1 (within: 2 · .5).
        Assert.Equal(
            9.0 / 10, NodeGroups.VarianceBetween(new double[,] { { 0.5 }, { 1.5 }, { 3.5 }, { 4.5 } }, [7, 7, -1, -1])[
                0], 1e-12);

    [Fact]
    public void Sizes_have_to_agree_and_some_node_has_to_have_a_module()
    {
        Assert.Throws<ArgumentException>(() => NodeGroups.Means(Activations, [0, 1]));
        Assert.Throws<ArgumentException>("modules", () => NodeGroups.Means(Activations, [-1, -1, -1]));
        Assert.Throws<ArgumentException>(() => NodeGroups.VarianceBetween(Activations, [0]));
    }
}
