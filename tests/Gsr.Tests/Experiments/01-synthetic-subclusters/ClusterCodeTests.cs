using Gsr.Analysis.Metrics;
using Gsr.Experiments.Subclusters;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Experiments.Subclusters;

public class ClusterCodeTests
{
    /// <summary>
    /// Mean normalised activations of the paper's GSR figure, sub-clusters c0 .. c5 by nodes n1 .. n6.
    /// </summary>
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
    public void In_the_papers_figure_all_nodes_live_and_clusters_share_none()
    {
        Assert.Equal(0, ClusterCodes.BetweenClusterCosine(ClassMeans.Of(PaperFigure, [0, 0, 1, 1, 2, 2], 3)));
        Assert.Equal(6, ClusterCodes.LiveNodes(PaperFigure));
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
