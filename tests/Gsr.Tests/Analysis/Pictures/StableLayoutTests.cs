using Gsr.Analysis.Pictures;
using Gsr.Graphs;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Analysis.Pictures;

public sealed class StableLayoutTests
{
    [Fact]
    public void A_path_is_drawn_as_a_line_and_a_grid_as_a_grid()
    {
        foreach (var graph in new[] { FeatureGraph.Path(12), FeatureGraph.Grid(4, 5) })
        {
            var drawn = StableLayout.Of(graph);
            var lengths = graph.Edges.Select(e => Distance(drawn[e.Source], drawn[e.Target])).ToArray();
            Assert.All(lengths, length => Assert.InRange(length, 0.7, 1.25));
            // No two nodes nearer than neighbours.
            for (var i = 0; i < drawn.Length; i++)
                for (var j = 0; j < i; j++) Assert.True(Distance(drawn[i], drawn[j]) > 0.9 * lengths.Min());
        }

        var line = StableLayout.Of(FeatureGraph.Path(12));
        Assert.Equal(11, Distance(line[0], line[11]), 0.1);
    }

    [Fact]
    public void A_sweep_never_adds_stress() => GraphSample.Check(sample =>
    {
        var stress = new LayoutStress(sample.Graph);
        NodePosition[] positions = [.. sample.Signal.Zip(sample.OtherSignal, (x, y) => new NodePosition(x, y))];
        foreach (var previous in new[] { null, positions.Reverse().ToArray() })
        {
            NodePosition[] moving = [.. positions];
            for (var i = 0; i < 10; i++)
            {
                var before = stress.Of(moving, previous, 0.3);
                stress.Sweep(moving, previous, 0.3);
                Assert.True(stress.Of(moving, previous, 0.3) <= before + 1e-9);
            }
        }
    });

    [Fact]
    public void Every_graph_gets_finite_places_around_0_the_same_each_time() => GraphSample.Check(sample =>
    {
        var drawn = StableLayout.Of(sample.Graph);
        Assert.All(drawn, p => Assert.True(double.IsFinite(p.X) && double.IsFinite(p.Y)));
        Near.Equal([0, 0], [drawn.Sum(p => p.X), drawn.Sum(p => p.Y)], 1e-6);
        Assert.Equal(drawn, StableLayout.Of(sample.Graph));
        for (var i = 0; i < drawn.Length; i++)
        {
            for (var j = 0; j < i; j++) Assert.True(
                Distance(drawn[i], drawn[j]) > 1e-6, "two nodes are drawn in one place");
        }
    });

    [Fact]
    public void A_graph_that_stays_stays_in_its_place()
    {
        var graph = FeatureGraph.Wishbone(10);
        var layouts = StableLayout.Over([graph, graph, graph, graph]);
        Assert.True(Moved(layouts[0], layouts[3]) < 0.05, $"{Moved(layouts[0], layouts[3])}");
    }

