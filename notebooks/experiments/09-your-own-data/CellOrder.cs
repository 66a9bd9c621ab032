using Gsr.Analysis;
using Gsr.Analysis.Metrics;
using Gsr.Graphs;
using Gsr.Learning;

namespace Gsr.Experiments.OwnData;

/// <summary>
/// Whether activation moves along the learned graph as a quantity of the cells grows, such as a pseudotime, an age or a
/// dose: Spearman's correlation, without its sign since a graph has no first end; one value per network.
/// </summary>
/// <param name="Along">
/// Of the quantity and the centroid of a cell's activation (<see cref="ActivationCentroid"/>) on the order of the nodes
/// along the graph's largest component.
/// </param>
/// <param name="Permuted">The same with the nodes' places permuted, mean of 20 orders.</param>
/// <param name="Module">The largest of the quantity with one of the network's modules.</param>
/// <param name="NullModule">The largest with one of a null network's modules.</param>
/// <param name="Input">The largest with one of the inputs, of which as many are taken as networks have modules.</param>
public sealed record CellOrder(
    Replicates Along, Replicates Permuted, Replicates Module, Replicates NullModule, double Input)
{
    private const int Orders = 20;

    /// <summary>Where each cell's activation lies along the largest component of a graph, 0 to 1.</summary>
    public static double[] Positions(float[,] codes, FeatureGraph graph) =>
        ActivationCentroid.Of(codes, NodeOrder.PositionsInLargestComponent(graph));

    /// <summary>Of networks of the data and of a null; on at most 20,000 cells that have the quantity.</summary>
    /// <param name="quantity">One per cell; NaN where it is missing.</param>
    /// <param name="data">Networks of the data.</param>
    /// <param name="nulls">Networks of a null.</param>
    /// <exception cref="ArgumentException">Fewer than ten cells have the quantity.</exception>
    public static CellOrder Of(IReadOnlyList<double> quantity, TrainedModules data, TrainedModules nulls)
    {
        Arguments.Length(quantity.Count, data.Inputs.GetLength(0), nameof(quantity), "cell");
        int[] known = [.. Enumerable.Range(0, quantity.Count).Where(cell => double.IsFinite(quantity[cell]))];
        Arguments.AtLeast(known.Length, 10, nameof(quantity), "cells have the quantity; an order needs at least 10.");
        int[] cells = [.. CellSample.Of(known.Length, CellSample.ForClasses).Select(i => known[i])];
        double[] values = [.. cells.Select(cell => quantity[cell])];
        // Where a null kept fewer cells any of them will do: they have nothing in common with the quantity.
        var kept = nulls.Inputs.GetLength(0);
        var other = kept == quantity.Count ? cells : [.. Enumerable.Range(0, Math.Min(kept, cells.Length))];
        var networks = data.Codes.Zip(data.Graphs, (codes, graph) =>
            (Codes: codes.SelectRows(cells), Positions: NodeOrder.PositionsInLargestComponent(graph.Graph!))).ToArray();
        var inputs = Math.Min((int)Math.Max(1, data.Count.Mean), data.Inputs.GetLength(1));
        return new(
            new(networks.Select(n => Follows(ActivationCentroid.Of(n.Codes, n.Positions)))),
            new(networks.Select((n, seed) => Enumerable.Range(0, Orders).Average(order =>
                Follows(ActivationCentroid.Of(n.Codes, Dealt(n.Positions, (Orders * seed) + order)))))),
            new(data.Modules.Select(m => Best(m.Signals, m.Signals.GetLength(1), cells))),
            new(nulls.Modules.Select(m => Best(m.Signals, m.Signals.GetLength(1), other))),
            Best(data.Inputs, inputs, cells));

        // A constant follows nothing.
        double Follows(double[] positions) =>
            RankCorrelation.Spearman(positions, values[..positions.Length]) is var r && double.IsNaN(r)
                ? 0 : Math.Min(1, Math.Abs(r));

        double Best(float[,] signals, int columns, int[] rows) => Enumerable.Range(0, columns)
            .Max(column => Follows([.. rows.Select(row => (double)signals[row, column])]));
    }

    /// <summary>The lines of a table.</summary>
    public object[] Lines() =>
    [
        new { follows_the_label = "position along the graph", correlation = Along.ToString() },
        new { follows_the_label = "the same, nodes permuted", correlation = Permuted.ToString() },
        new { follows_the_label = "best module", correlation = Module.ToString() },
        new { follows_the_label = "best module of the null", correlation = NullModule.ToString() },
        new { follows_the_label = "best input", correlation = $"{Input:F2}" },
    ];

    /// <summary>The places in the component, dealt anew among its nodes.</summary>
    private static double[] Dealt(double[] positions, int seed)
    {
        var dealt = new Queue<double>(positions.Where(p => !double.IsNaN(p)).Shuffled(new Random(seed)));
        return Array.ConvertAll(positions, p => double.IsNaN(p) ? p : dealt.Dequeue());
    }
}
