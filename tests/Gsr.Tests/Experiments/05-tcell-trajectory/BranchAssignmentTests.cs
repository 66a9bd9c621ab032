using Gsr.Experiments.TCells;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Experiments.TCells;

public sealed class BranchAssignmentTests
{
    [Fact]
    public void The_threshold_is_the_best_of_all_cuts()
    {
        var random = new Random(9);
        for (var round = 0; round < 200; round++)
        {
            float[] values = [.. Enumerable.Range(0, random.Next(2, 25)).Select(_ => (float)random.Next(8))];
            if (values.Distinct().Count() < 2) continue;
            var threshold = SinglePositiveBranches.Threshold(values);
            var cuts = values.Distinct().Order().ToArray();
            var best = cuts.Skip(1).Max(Between);
            Near.Equal(best, Between((float)threshold));
            Assert.DoesNotContain((float)threshold, values.Where(v => v != threshold));

            double Between(float cut)
            {
                double[] low = [.. values.Where(v => v < cut)], high = [.. values.Where(v => v >= cut)];
                return low.Length * (double)high.Length * Math.Pow(low.Average() - high.Average(), 2);
            }
        }

        Assert.Equal(4.5, SinglePositiveBranches.Threshold([0, 0.1f, 8.9f, 9, 0.2f, 0.1f, 8.8f]), 1);
        Assert.Throws<ArgumentException>(() => SinglePositiveBranches.Threshold([2, 2]));
        Assert.Throws<ArgumentException>(() => SinglePositiveBranches.Threshold([]));
    }

    [Fact]
    public void A_single_positive_cell_is_on_a_branch_only_if_it_is_late()
    {
        // Times: none, CD8 early, both (median at .6), then CD8 alone, CD4 alone, and a late cell with neither.
        double[] times = [0, 0.2, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
        float[] cd8 = [0, 5, 5, 5, 5, 5, 0, 0], cd4 = [0, 0, 5, 5, 5, 0, 5, 0];
        Assert.Equal([1, 1, 1, 1, 1, 2, 3, 1], SinglePositiveBranches.Of(times, cd8, cd4));
        Assert.Throws<ArgumentException>(() => SinglePositiveBranches.Of([0, 1], [0, 5], [5, 0]));
        Assert.Throws<ArgumentException>(() => SinglePositiveBranches.Of([0, 1], [0, 5], [5]));
    }
}
