using Gsr.Experiments.ScRnaSeq;

namespace Gsr.Tests.Experiments.ScRnaSeq;

public sealed class DendrogramTests
{
    [Fact]
    public void Merges_by_mean_distance_as_by_hand()
    {
        // Points 0, 1, 5, 9 on a line: {0, 1} at 1, {5, 9} at 4, all at (5 + 9 + 4 + 8) / 4.
        var tree = Dendrogram.Of(OnLine(0, 1, 5, 9));
        Assert.Equal([(0, 1), (2, 3), (4, 5)], tree.Merges);
        Assert.Equal([1, 4, 6.5], tree.Heights);
        Assert.Equal([0, 1, 2, 3], Forward(tree.OptimalOrder()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    public void The_order_is_the_best_of_all_that_the_tree_permits(int count)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var distances = RandomDistances(count, seed);
            var tree = Dendrogram.Of(distances);
            var order = tree.OptimalOrder();
            var permitted = Orders(tree, count + tree.Merges.Count - 1).ToArray();
            Assert.Equal(1 << (count - 1), permitted.Length);
            Assert.Contains(permitted, o => o.SequenceEqual(order));
            Assert.Equal(permitted.Min(o => Length(distances, o)), Length(distances, order), 1e-12);
        }
    }

    [Fact]
    public void A_cut_undoes_the_last_merges()
    {
        var tree = Dendrogram.Of(OnLine(5, 0, 1, 9));
        Assert.Equal([0, 1, 2, 3], tree.Cut(5));
        Assert.Equal([0, 1, 2, 3], tree.Cut(4));
        Assert.Equal([0, 1, 1, 2], tree.Cut(3));
        Assert.Equal([0, 1, 1, 0], tree.Cut(2));
        Assert.Equal([0, 0, 0, 0], tree.Cut(1));
    }

    [Fact]
    public void Heights_never_fall_and_every_item_comes_once()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var tree = Dendrogram.Of(RandomDistances(40, seed));
            Assert.Equal(tree.Heights.Order(), tree.Heights);
            Assert.Equal(Enumerable.Range(0, 40), tree.OptimalOrder().Order());
        }
    }

    [Fact]
    public void Rows_that_rise_and_fall_together_lie_side_by_side()
    {
        double[,] profiles = { { 1, 2, 3 }, { 3, 2, 1 }, { 2, 4, 6.5 }, { 9, 6, 2 }, { 4, 4, 4 } };
        var order = Dendrogram.OfRows(profiles).OptimalOrder();
        Assert.Equal(1, Math.Abs(Array.IndexOf(order, 0) - Array.IndexOf(order, 2)));
        Assert.Equal(1, Math.Abs(Array.IndexOf(order, 1) - Array.IndexOf(order, 3)));
    }

    private static int[] Forward(int[] order) => order[0] < order[^1] ? order : [.. order.Reverse()];

    private static double Length(double[,] distances, int[] order) =>
        order.Zip(order.Skip(1), (a, b) => distances[a, b]).Sum();

    private static IEnumerable<int[]> Orders(Dendrogram tree, int cluster)
    {
        if (cluster < tree.Count) return [[cluster]];
        var (left, right) = tree.Merges[cluster - tree.Count];
        return from l in Orders(tree, left)
               from r in Orders(tree, right)
               from order in new[] { l.Concat(r).ToArray(), [.. r, .. l] }
               select order;
    }

    private static double[,] OnLine(params double[] points)
    {
        var distances = new double[points.Length, points.Length];
        for (var i = 0; i < points.Length; i++)
            for (var j = 0; j < points.Length; j++) distances[i, j] = Math.Abs(points[i] - points[j]);
        return distances;
    }

    private static double[,] RandomDistances(int count, int seed)
    {
        var random = new Random(seed);
        var distances = new double[count, count];
        for (var i = 0; i < count; i++)
            for (var j = 0; j < i; j++) distances[i, j] = distances[j, i] = random.NextDouble();
        return distances;
    }
}
