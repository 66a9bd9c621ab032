using Gsr.Experiments.OwnData;
using Gsr.Graphs;
using Gsr.Learning;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Experiments.OwnData;

public sealed class CellOrderTests
{
    [Fact]
    public void A_wave_along_the_graph_is_followed_and_a_permuted_one_is_not()
    {
        var (codes, time) = Wave(200, 12);
        var order = CellOrder.Of(time, Walk(codes), Walk(codes));
        Assert.InRange(order.Along.Mean, 0.98, 1);
        Assert.InRange(order.Permuted.Mean, 0, 0.6);
        Assert.Equal(5, order.Lines().Length);
        var positions = CellOrder.Positions(codes, FeatureGraph.Path(12));
        Assert.True(positions[0] < 0.2 && positions[^1] > 0.8);
    }

    [Fact]
    public void Cells_without_the_quantity_are_left_out_and_a_constant_one_follows_nothing()
    {
        var (codes, time) = Wave(200, 12);
        var holes = time.Select((t, i) => i % 3 == 0 ? double.NaN : t).ToArray();
        Assert.InRange(CellOrder.Of(holes, Walk(codes), Walk(codes)).Along.Mean, 0.98, 1);
        Near.Equal(0, CellOrder.Of(new double[200], Walk(codes), Walk(codes)).Along.Mean);
        Assert.Throws<ArgumentOutOfRangeException>("quantity",
            () => CellOrder.Of([.. time.Select(_ => double.NaN)], Walk(codes), Walk(codes)));
        Assert.Throws<ArgumentException>("quantity", () => CellOrder.Of([1], Walk(codes), Walk(codes)));
    }

    private static (float[,] Codes, double[] Time) Wave(int cells, int nodes)
    {
        var codes = new float[cells, nodes];
        for (var cell = 0; cell < cells; cell++)
        {
            for (var node = 0; node < nodes; node++)
                codes[cell, node] = (float)Math.Exp(-Math.Pow((node - (nodes * cell / (double)cells)) / 2, 2));
        }

        return (codes, [.. Enumerable.Range(0, cells).Select(cell => (double)cell)]);
    }

    private static TrainedModules Walk(float[,] codes)
    {
        var graph = FeatureGraph.Path(codes.GetLength(1));
        var modules = ModuleActivations.Of(codes, graph);
        return new("walk", [0, 1], codes, [codes, codes],
            [.. Enumerable.Range(0, 2).Select(_ => new LearnedGraph(graph, [], default, null!))], [modules, modules]);
    }
}
