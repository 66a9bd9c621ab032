using Gsr.Analysis.Metrics;
using Gsr.Experiments.Subclusters;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Experiments.Subclusters;

public class ClusterCodeTests
{
    [Fact]
    public void In_the_papers_figure_all_nodes_live_and_clusters_share_none()
    {
        Assert.Equal(0, ClusterCodes.BetweenClusterCosine(ClusterCodes.Large(PaperHeatMap.Values)));
        Assert.Equal(6, ClusterCodes.LiveNodes(PaperHeatMap.Values));
    }

    [Fact]
    public void Large_clusters_are_the_means_of_their_two_sub_clusters()
    {
        var means = PaperHeatMap.Values;
        Assert.Equal(
            ClassMeans.Of(means, [0, 0, 1, 1, 2, 2], 3).Cast<double>(), ClusterCodes.Large(means).Cast<double>(),
            (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Ends_are_apart_by_the_difference_of_their_leans()
    {
        Near.Equal(2, ClusterCodes.EndsApart(new double[,] { { 1, 0 }, { 0, 3 } }, [(0, 1)]));
        Near.Equal(0, ClusterCodes.EndsApart(new double[,] { { 1, 2 }, { 2, 4 } }, [(0, 1)]));
        Near.Equal(0, ClusterCodes.EndsApart(new double[4, 2], [(0, 1), (0, 1)]));
        // (.85 - .68) / 1.53 = .11 against (.19 - .96) / 1.15 = -.67, and so on.
        Assert.Equal(0.94, ClusterCodes.EndsApart(PaperHeatMap.Values, [(2, 3), (4, 5), (0, 1)]), 0.005);
    }

    [Fact]
    public void A_uniform_code_points_one_way()
    {
        double[,] uniform = { { 1, 1, 1, 1, 1, 1 }, { 1, 1, 1, 1, 1, 1 }, { 1, 1, 1, 1, 1, 1 } };
        Near.Equal(1, ClusterCodes.BetweenClusterCosine(uniform));
    }

    [Fact]
    public void A_collapsed_layer_is_no_structure()
    {
        var dead = new double[3, 6];
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
}