    [Fact]
    public void Small_changes_move_the_picture_less_than_fresh_pictures_differ()
    {
        var random = new Random(4);
        var graphs = new List<FeatureGraph> { FeatureGraph.Grid(5, 6) };
        for (var i = 0; i < 10; i++)
        {
            var edges = graphs[^1].Edges.ToList();
            edges.RemoveAt(random.Next(edges.Count));
            var (a, b) = (random.Next(30), random.Next(30));
            if (a != b && !edges.Exists(e => (e.Source, e.Target) == (Math.Min(a, b), Math.Max(a, b)))) edges.Add(
                new Edge(a, b));
            graphs.Add(FeatureGraph.FromEdges(30, edges));
        }

        var stable = StableLayout.Over(graphs);
        var fresh = graphs.ConvertAll(g => StableLayout.Of(g));
        double held = 0, free = 0;
        for (var i = 1; i < graphs.Count; i++)
        {
            held += Moved(stable[i - 1], stable[i]);
            // Even when turned onto each other as well as can be.
            free += Moved(Procrustes.Centred(fresh[i - 1]), Procrustes.Align(fresh[i], fresh[i - 1]));
        }

        Assert.True(held < 0.6 * free, $"{held} against {free}");
        // And they are no bad pictures: of little more stress than fresh ones.
        var stress = new LayoutStress(graphs[^1]);
        Assert.True(stress.Of(stable[^1], null, 0) < 1.5 * stress.Of(fresh[^1], null, 0));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_turned_shifted_and_mirrored_picture_comes_back(bool mirrored)
    {
        var random = new Random(1);
        NodePosition[] original = [
            .. Enumerable.Range(0, 9).Select(_ => new NodePosition(random.NextDouble(), random.NextDouble()))];
        var (sin, cos) = Math.SinCos(2.2);
        NodePosition[] turned = [.. original.Select(p => (p.X, Y: mirrored ? -p.Y : p.Y)).Select(p =>
            new NodePosition(7 + (cos * p.X) - (sin * p.Y), (sin * p.X) + (cos * p.Y) - 3))];
        var centred = Procrustes.Centred(original);
        var back = Procrustes.Align(turned, original);
        Near.Equal(centred.SelectMany(p => new[] { p.X, p.Y }), back.SelectMany(p => new[] { p.X, p.Y }));
    }

    [Fact]
    public void No_angle_fits_better_than_the_one_of_alignment()
    {
        var random = new Random(3);
        for (var trial = 0; trial < 20; trial++)
        {
            NodePosition[] x = [
                .. Enumerable.Range(0, 6).Select(_ => new NodePosition(random.NextDouble(), random.NextDouble()))];
            NodePosition[] y = [
                .. Enumerable.Range(0, 6).Select(_ => new NodePosition(random.NextDouble(), random.NextDouble()))];
            var (cx, cy) = (Procrustes.Centred(x), Procrustes.Centred(y));
            var reached = Squares(Procrustes.Align(x, y), cy);
            for (var degree = 0; degree < 360; degree++)
            {
                var (sin, cos) = Math.SinCos(Math.PI * degree / 180);
                foreach (var sign in new[] { 1, -1 })
                {
                    NodePosition[] turned = [
                        .. cx.Select(
                            p => new NodePosition((cos * p.X) - (sin * sign * p.Y), (sin * p.X) + (cos * sign * p.Y)))];
                    Assert.True(Squares(turned, cy) >= reached - 1e-9);
                }
            }
        }
    }

    [Fact]
    public void Positions_can_be_given_to_a_graph_and_wrong_ones_are_named()
    {
        var graph = FeatureGraph.Grid(2, 2);
        var drawn = graph.WithLayout([new(0, 0), new(1, 1), new(2, 2), new(3, 5)]);
        Assert.Equal(new NodePosition(3, 5), drawn.Layout[3]);
        Assert.Equal(graph.Edges, drawn.Edges);
        Assert.Equal((graph.Shape, graph.Name), (drawn.Shape, drawn.Name));
        Assert.Throws<ArgumentException>("positions", () => graph.WithLayout([new(0, 0)]));
        Assert.Throws<ArgumentException>(
            "positions", () => graph.WithLayout([new(0, 0), new(double.NaN, 0), new(0, 0), new(0, 0)]));
        Assert.Throws<ArgumentException>("graphs", () => StableLayout.Over([]));
        Assert.Throws<ArgumentException>("previous", () => StableLayout.Of(graph, [new(0, 0)]));
    }

    private static double Distance(NodePosition a, NodePosition b) => double.Hypot(a.X - b.X, a.Y - b.Y);

    private static double Moved(NodePosition[] before, NodePosition[] after) => before.Zip(after, Distance).Average();

    private static double Squares(NodePosition[] a, NodePosition[] b) =>
        a.Zip(b, (p, q) => Math.Pow(Distance(p, q), 2)).Sum();
}
