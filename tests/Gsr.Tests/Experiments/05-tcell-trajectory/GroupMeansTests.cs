using Gsr.Analysis.Metrics;
using Gsr.Experiments.TCells;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Experiments.TCells;

public sealed class GroupMeansTests
{
    [Fact]
    public void Groups_may_overlap_and_leave_examples_out() =>
        Near.Equal(new double[,] { { 2, 20 }, { 3, 30 }, { 5, 50 } },
            GroupMeans.Of(new double[,] { { 1, 10 }, { 3, 30 }, { 5, 50 }, { 7, 70 } }, [[0, 1], [1], [3, 1]]));

    [Fact]
    public void Of_classes_they_are_the_class_means()
    {
        var random = new Random(2);
        var values = new double[50, 4];
        for (var i = 0; i < 200; i++) values[i / 4, i % 4] = random.NextDouble();
        int[] labels = [.. Enumerable.Range(0, 50).Select(i => i < 3 ? i : random.Next(3))];
        Near.Equal(ClassMeans.Of(values, labels, 3),
            GroupMeans.Of(values, [.. Enumerable.Range(0, 3).Select(c => Enumerable.Range(0, 50).Where(i => labels[i] == c).ToArray())]));
    }

    [Fact]
    public void A_group_without_examples_is_refused() =>
        Assert.Throws<ArgumentException>(() => GroupMeans.Of(new double[1, 1], [[0], []]));
}
