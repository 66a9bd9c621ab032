using Gsr.Analysis;
using Gsr.Experiments;
using Gsr.Experiments.Subclusters;
using Gsr.Tests.Graphs;
using Gsr.Training;

namespace Gsr.Tests.Experiments.Subclusters;

public sealed class MethodScoresTests
{
    private static readonly double[,] Paper = PaperHeatMap.Values;

    [Fact]
    public void The_papers_network_has_the_papers_numbers()
    {
        var scores = new MethodScores("GSR", [new(Paper, 0.5), new(Paper.SelectColumns([1, 0, 4, 5, 3, 2]), 0.5)]);
        Assert.All(scores.Share.Values, share => Near.Equal(1, share));
        Assert.All(scores.Ends.Values, ends => Assert.Equal(0.94, ends, 0.005));
        Assert.Equal([0, 0], scores.ToPaper.Values);
        Assert.Equal(Paper, scores.MedianMap);
        Assert.Equal((1, 1, 1), (scores.AllLive.Value, scores.PairsFirst.Value, scores.ClustersFirst.Value));
    }

    [Fact]
    public void The_pictured_network_is_the_one_of_median_own_pair_share()
    {
        var (uniform, wrong) = (Matrices.Of(6, 6, (_, _) => 0.5), Paper.SelectColumns([0, 2, 1, 4, 3, 5]));
        var scores = new MethodScores("three", [new(Paper, 1), new(uniform, 1), new(wrong, 1)]);
        Assert.Equal(1, scores.Share.Values.Order().ToList().IndexOf(scores.Share.Values[2]));
        Assert.Equal(PaperHeatMap.Aligned(wrong), scores.MedianMap);
    }

    [Fact]
    public void Tests_of_pairings_fail_for_uniform_and_wrongly_paired_networks()
    {
        var uniform = Matrices.Of(6, 6, (_, _) => 0.5);
        var wrong = Paper.SelectColumns([0, 2, 1, 4, 3, 5]);
        var scores = new MethodScores("worthless", [new(uniform, 1), new(wrong, 1)]);
        Assert.Equal(0, scores.PairsFirst.Value);
        Assert.Equal(0, new MethodScores("uniform", [new(uniform, 1)]).ClustersFirst.Value);
    }

    [Fact]
    public void Methods_are_compared_seed_by_seed()
    {
        var better = new MethodScores("a", [new(Paper, 1), new(Paper, 4)]);
        var uniform = Matrices.Of(6, 6, (_, _) => 0.5);
        var worse = new MethodScores("b", [new(uniform, 2), new(uniform, 2)]);
        Assert.Equal([0.5, 2], better.ErrorOver(worse).Values);
        Assert.Equal((1, 0), (better.ShareAbove(worse).Value, worse.ShareAbove(better).Value));
        var lower = worse.Below(better, m => m.Share);
        Assert.Equal((Verdict.Reached, "b"), (lower.Verdict, lower.Name));
        Assert.Equal(Verdict.NotReached, better.Below(worse, m => m.Share).Verdict);
        var table = MethodTable.Of([better, worse], withPaper: true);
        Assert.Equal(["a", "b", "paper: GSR", "paper: autoencoder", "paper: β-VAE"], table.RowKeys);
    }

    [Fact]
    public void A_course_is_the_mean_over_networks_of_a_sum_or_of_a_mean()
    {
        var history = new TrainingHistory();
        history.Add(10, 1, [new("reconstruction", 4), new("penalty", 3)]);
        history.Add(20, 1, [new("reconstruction", 2), new("penalty", 1)]);
        var together = new MethodScores("a", [new(Paper, 1), new(Paper, 1)], history);
        Assert.Equal([2, 1], together.Course("reconstruction").Values);
        var weighted = together.Course("penalty", "weighted", step => step);
        Assert.Equal([30, 20], weighted.Values);
        Assert.Equal(("weighted", 20), (weighted.Name, weighted.Steps[1]));
        var alone = new MethodScores("b", [new(Paper, 1), new(Paper, 1)], history, history);
        Assert.Equal([4, 2], alone.Course("reconstruction").Values);
    }
}
