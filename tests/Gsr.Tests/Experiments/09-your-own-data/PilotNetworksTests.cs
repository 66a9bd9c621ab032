using Gsr.Experiments.OwnData;

namespace Gsr.Tests.Experiments.OwnData;

public class PilotNetworksTests
{
    private static readonly ModuleTraining Training = new() { Nodes = 6, Seeds = [3], Steps = 200 };

    [Fact]
    public void A_setting_that_is_given_is_taken_without_a_trial()
    {
        var choice = PilotNetworks.Choose(Training, new float[0, 0], "knn", 2, 0.03);
        Assert.Equal((2, 0.03), (choice.K, choice.Alpha));
        Assert.Empty(choice.Tried);
        Assert.Empty(choice.Lines());
    }

    [Fact]
    public void The_cheapest_of_those_that_part_decides_and_no_weight_is_tried_beyond_the_first_that_parts()
    {
        // Graphs of two neighbours part late and cost less there, those of three never do.
        var choice = PilotNetworks.Choose(
            (k, alpha) => new(k, alpha, (10 * alpha) - k, [3, alpha * k >= 0.04 && k < 3 ? 3 : 2]),
            [1, 2, 3], [0.01, 0.02, 0.04, 0.08]);
        Assert.Equal(
            [(1, 0.01), (1, 0.02), (1, 0.04), (2, 0.01), (2, 0.02), (3, 0.01), (3, 0.02), (3, 0.04), (3, 0.08)],
            choice.Tried.Select(setting => (setting.K, setting.Alpha)));
        Assert.Equal((2, 0.02), (choice.Cheapest!.K, choice.Cheapest.Alpha));
        Assert.Equal((2, 0.2), (choice.K, choice.Alpha));
        Assert.Equal(4, choice.Lines().ToList().FindIndex(line => line.ToString()!.Contains('✓')));
    }

    [Theory]
    [InlineData(new[] { 1, 2 }, new[] { 1e-4, 1e-3, 1e-2 }, 1, 1e-3)]
    [InlineData(new[] { 5 }, new[] { 0.5 }, 5, 0.5)]
    public void Where_no_graph_parts_what_is_given_stands_and_else_the_usual(
        int[] neighbours, double[] alphas, int k, double alpha)
    {
        var choice = PilotNetworks.Choose((own, weight) => new(own, weight, 1, [1, 9]), neighbours, alphas);
        Assert.Equal((k, alpha), (choice.K, choice.Alpha));
        Assert.Contains("none", choice.ToString());
    }

    [Fact]
    public void Pilots_are_networks_as_the_notebook_trains_them()
    {
        var cells = Networks.Groups(cells: 60, groups: 3, inputs: 4, seed: 5).Inputs;
        var choice = PilotNetworks.Choose(Training, cells, "knn", 0, 0.5);
        Assert.Equal([1, 2, 3, 5], choice.Tried.Select(setting => setting.K));
        Assert.All(choice.Tried, setting =>
        {
            Assert.Equal(0.5, setting.Alpha);
            Assert.Equal(3, setting.Modules.Count);
            Assert.InRange(setting.Error, 0, 10);
        });
    }

    [Fact]
    public void Spectral_modules_have_to_be_counted_by_whoever_wants_them()
    {
        Assert.Contains("K", Assert.Throws<ArgumentException>(
            () => PilotNetworks.Choose(Training, new float[0, 0], "modules", 0, 0.1)).Message);
        Assert.Throws<ArgumentException>(() => PilotNetworks.Check("nearest", 0, 6));
        Assert.Throws<ArgumentException>(() => PilotNetworks.Check("knn", 6, 6));
    }
}
