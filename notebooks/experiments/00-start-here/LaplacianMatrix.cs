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

    /// <summary>
    /// Draws both, the graph of at most some 20 nodes at its layout; a node's value of the signal is its colour, and
    /// printed beside it.
    /// </summary>
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
        var frame = GraphFrame.Of(graph.Layout, 0.2 * Math.Max(1, GraphFrame.Extent(graph.Layout)));
        figure.AddHiddenAxes(1, frame);
        foreach (var edges in GraphEdges.Of(graph)) figure.Add(edges);
        string[] numbers = [.. Enumerable.Range(0, graph.NodeCount).Select(i => $"{i}")];
        foreach (var nodes in GraphNodes.Of(graph, signal, "", numbers, 30, "z", scale)) figure.Add(nodes);
        // Above the node; the empty line is as high as half of it.
        string[] texts = [.. signal.Select(z => $"z = {Printed(z)}<br> ")];
        figure.Add(Json.Trace("scatter",
            ("x", Rounding.All(graph.Layout.Select(p => p.X))), ("y", Rounding.All(graph.Layout.Select(p => p.Y))),
            ("mode", "text"),
            ("hoverinfo", "skip"), ("cliponaxis", false), ("text", texts), ("textposition", "top center")));
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
}
