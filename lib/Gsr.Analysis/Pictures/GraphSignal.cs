using Gsr.Graphs;
using Plotly.NET;

namespace Gsr.Analysis.Pictures;

/// <summary>A feature graph drawn from its layout, each node coloured by its value of a signal.</summary>
public static class GraphSignal
{
    private const double LargestPanel = 320;
    private const int Gap = 16;

    /// <summary>One signal: <paramref name="signal"/> has one value per node, NaN where there is none.</summary>
    /// <inheritdoc cref="Compare"/>
    /// <example><code>GraphSignal.Draw(FeatureGraph.Ring(10), signal)</code></example>
    public static GenericChart Draw(
        FeatureGraph graph, IReadOnlyList<double> signal, string? title = null, IReadOnlyList<string>? nodeNames = null,
        string valueName = "signal") =>
        Compare(graph, [("", signal)], title, nodeNames, valueName);

    /// <summary>Several signals on one graph and one colour scale, diverging about 0 where one is negative.</summary>
    /// <param name="graph">Drawn at its <see cref="FeatureGraph.Layout"/>; wider lines are heavier edges.</param>
    /// <param name="signals">Name and values, one per node, of each.</param>
    /// <param name="title">Above the figure; the graph's description by default.</param>
    /// <param name="nodeNames">Printed at the nodes, one each; none by default.</param>
    /// <param name="valueName">What a value is, with its unit, at the colour bar.</param>
    /// <exception cref="ArgumentException">Sizes do not match, or a value is infinite.</exception>
    /// <example><code>
    /// GraphSignal.Compare(graph, [("u₂", second), ("u₃", third)], valueName: "eigenvector")
    /// </code></example>
    public static GenericChart Compare(
        FeatureGraph graph, IReadOnlyList<(string Name, IReadOnlyList<double> Signal)> signals, string? title = null,
        IReadOnlyList<string>? nodeNames = null, string valueName = "signal")
    {
        ArgumentNullException.ThrowIfNull(graph);
        Arguments.NotEmpty(signals, nameof(signals), "signal");
        for (int i = 0; i < signals.Count; i++)
        {
            string argument = $"signals[{i}].Signal";
            ArgumentNullException.ThrowIfNull(signals[i].Signal, argument);
            Arguments.Length(signals[i].Signal.Count, graph.NodeCount, argument, "node of the graph");
            Arguments.Finite([.. signals[i].Signal.Where(value => !double.IsNaN(value))], argument);
        }
        if (nodeNames is not null)
            Arguments.Length(nodeNames.Count, graph.NodeCount, nameof(nodeNames), "node of the graph");

        title ??= graph.ToString();
        var frame = Frame.Of(graph);
        var margins = new Margins(10, PanelGrid.Top(title, signals.Any(s => s.Name.Length > 0) ? 20 : 0), 84, 10);
        double side = PanelGrid.Side(signals.Count, margins, Gap, LargestPanel);
        // A path is a line, not a square: the figure is only as tall as the graph, and a colour bar needs some height.
        double width = PanelGrid.PanelWidth(signals.Count, margins, Gap);
        double height = Math.Clamp(width * frame.Height / frame.Width, Math.Min(110, side), side);
        var panels = new PanelGrid(title, 1, signals.Count, height, margins, Gap);

        var (low, high) = Cells.Range(signals.SelectMany(s => s.Signal));
        bool signed = low < 0;
        double reach = Math.Max(Math.Abs(low), Math.Abs(high));
        var scale = (Low: signed ? -reach : low, High: signed ? reach : high);
        panels.Set("coloraxis", PictureStyle.ColorAxis(
            scale.Low, scale.High, signed, PictureStyle.ColorBar(valueName, height)));
        panels.Set("showlegend", false);

        double pixels = Math.Min(width / frame.Width, height / frame.Height);
        int size = (int)Math.Clamp(0.55 * pixels * frame.Spacing, 7, nodeNames is null ? 24 : 30);
        for (int i = 0; i < signals.Count; i++)
        {
            int number = i + 1;
            panels.AddHiddenAxes(i, number, frame.Left, frame.Width, frame.Top, frame.Height);
            foreach (var edges in GraphEdges.Of(graph)) panels.Add(edges, number);
            var (name, signal) = signals[i];
            foreach (var nodes in GraphNodes.Of(graph, signal, name, nodeNames, size, valueName, scale))
                panels.Add(nodes, number);
            if (name.Length > 0) panels.Heading(number, name);
        }
        return panels.Build();
    }

    /// <summary>What a panel shows, in units of the layout: all nodes, with room for markers and names.</summary>
    private readonly record struct Frame(double Left, double Top, double Width, double Height, double Spacing)
    {
        internal static Frame Of(FeatureGraph graph)
        {
            var (left, right) = (graph.Layout.Min(p => p.X), graph.Layout.Max(p => p.X));
            var (top, bottom) = (graph.Layout.Min(p => p.Y), graph.Layout.Max(p => p.Y));
            // Of a k x k grid the spacing is 1; of any layout, the side of the square that each node has to itself.
            double spacing = Math.Max(
                0.1, Math.Min(1, Math.Max(right - left, bottom - top) / Math.Sqrt(graph.NodeCount)));
            double room = 0.6 * spacing;
            return new Frame(left - room, top - room, right - left + (2 * room), bottom - top + (2 * room), spacing);
        }
    }
}
