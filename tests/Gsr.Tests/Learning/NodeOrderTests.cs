using Gsr.Graphs;
using Gsr.Learning;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Learning;

public sealed class NodeOrderTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    [InlineData(400)]
    public void A_shuffled_path_is_read_from_end_to_end(int nodes)
    {
        int[] place = [.. Enumerable.Range(0, nodes)];
        new Random(nodes).Shuffle(place);
        var order = NodeOrder.Of(FeatureGraph.Path(nodes).Permuted(place));
        // Neighbours in the order are neighbours on the path.
        var onPath = order.Select(node => Array.IndexOf(place, node)).ToArray();
        for (var i = 1; i < nodes; i++) Assert.Equal(1, Math.Abs(onPath[i] - onPath[i - 1]));
        Assert.InRange(Array.IndexOf(order, 0), 0, (nodes - 1) / 2);
    }

    [Fact]
    public void A_noisy_trajectory_is_ordered_by_its_time()
    {
        var random = new Random(2);
        double[] time = [.. Enumerable.Range(0, 30).Select(_ => random.NextDouble())];
        var edges = from i in Enumerable.Range(0, 30)
                    from j in Enumerable.Range(0, i)
                    let near = Math.Exp(-Math.Pow((time[i] - time[j]) / 0.12, 2))
                    where near > 0.01
                    select new Edge(i, j, near);
        var order = NodeOrder.Of(FeatureGraph.FromEdges(30, edges));
        var inOrder = order.Select(node => time[node]).ToArray();
        var ascending = Enumerable.Range(1, 29).Count(i => inOrder[i] > inOrder[i - 1]);
        Assert.True(ascending is >= 27 or <= 2, $"{ascending} of 29 steps ascend");
    }

    [Fact]
    public void Every_node_once_and_each_component_by_itself() => GraphSample.Check(sample =>
    {
        var orders = NodeOrder.AlongComponents(sample.Graph);
        Assert.Equal(Enumerable.Range(0, sample.Nodes), orders.SelectMany(o => o).Order());
        var components = sample.Graph.Components();
        Assert.Equal(sample.Graph.ComponentCount, orders.Length);
        Assert.All(orders, order => Assert.Single(order.Select(node => components[node]).Distinct()));
        Assert.Equal(orders.Select(o => o.Length).OrderDescending(), orders.Select(o => o.Length));
        Assert.Equal(orders.SelectMany(o => o), NodeOrder.Of(sample.Graph));
        Assert.All(orders, order => Assert.InRange(Array.IndexOf(order, order.Min()), 0, (order.Length - 1) / 2));
    });
}
