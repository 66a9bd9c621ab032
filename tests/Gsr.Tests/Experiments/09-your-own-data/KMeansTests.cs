using Gsr.Analysis.Metrics;
using Gsr.Experiments.OwnData;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Experiments.OwnData;

public sealed class KMeansTests
{
    [Fact]
    public void No_two_groups_of_a_few_points_are_tighter()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var points = Noise(random, random.Next(4, 10), random.Next(1, 12));
            var rows = points.GetLength(0);
            var best = Enumerable.Range(1, (1 << rows) - 2)
                .Min(mask => Within(points, [.. Enumerable.Range(0, rows).Select(i => (mask >> i) & 1)]));
            var found = KMeans.Fit(points, 2, seed, starts: 40);
            Near.Equal(Within(points, found.Classes), found.Within, 1e-4);
            Near.Equal(best, found.Within, 1e-4);
        }
    }

    [Fact]
    public void Groups_far_apart_are_found_and_other_points_go_to_the_nearest()
    {
        var random = new Random(3);
        int[] truth = [.. Enumerable.Range(0, 300).Select(i => i % 5)];
        var points = new float[300, 9];
        for (var i = 0; i < 300; i++)
            for (var j = 0; j < 9; j++) points[i, j] = random.NextSingle() + (truth[i] == j ? 50 : 0);
        var found = KMeans.Fit(points, 5, 1);
        Near.Equal(1, Partition.AdjustedRandIndex(found.Classes, truth));
        Assert.Equal(found.Classes, found.Assign(points));
        Assert.Equal(found.Classes, KMeans.Fit(points, 5, 1).Classes);
    }

    [Fact]
    public void Repeated_points_have_fewer_groups_and_one_group_is_its_mean()
    {
        Assert.Single(KMeans.Fit(new float[6, 2], 3, 1).Classes.Distinct());
        Near.Equal(8, KMeans.Fit(new float[,] { { 0 }, { 4 } }, 1, 1).Within);
        Near.Equal(0, KMeans.Fit(new float[,] { { 0 }, { 4 } }, 2, 1).Within);
    }

    [Fact]
    public void Hostile_input_is_named()
    {
        Assert.Throws<ArgumentException>("count", () => KMeans.Fit(new float[2, 1], 3, 1));
        Assert.Throws<ArgumentException>("count", () => KMeans.Fit(new float[2, 1], 0, 1));
        Assert.Throws<ArgumentException>("points", () => KMeans.Fit(new float[0, 1], 1, 1));
        Assert.Throws<ArgumentException>("points", () => KMeans.Fit(new[,] { { float.NaN }, { 1 } }, 1, 1));
        Assert.Throws<ArgumentException>(
            "points", () => KMeans.Fit(new float[2, 1], 1, 1).Assign(new float[2, 2]));
    }

    private static float[,] Noise(Random random, int rows, int columns)
    {
        var points = new float[rows, columns];
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < columns; j++) points[i, j] = random.NextSingle();
        return points;
    }

    private static double Within(float[,] points, int[] classes) => Enumerable.Range(0, classes.Length)
        .GroupBy(i => classes[i])
        .Sum(group => Enumerable.Range(0, points.GetLength(1)).Sum(j =>
        {
            var mean = group.Average(i => (double)points[i, j]);
            return group.Sum(i => Math.Pow(points[i, j] - mean, 2));
        }));
}
