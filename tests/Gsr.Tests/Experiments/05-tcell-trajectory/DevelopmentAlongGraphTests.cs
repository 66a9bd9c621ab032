using Gsr.Experiments.TCells;
using Gsr.Graphs;

namespace Gsr.Tests.Experiments.TCells;

public sealed class DevelopmentAlongGraphTests
{
    private const int Nodes = 12;

    [Fact]
    public void Activation_that_moves_along_the_graph_is_found_from_either_end()
    {
        var (trajectory, activations) = Moving();
        foreach (var seen in new[] { activations, Mirrored(activations) })
        {
            var towardsTwo = DevelopmentAlongGraph.Of(FeatureGraph.Path(Nodes), seen, trajectory, 2);
            Assert.True(towardsTwo.Correlation(trajectory.Path(2)) > 0.95);
            // Branch 3 returns half-way.
            Assert.True(towardsTwo.Correlation(trajectory.Cells(3)) < -0.9);
            Assert.InRange(towardsTwo.At(trajectory.Start), 0, 0.2);
            Assert.InRange(towardsTwo.At(trajectory.End(2)), 0.8, 1);
            Assert.InRange(towardsTwo.At(trajectory.End(3)), 0.1, 0.4);
        }
    }

    [Fact]
    public void Permuted_positions_lose_it()
    {
        var (trajectory, activations) = Moving();
        var random = new Random(3);
        var correlations = Enumerable.Range(0, 60).Select(_ =>
        {
            double[] positions = [.. Enumerable.Range(0, Nodes).Select(i => i / (Nodes - 1.0))];
            random.Shuffle(positions);
            var permuted = DevelopmentAlongGraph.Of(positions, activations, trajectory, 2);
            Assert.True(permuted.At(trajectory.Start) <= permuted.At(trajectory.End(2)));
            return Math.Abs(permuted.Correlation(trajectory.Path(2)));
        }).ToArray();
        Assert.True(correlations.Average() < 0.7, $"{correlations.Average()}");
    }

    [Fact]
    public void What_does_not_belong_together_is_refused()
    {
        var (trajectory, activations) = Moving();
        Assert.Throws<ArgumentException>(
            () => DevelopmentAlongGraph.Of(FeatureGraph.Path(2), new double[3, 2], trajectory, 2));
        Assert.Throws<ArgumentException>(
            () => DevelopmentAlongGraph.Of(FeatureGraph.Path(2), activations, trajectory, 2));
    }

    /// <summary>A bump from node 0 to the middle on the trunk, on to the last on branch 2, and back to a fifth on branch 3.</summary>
    private static (BranchedTrajectory Trajectory, double[,] Activations) Moving()
    {
        double[] times = [.. Enumerable.Range(0, 300).Select(i => i % 100 / 200.0 + (i < 100 ? 0 : 0.5))];
        var trajectory = new BranchedTrajectory(times, Enumerable.Range(0, 300).Select(i => 1 + (i / 100)));
        var activations = new double[300, Nodes];
        for (var cell = 0; cell < 300; cell++)
        {
            var place = cell < 200 ? times[cell] : 0.5 - (0.6 * (times[cell] - 0.5));
            for (var node = 0; node < Nodes; node++) activations[cell, node] = Math.Exp(-Math.Pow(((place * (Nodes - 1)) - node) / 1.5, 2));
        }

        return (trajectory, activations);
    }

    private static double[,] Mirrored(double[,] activations)
    {
        var mirrored = new double[activations.GetLength(0), Nodes];
        for (var cell = 0; cell < activations.GetLength(0); cell++)
            for (var node = 0; node < Nodes; node++) mirrored[cell, node] = activations[cell, Nodes - 1 - node];
        return mirrored;
    }
}
