using Gsr.Learning;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Learning;

public sealed class CollapseTests
{
    [Fact]
    public void Independent_nodes_keep_all_but_an_nth_of_their_variance()
    {
        // Columns of a Hadamard matrix: of mean 0, orthogonal, of equal variance.
        double[,] orthogonal = { { 1, 1, 1 }, { -1, 1, -1 }, { 1, -1, -1 }, { -1, -1, 1 } };
        Near.Equal(2 / 3.0, CollapseDetection.DistinctShare(NodeActivations.From(orthogonal)), 1e-12);
        Assert.Equal(Collapse.None, CollapseDetection.Of(NodeActivations.From(orthogonal)));
    }

    [Fact]
    public void Two_modules_of_equal_nodes_are_no_collapse()
    {
        var activations = Layer((node, sample) => sample % 2 == node % 2 ? 1 : 0);
        Near.Equal(1, CollapseDetection.DistinctShare(activations));
        Assert.Equal(Collapse.None, CollapseDetection.Of(activations));
    }

    [Theory]
    [InlineData(1e-20, 0)]
    [InlineData(1, 0)]
    [InlineData(1, 5)]
    [InlineData(1e20, 0)]
    public void Equal_nodes_are_a_collapse_at_any_scale_and_offset(double scale, double offset)
    {
        var activations = Layer(
            (node, sample) => (scale * Math.Sin(sample) * (1 + (1e-3 * node / 20))) + (offset * node));
        Assert.InRange(CollapseDetection.DistinctShare(activations), 0, 1e-5);
        Assert.Equal(Collapse.AllNodesEqual, CollapseDetection.Of(activations));
    }

    [Fact]
    public void Constant_nodes_are_a_collapse_even_where_they_differ()
    {
        foreach (var constant in new[] { 0, 1e-30, 0.1, 1e30 })
        {
            var activations = Layer((node, _) => constant * node);
            Assert.Equal(Collapse.AllNodesDead, CollapseDetection.Of(activations));
            Assert.True(double.IsNaN(CollapseDetection.DistinctShare(activations)));
        }

        // What varies by rounding alone is dead too.
        Assert.Equal(
            Collapse.AllNodesDead,
            CollapseDetection.Of(Layer((node, sample) => 1000 + (1e-4 * ((sample + node) % 2)))));
    }

    [Fact]
    public void One_live_node_among_dead_ones_and_a_layer_of_one_are_no_collapse()
    {
        Assert.Equal(Collapse.None, CollapseDetection.Of(Layer((node, sample) => node == 3 ? sample : 0)));
        Assert.Equal(Collapse.None, CollapseDetection.Of(NodeActivations.From(new double[,] { { 1 }, { 2 } })));
    }

    private static NodeActivations Layer(Func<int, int, double> value)
    {
        var matrix = new double[50, 20];
        for (var s = 0; s < 50; s++)
            for (var i = 0; i < 20; i++) matrix[s, i] = value(i, s);
        return NodeActivations.From(matrix);
    }
}
