using Gsr.Experiments.TCells;

namespace Gsr.Tests.Experiments.TCells;

public sealed class BranchedTrajectoryTests
{
    [Fact]
    public void Paths_and_stages_follow_the_time()
    {
        // 100 cells on the trunk with times 0 .. 99 in shuffled order, 40 on branch 2 and 10 on branch 3 after them.
        int[] places = [.. Enumerable.Range(0, 150)];
        new Random(4).Shuffle(places);
        var trajectory = new BranchedTrajectory(
            places.Select(p => (double)p), places.Select(p => p < 100 ? 1 : p < 140 ? 2 : 3));

        Assert.Equal("150 cells, 100 + 40 + 10 on branches 1 to 3", trajectory.ToString());
        Assert.Equal(Enumerable.Range(0, 140), trajectory.Path(2).Select(cell => places[cell]));
        Assert.Equal(Enumerable.Range(0, 100).Concat(Enumerable.Range(140, 10)),
            trajectory.Path(3).Select(cell => places[cell]));
        Assert.Equal(Enumerable.Range(0, 100), trajectory.Path(1).Select(cell => places[cell]));
        var stages = trajectory.Stages(["DP", "CD8", "CD4"]);
        Assert.Equal(["start", "middle", "DP", "CD8", "CD4"], stages.Select(stage => stage.Name));
        Assert.Equal([[0, 1, 2, 3, 4], [47, 48, 49, 50, 51], [95, 96, 97, 98, 99], [138, 139], [149]],
            stages.Select(stage => stage.Cells.Select(cell => places[cell]).ToArray()));
    }

    [Fact]
    public void Windows_are_consecutive_and_of_one_size_but_for_one_cell()
    {
        var random = new Random(1);
        for (var round = 0; round < 100; round++)
        {
            var cells = Enumerable.Range(10, random.Next(1, 60)).ToArray();
            var count = random.Next(1, cells.Length + 1);
            var windows = BranchedTrajectory.Windows(cells, count);
            Assert.Equal(count, windows.Length);
            Assert.Equal(cells, windows.SelectMany(w => w));
            Assert.InRange(windows.Max(w => w.Length) - windows.Min(w => w.Length), 0, 1);
        }
    }

    [Fact]
    public void A_sample_takes_no_more_of_a_branch_than_was_asked_and_the_same_for_a_seed()
    {
        var cells = Enumerable.Range(0, 60);
        var trajectory = new BranchedTrajectory(
            cells.Select(i => (double)i), cells.Select(i => i < 50 ? 1 : i < 57 ? 2 : 3));
        var sample = trajectory.Sample(6, seed: 3);
        Assert.Equal(sample, sample.Distinct().Order());
        Assert.Equal([6, 6, 3], Enumerable.Range(1, 3).Select(
            branch => sample.Count(cell => trajectory.Branches[cell] == branch)));
        Assert.Equal(sample, trajectory.Sample(6, seed: 3));
        Assert.NotEqual(sample, trajectory.Sample(6, seed: 4));
        Assert.Equal(sample.Select(cell => trajectory.Times[cell]), trajectory.Select(sample).Times);
    }

    [Theory]
    [InlineData(new[] { 0.0, 1 }, new[] { 1 })]
    [InlineData(new[] { 0, double.NaN }, new[] { 1, 1 })]
    [InlineData(new[] { 0.0, 1 }, new[] { 1, 0 })]
    [InlineData(new[] { 0.0, 1 }, new[] { 1, 3 })]
    [InlineData(new double[0], new int[0])]
    public void What_is_no_trajectory_is_refused(double[] times, int[] branches) =>
        Assert.Throws<ArgumentException>(() => new BranchedTrajectory(times, branches));
}
