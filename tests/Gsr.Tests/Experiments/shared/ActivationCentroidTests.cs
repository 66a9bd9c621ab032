using Gsr.Analysis.Metrics;
using Gsr.Experiments;
using Gsr.Graphs;
using Gsr.Learning;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Experiments;

public sealed class ActivationCentroidTests
{
    [Fact]
    public void It_is_the_weighted_mean_written_out()
    {
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            var (examples, nodes) = (random.Next(2, 12), random.Next(1, 9));
            var z = new double[examples, nodes];
            for (var e = 0; e < examples; e++)
                for (var i = 0; i < nodes; i++) z[e, i] = (random.NextDouble() * Math.Pow(10, i - 3)) + i;
            double[] positions = [
                .. Enumerable.Range(0, nodes)
                    .Select(i => i > 0 && random.Next(4) == 0 ? double.NaN : random.NextDouble())];
            var actual = ActivationCentroid.Of(z, positions);
            for (var e = 0; e < examples; e++) Near.Equal(Slow(z, positions, e), actual[e], 1e-6);
        }
    }

    [Fact]
    public void A_bump_that_walks_along_a_path_is_followed_from_end_to_end()
    {
        var positions = NodeOrder.PositionsInLargestComponent(FeatureGraph.Path(20));
        var z = new double[40, 20];
        for (var e = 0; e < 40; e++)
            for (var i = 0; i < 20; i++) z[e, i] = Math.Exp(-Math.Pow((i - (e / 2.0)) / 2, 2));
        var centroids = ActivationCentroid.Of(z, positions);
        Assert.InRange(centroids[0], 0, 0.15);
        Assert.InRange(centroids[^1], 0.85, 1);
        Near.Equal(1, RankCorrelation.Spearman(centroids, [.. Enumerable.Range(0, 40).Select(e => (double)e)]));
    }

    [Fact]
    public void Scale_and_offset_of_a_node_do_not_matter()
    {
        var random = new Random(8);
        var (z, scaled) = (new double[30, 5], new double[30, 5]);
        for (var e = 0; e < 30; e++)
            for (var i = 0; i < 5; i++) scaled[e, i] = ((z[e, i] = random.NextDouble()) * Math.Pow(10, i)) - 7;
        double[] positions = [0, 0.2, 0.4, 0.7, 1];
        Near.Equal(ActivationCentroid.Of(z, positions), ActivationCentroid.Of(scaled, positions), 1e-6);
    }

    [Fact]
    public void Degenerate_activations()
    {
        // Node 1 is constant and left out; in the second example no other node lies above its mean.
        Near.Equal([0.9, 0.9], ActivationCentroid.Of(new double[,] { { 3, 7 }, { 1, 7 } }, [0.9, 0.1]));
        Assert.Throws<ArgumentException>(() => ActivationCentroid.Of(new double[3, 2], [0, 1]));
        Assert.Throws<ArgumentException>(() => ActivationCentroid.Of(new[,] { { 1.0 }, { 2 } }, [double.NaN]));
        Assert.Throws<ArgumentException>(() => ActivationCentroid.Of(new double[3, 2], [0]));
    }

    [Fact]
    public void Positions_run_along_the_largest_component_only()
    {
        var graph = FeatureGraph.FromEdges(6, [new Edge(5, 1), new Edge(1, 3), new Edge(3, 0)]);
        double[] expected = [0, 2.0 / 3, double.NaN, 1.0 / 3, double.NaN, 1];
        Assert.Equal(expected, NodeOrder.PositionsInLargestComponent(graph));
        Assert.Equal([0.5, double.NaN], NodeOrder.PositionsInLargestComponent(FeatureGraph.FromEdges(2, [])));
    }

    private static double Slow(double[,] z, double[] positions, int example)
    {
        var (examples, nodes) = (z.GetLength(0), z.GetLength(1));
        double weight = 0, moment = 0, places = 0;
        var count = 0;
        for (var i = 0; i < nodes; i++)
        {
            if (double.IsNaN(positions[i])) continue;
            var column = Enumerable.Range(0, examples).Select(e => z[e, i]).ToArray();
            var deviation = Math.Sqrt(column.Average(v => (v - column.Average()) * (v - column.Average())));
            var active = Math.Max(0, (z[example, i] - column.Average()) / deviation);
            weight += active;
            moment += active * positions[i];
            places += positions[i];
            count++;
        }

        return weight > 0 ? moment / weight : places / count;
    }
}
