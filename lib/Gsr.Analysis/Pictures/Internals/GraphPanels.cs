using Gsr.Graphs;

namespace Gsr.Analysis.Pictures;

/// <summary>One graph in panels side by side, the nodes of each coloured by a signal of its own.</summary>
internal static class GraphPanels
{
    private const int Gap = 16;

    /// <summary>
    /// Draws panels of at most <paramref name="largest"/> px, with markers of the size that a panel's width and height
    /// allow; nodes at the edge may be <paramref name="clipped"/>.
    /// </summary>
    internal static PanelGrid Draw(
        FeatureGraph graph, GraphFrame frame, IReadOnlyList<(string Name, IReadOnlyList<double> Signal)> signals,
        string? title, IReadOnlyList<string>? nodeNames, string valueName, (double Low, double High) scale,
        double largest, int bottom, Func<double, double, double> size, bool clipped = true)
    {
        var margins = new Margins(10, PanelGrid.Top(title, signals.Any(s => s.Name.Length > 0) ? 20 : 0), 84, bottom);
        // A path is a line, not a square: the figure is only as tall as the graph, and a colour bar needs some height.
        var width = PanelGrid.PanelWidth(signals.Count, margins, Gap);
        var side = Math.Min(largest, width);
        var height = Math.Clamp(width * frame.Height / frame.Width, Math.Min(110, side), side);
        var panels = new PanelGrid(title, 1, signals.Count, height, margins, Gap);
        panels.Set("coloraxis", PictureStyle.ColorAxis(
            scale.Low, scale.High, scale.Low < 0, PictureStyle.ColorBar(valueName, height)));
        panels.Set("showlegend", false);
        var markers = (int)size(width, height);
        for (var i = 0; i < signals.Count; i++)
        {
            var (name, signal) = signals[i];
            panels.AddHiddenAxes(i + 1, frame);
            foreach (var edges in GraphEdges.Of(graph)) panels.Add(edges, i + 1);
            foreach (var nodes in GraphNodes.Of(graph, signal, name, nodeNames, markers, valueName, scale))
                panels.Add(nodes.With("cliponaxis", clipped ? null : false), i + 1);
            if (name.Length > 0) panels.Heading(i + 1, name);
        }
        return panels;
    }
}

/// <summary>What a panel shows of a layout, in its units: all nodes, with room around them.</summary>
internal readonly record struct GraphFrame(double Left, double Top, double Width, double Height)
{
    internal static GraphFrame Of(IReadOnlyList<NodePosition> places, double room)
    {
        var (left, right) = (places.Min(p => p.X), places.Max(p => p.X));
        var (top, bottom) = (places.Min(p => p.Y), places.Max(p => p.Y));
        return new GraphFrame(left - room, top - room, right - left + (2 * room), bottom - top + (2 * room));
    }

    /// <summary>The longer side of what the nodes span.</summary>
    internal static double Extent(IReadOnlyList<NodePosition> places) => Math.Max(
        places.Max(p => p.X) - places.Min(p => p.X), places.Max(p => p.Y) - places.Min(p => p.Y));
}
