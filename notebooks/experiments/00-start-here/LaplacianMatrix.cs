using System.Globalization;
using Gsr.Analysis;
using Gsr.Analysis.Pictures;
using Gsr.Graphs;
using Plotly.NET;

namespace Gsr.Experiments.StartHere;

/// <summary>
/// A small graph with a signal z on its nodes, and beside it its Laplacian with the numbers in its cells.
/// </summary>
public static class LaplacianMatrix
{
    private const double Side = 300;
    private const int Gap = 60;

    /// <summary>Draws both.</summary>
    /// <param name="laplacian">Of a graph of at most some 20 nodes, drawn at its layout.</param>
    /// <param name="signal">One finite value per node, the node's colour; printed beside it.</param>
    /// <param name="title">Above the figure.</param>
    /// <exception cref="ArgumentException">The signal does not fit the graph.</exception>
    public static GenericChart Draw(Laplacian laplacian, IReadOnlyList<double> signal, string title)
    {
        Arguments.Signal([.. signal], laplacian.NodeCount, nameof(signal));
        var figure = new PanelGrid(title, 1, 2, Side, new Margins(10, PanelGrid.Top(title, 20), 84, 30), Gap);
        figure.Set("showlegend", false);
        var (low, high) = Cells.Range(signal);
        figure.Set("coloraxis", PictureStyle.ColorAxis(low, high, diverging: false, PictureStyle.ColorBar("z", Side)));
        AddGraph(figure, laplacian.Graph, signal, (low, high));
        AddMatrix(figure, laplacian.ToDense());
        figure.Heading(1, "graph, z at its nodes");
        figure.Heading(2, "L");
        return figure.Build();
    }

    private static void AddGraph(
        PanelGrid figure, FeatureGraph graph, IReadOnlyList<double> signal, (double Low, double High) scale)
    {
        var (left, right) = (graph.Layout.Min(p => p.X), graph.Layout.Max(p => p.X));
        var (top, bottom) = (graph.Layout.Min(p => p.Y), graph.Layout.Max(p => p.Y));
        var room = 0.2 * Math.Max(1, Math.Max(right - left, bottom - top));
        figure.AddAxes(
            0, 0, 1, Hidden(left - room, right + room), Hidden(bottom + room, top - room).With("scaleanchor", "x"));
        foreach (var edges in GraphEdges.Of(graph)) figure.Add(edges);
        string[] numbers = [.. Enumerable.Range(0, graph.NodeCount).Select(i => $"{i}")];
        foreach (var nodes in GraphNodes.Of(graph, signal, "", numbers, 30, "z", scale)) figure.Add(nodes);
        // Beside the node, away from the middle, where edges are fewest.
        var middle = (left + right) / 2;
        string[] texts = [.. graph.Layout.Zip(signal, (p, z) =>
            p.X < middle ? $"z = {Printed(z)}      " : $"      z = {Printed(z)}")];
        string[] places = [.. graph.Layout.Select(p => p.X < middle ? "middle left" : "middle right")];
        figure.Add(Json.Trace("scatter",
            ("x", Rounding.All(graph.Layout.Select(p => p.X))), ("y", Rounding.All(graph.Layout.Select(p => p.Y))),
            ("mode", "text"), ("hoverinfo", "skip"), ("cliponaxis", false), ("text", texts), ("textposition", places)));
    }

    private static void AddMatrix(PanelGrid figure, double[,] matrix)
    {
        var nodes = matrix.GetLength(0);
        var reach = Math.Max(1e-6, matrix.Cast<double>().Max(Math.Abs));
        int[] ticks = [.. Enumerable.Range(0, nodes)];
        figure.AddAxes(0, 1, 2,
            Plain("node").With("tickvals", ticks).With("range", new[] { -0.5, nodes - 0.5 }),
            Plain(null).With("tickvals", ticks).With("range", new[] { nodes - 0.5, -0.5 }).With("scaleanchor", "x2"));
        double[][] rows = [.. matrix.Rows().Select(Rounding.All)];
        figure.Add(Cells.HeatMap(rows, "L[%{y}, %{x}]: %{z}", gaps: true)
            .With("zmin", Rounding.Significant(-reach)).With("zmax", Rounding.Significant(reach))
            .With("colorscale", PictureStyle.Diverging).With("showscale", false)
            .With("text", rows.Select(row => row.Select(Printed).ToArray()).ToArray())
            .With("texttemplate", "%{text}"), 2);
    }

    private static string Printed(double value) =>
        value.ToString("0.##", CultureInfo.InvariantCulture).Replace('-', '−');

    private static DynamicObj.DynamicObj Plain(string? title) => PictureStyle.Axis(title)
        .With("showgrid", false).With("showline", false).With("ticks", "").With("fixedrange", true)
        .With("constrain", "domain");

    private static DynamicObj.DynamicObj Hidden(double from, double to) => Json.Of(
        ("visible", false), ("range", new[] { Rounding.Significant(from), Rounding.Significant(to) }),
        ("constrain", "domain"));
}
