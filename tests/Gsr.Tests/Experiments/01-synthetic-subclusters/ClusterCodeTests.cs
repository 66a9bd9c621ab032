using Gsr.Analysis.Metrics;
using Gsr.Experiments.Subclusters;
using Gsr.Graphs;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Experiments.Subclusters;

public class ClusterCodeTests
{
    private static readonly int[] Pairs = FeatureGraph.Path(2).Copies(3).Components();

    /// <summary>Mean normalised activations of the paper's GSR figure, sub-clusters c0 .. c5 by nodes n1 .. n6.</summary>
    private static readonly double[,] PaperFigure =
    {
        { 0, 0, .85, .68, 0, 0 },
        { 0, 0, .19, .96, 0, 0 },
        { 0, 0, 0, 0, .31, .82 },
        { 0, 0, 0, 0, .93, .29 },
        { .30, .72, 0, 0, 0, 0 },
        { .87, .19, 0, 0, 0, 0 },
    };

    [Fact]
    public void The_papers_figure_is_a_perfect_hierarchy()
    {
        double[,] large = ClassMeans.Of(PaperFigure, [0, 0, 1, 1, 2, 2], 3);
        var share = OwnPairShare.Of(large, Pairs);
        Assert.Equal([1, 2, 0], share.Groups);
        Near.Equal([1, 1, 1], share.Shares);
        Near.Equal(1, share.Mean);
        Assert.Equal(0, ClusterCodes.BetweenClusterCosine(large));
        Assert.Equal(6, ClusterCodes.LiveNodes(PaperFigure));
    }

    [Fact]
    public void A_uniform_code_is_at_chance()
    {
        double[,] uniform = { { 1, 1, 1, 1, 1, 1 }, { 1, 1, 1, 1, 1, 1 }, { 1, 1, 1, 1, 1, 1 } };
        Near.Equal(1.0 / 3, OwnPairShare.Of(uniform, Pairs).Mean);
        Near.Equal(1, ClusterCodes.BetweenClusterCosine(uniform));
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
    public void A_collapsed_layer_is_no_structure()
    {
        double[,] dead = new double[3, 6];
        Assert.Equal(0, OwnPairShare.Of(dead, Pairs).Mean);
        Assert.True(double.IsNaN(ClusterCodes.BetweenClusterCosine(dead)));
        Assert.Equal(0, ClusterCodes.LiveNodes(dead));
    }

    [Fact]
    public void One_cluster_has_no_pair_of_clusters() =>
        Assert.True(double.IsNaN(ClusterCodes.BetweenClusterCosine(new double[,] { { 1, 2 } })));

    [Fact]
    public void Dead_clusters_are_left_out_of_the_cosine() =>
        Near.Equal(-1, ClusterCodes.BetweenClusterCosine(new double[,] { { 1, 2 }, { 0, 0 }, { -2, -4 } }));

    [Fact]
    public void Silent_nodes_are_not_live()
    {
        double[,] means = { { 1, .03, 0, -.5 }, { .2, .01, 0, 0 } };
        Assert.Equal(2, ClusterCodes.LiveNodes(means));
    }

    [Fact]
    public void The_assignment_is_the_best_of_all()
    {
        var random = new Random(3);
        for (int round = 0; round < 300; round++)
        {
            int rows = random.Next(1, 6), columns = random.Next(rows, 7);
            var means = new double[rows, columns];
            for (int i = 0; i < rows * columns; i++)
                means[i / columns, i % columns] = round % 3 == 0 ? random.Next(3) : random.NextDouble();
            // With every node its own group the shares are the assignment problem itself.
            var share = OwnPairShare.Of(means, [.. Enumerable.Range(0, columns)]);
            Assert.Equal(rows, share.Groups.Distinct().Count());
            Near.Equal(BestTotal(means, 0, []), share.Shares.Sum());
        }
    }

    [Fact]
    public void Class_means_average_and_leave_empty_classes_at_zero()
    {
        double[,] means = ClassMeans.Of(new double[,] { { 1, 2 }, { 3, 6 }, { 5, -1 } }, [0, 0, 2], 4);
        Assert.Equal(new double[,] { { 2, 4 }, { 0, 0 }, { 5, -1 }, { 0, 0 } }, means);
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        Refuses<ArgumentException>(() => OwnPairShare.Of(new double[4, 6], Pairs), "clusterMeans has 4 clusters for 3 groups");
        Refuses<ArgumentException>(() => OwnPairShare.Of(new double[3, 5], Pairs), "groupOfNode holds 6 values; expected 5");
        Refuses<ArgumentException>(() => ClassMeans.Of(new double[2, 2], [0, 3], 3), "labels[1] is 3; with classCount 3");
        Refuses<ArgumentException>(() => ClassMeans.Of(new double[2, 2], [0], 3), "labels holds 1 values; expected 2");
        Refuses<ArgumentOutOfRangeException>(() => ClassMeans.Of(new double[1, 1], [0], 0), "classCount is 0");

        static void Refuses<T>(Action action, string message) where T : Exception =>
            Assert.Contains(message, Assert.Throws<T>(action).Message);
    }

    private static double BestTotal(double[,] means, int row, int[] taken)
    {
        if (row == means.GetLength(0))
            return 0;
        int[] columns = [.. Enumerable.Range(0, means.GetLength(1))];
        double total = Math.Max(columns.Sum(column => means[row, column]), double.Epsilon);
        return columns.Except(taken).Max(column =>
            (means[row, column] / total) + BestTotal(means, row + 1, [.. taken, column]));
    }
}
