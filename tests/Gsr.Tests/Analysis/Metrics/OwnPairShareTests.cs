using Gsr.Analysis.Metrics;
using Gsr.Graphs;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Analysis.Metrics;

public sealed class OwnPairShareTests
{
    private static readonly int[] Pairs = FeatureGraph.Path(2).Copies(3).Components();

    [Fact]
    public void The_papers_figure_is_a_perfect_hierarchy()
    {
        // Means of the clusters of its GSR figure by nodes n1 .. n6.
        double[,] means =
        {
            { 0, 0, .52, .82, 0, 0 }, { 0, 0, 0, 0, .62, .555 }, { .585, .455, 0, 0, 0, 0 },
        };
        var share = OwnPairShare.Of(means, Pairs);
        Assert.Equal([1, 2, 0], share.Groups);
        Near.Equal([1, 1, 1], share.Shares);
        Near.Equal(1, share.Mean);
    }

    [Fact]
    public void A_uniform_code_is_at_chance_and_a_dead_one_has_no_share()
    {
        double[,] uniform = { { 1, 1, 1, 1, 1, 1 }, { 1, 1, 1, 1, 1, 1 }, { 1, 1, 1, 1, 1, 1 } };
        Near.Equal(1.0 / 3, OwnPairShare.Of(uniform, Pairs).Mean);
        Assert.Equal(0, OwnPairShare.Of(new double[3, 6], Pairs).Mean);
    }

    [Fact]
    public void Clusters_compete_for_pairs()
    {
        // Both of the first two clusters like pair 0; the better total gives it to the first.
        double[,] means = { { 9, 0, 1, 0, 0, 0 }, { 6, 0, 4, 0, 0, 0 }, { 0, 0, 0, 0, 1, 1 } };
        var share = OwnPairShare.Of(means, Pairs);
        Assert.Equal([0, 1, 2], share.Groups);
        Near.Equal([.9, .4, 1], share.Shares);
    }

    [Fact]
    public void Magnitudes_count_for_signed_codes() =>
        Near.Equal([.75, .5], OwnPairShare.Of(new double[,] { { -3, 1 }, { 2, -2 } }, [0, 1]).Shares);

    [Fact]
    public void The_assignment_is_the_best_of_all()
    {
        var random = new Random(3);
        for (var round = 0; round < 300; round++)
        {
            int rows = random.Next(1, 6), columns = random.Next(rows, 7);
            var means = new double[rows, columns];
            for (var i = 0; i < rows * columns; i++)
                means[i / columns, i % columns] = round % 3 == 0 ? random.Next(3) : random.NextDouble();
            // With every node its own group the shares are the assignment problem itself.
            var share = OwnPairShare.Of(means, [.. Enumerable.Range(0, columns)]);
            Assert.Equal(rows, share.Groups.Distinct().Count());
            Near.Equal(BestTotal(means, 0, []), share.Shares.Sum());
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>("clusterMeans", () => OwnPairShare.Of(new double[4, 6], Pairs));
        Assert.Throws<ArgumentException>("groupOfNode", () => OwnPairShare.Of(new double[3, 5], Pairs));
    }

    private static double BestTotal(double[,] means, int row, int[] taken)
    {
        if (row == means.GetLength(0))
            return 0;
        int[] columns = [.. Enumerable.Range(0, means.GetLength(1))];
        var total = Math.Max(columns.Sum(column => means[row, column]), double.Epsilon);
        return columns.Except(taken).Max(column =>
            (means[row, column] / total) + BestTotal(means, row + 1, [.. taken, column]));
    }
}
