using Gsr.Analysis;
using Gsr.Experiments;
using Gsr.Experiments.TCells;
using Gsr.Graphs;
using Gsr.Learning;

namespace Gsr.Tests.Experiments.TCells;

public sealed class DevelopmentTests
{
    private const int Nodes = 12;

    [Fact]
    public void Branches_are_named_by_the_marker_that_they_keep()
    {
        var cells = Cells();
        Assert.Equal((3, 2), (cells.Cd8, cells.Cd4));
        Assert.Equal(["trunk", "CD4", "CD8"], cells.Branches.Names);
        Assert.Equal(["start", "middle", "end of trunk", "end CD8", "end CD4"], cells.Stages.Select(s => s.Name));
        Assert.Equal(cells.Trajectory.End(3), cells.Stages[Development.EndOfCd8].Cells);
        Assert.Equal(cells.Trajectory.End(2), cells.Stages[Development.EndOfCd4].Cells);
    }

    [Fact]
    public void Activation_that_moves_is_found_in_the_graph_s_order_and_lost_in_another()
    {
        var cells = Cells();
        var network = Network(cells, FeatureGraph.Path(Nodes));
        var walk = cells.Along("GSR", [network, network]);
        Assert.All(walk.ToCd8.Values, value => Assert.True(value > 0.95, $"{value}"));
        Assert.True(walk.Within(1).Mean > 0.9 && walk.Travelled.Mean > 0.6);
        // Branch 2 ends half-way back.
        Assert.Equal(2, walk.Cd4Between);
        Assert.Equal(Enumerable.Range(0, Nodes), walk.Order(0));

        Assert.InRange(cells.Permuted("permuted", [network], 20).ToCd8.Mean, -1, 0.7);
        var timeless = cells.OutOfTime("shuffled time", [network]);
        Assert.InRange(timeless.Within(1).Mean, -0.3, 0.3);
        // Equal values have no spread: the difference of 0 is not above 0.
        Assert.Equal(Verdict.NotReached, walk.MoreThan(walk, c => c.Both, "itself").Verdict);
    }

    [Fact]
    public void Courses_run_from_each_neuron_s_lowest_to_its_highest_over_all_developments()
    {
        double[,] codes = { { 0, 5 }, { 2, 5 }, { 4, 5 }, { 10, 5 } };
        var courses = Development.Courses(codes, [[0], [1]], [[2], [3]]);
        Assert.Equal([-1, -0.6], courses[0].Column(0).Select(v => Math.Round(v, 9)));
        Assert.Equal([-0.2, 1], courses[1].Column(0).Select(v => Math.Round(v, 9)));
        Assert.Equal([0, 0], courses[0].Column(1));
    }

    [Fact]
    public void Distances_of_markers_are_those_of_the_stages_means()
    {
        var cells = Cells();
        var markers = Matrices.Of(cells.Trajectory.Count, 2, (cell, marker) =>
            (cells.Stages[Development.EndOfCd8].Cells.Contains(cell), marker) switch
            {
                (true, 0) => 3.0,
                (true, 1) => 4,
                _ => 0,
            });
        Assert.Equal((5, 0, 5), cells.MarkerDistances(markers));
    }

    [Fact]
    public void Dealt_weights_are_the_same_on_other_pairs()
    {
        var graph = FeatureGraph.FromEdges(
            30, Enumerable.Range(0, 29).Select(i => new Edge(i, i + 1, 1 + (0.1 * i))), "path");
        var dealt = GivenGraph.WithWeightsDealt(graph, seed: 3);
        Assert.Equal(graph.Edges.Select(e => e.Weight).Order(), dealt.Graph.Edges.Select(e => e.Weight).Order());
        Assert.True(dealt.Graph.Edges.Count(e => e.Target == e.Source + 1) < 10);
        Assert.Same(dealt.Graph, dealt.Build(NodeActivations.From(new double[2, 30])));
    }

    [Fact]
    public void A_graph_lies_along_its_order()
    {
        var places = NodeOrder.PositionsInLargestComponent(FeatureGraph.Path(5));
        var layout = FiedlerLayout.Of(FeatureGraph.Path(5), places);
        Assert.Equal(places.Select(place => 2 * place), layout.Select(at => at.X));
        // cos(2π(i + ½) / 5), scaled: ends and middle apart.
        Assert.Equal(layout[0].Y, layout[4].Y, 1e-9);
        Assert.Equal(1.4, Math.Abs(layout[0].Y - layout[2].Y), 1e-9);
        Assert.Throws<ArgumentException>("places", () => FiedlerLayout.Of(FeatureGraph.Path(5), [0, 1]));
    }

    [Fact]
    public void Neighbours_along_the_graph_are_more_alike_than_any_two_and_a_silent_neuron_has_no_profile()
    {
        var cells = Cells();
        var network = Network(cells, FeatureGraph.Path(Nodes));
        for (var cell = 0; cell < 300; cell++) network.Codes[cell, 4] = 0;
        var markers = Matrices.Of(300, 4, (cell, marker) => Math.Sin((marker + 1) * cells.Trajectory.Times[cell]));
        var (next, any) = network.ProfilesAlike(markers);
        Assert.True(next > any + 0.1, $"{next} against {any}");
    }

    /// <summary>The trunk has both markers, branch 2 keeps CD4 and branch 3 CD8.</summary>
    private static Development Cells()
    {
        double[] times = [.. Enumerable.Range(0, 300).Select(i => (i % 100 / 200.0) + (i < 100 ? 0 : 0.5))];
        var trajectory = new BranchedTrajectory(times, Enumerable.Range(0, 300).Select(i => 1 + (i / 100)));
        return new(trajectory, [.. trajectory.Branches.Select(b => b == 2 ? 0f : 5)],
            [.. trajectory.Branches.Select(b => b == 3 ? 0f : 5)]);
    }

    /// <summary>A bump from node 0 to the middle on the trunk, on to the last to CD8, half-way back to CD4.</summary>
    private static TrainedNetwork Network(Development cells, FeatureGraph graph)
    {
        var activations = Matrices.Of(300, Nodes, (cell, node) =>
        {
            var time = cells.Trajectory.Times[cell];
            var place = cells.Trajectory.Branches[cell] == 2 ? 0.5 - (0.5 * (time - 0.5)) : time;
            return Math.Exp(-Math.Pow(((place * (Nodes - 1)) - node) / 1.5, 2));
        });
        return new(new Recipe("GSR", new GivenGraph(graph), 1), 0, graph, activations, 0, []);
    }
}
