using Gsr.Graphs;
using Plotly.NET;

namespace Gsr.Analysis.Pictures;

/// <summary>The nodes of a graph as markers coloured by a signal.</summary>
internal static class GraphNodes
{
    /// <summary>One trace for the nodes with a value, and one, neutral, for those without.</summary>
    internal static IEnumerable<Trace> Of(
        FeatureGraph graph, IReadOnlyList<double> signal, string signalName, IReadOnlyList<string>? names, int size,
        string valueName, (double Low, double High) scale)
    {
        var hover = (signalName.Length > 0 ? signalName + "<br>" : "")
            + (names is null ? "node %{customdata}" : "node %{customdata}, %{text}") + $"<br>{valueName}: ";
        int[] valued = [.. Enumerable.Range(0, signal.Count).Where(i => !double.IsNaN(signal[i]))];
        if (valued.Length > 0)
        {
            yield return Markers(
                graph, valued, names, size, hover + "%{marker.color}", valued.Select(i => Lettering(signal[i], scale)))
                .With("marker", Marker(size).With("color", Rounding.All(valued.Select(i => signal[i])))
                    .With("coloraxis", "coloraxis"));
        }
        int[] missing = [.. Enumerable.Range(0, signal.Count).Except(valued)];
        if (missing.Length > 0)
        {
            yield return Markers(
                graph, missing, names, size, hover + "no value", missing.Select(_ => PictureStyle.Foreground))
                .With("marker", Marker(size).With("color", PictureStyle.Neutral));
        }
    }

    private static Trace Markers(
        FeatureGraph graph, int[] nodes, IReadOnlyList<string>? names, int size, string hover,
        IEnumerable<string> lettering)
    {
        var trace = Json.Trace("scatter",
            ("x", Rounding.All(nodes.Select(i => graph.Layout[i].X))),
            ("y", Rounding.All(nodes.Select(i => graph.Layout[i].Y))),
            ("customdata", nodes), ("mode", names is null ? "markers" : "markers+text"),
            ("hovertemplate", hover + "<extra></extra>"));
        if (names is null) return trace;

        // Names go into the markers where they fit, since above them they would lie on the edges.
        var inside = names.Max(name => name.Length) * 7 <= size;
        if (!inside) trace = trace.With("cliponaxis", false);
        return trace
            .With("text", nodes.Select(i => names[i]).ToArray())
            .With("textposition", inside ? "middle center" : "top center")
            .With("textfont",
                Json.Of(("size", PictureStyle.SmallFontSize), ("color", inside ? lettering.ToArray() : null)));
    }

    private static DynamicObj.DynamicObj Marker(int size) =>
        Json.Of(("size", size), ("line", Json.Of(("color", PictureStyle.Foreground), ("width", 1))));

    /// <summary>The sequential scale is dark at its low end, the diverging one at both ends.</summary>
    private static string Lettering(double value, (double Low, double High) scale)
    {
        var light = scale.Low < 0
            ? Math.Abs(value) < 0.6 * scale.High
            : value > scale.Low + (0.55 * (scale.High - scale.Low));
        return light ? "#111111" : "#ffffff";
    }
}

/// <summary>The edges of a graph as lines: one trace per width, since a trace has one.</summary>
internal static class GraphEdges
{
    private const int Widths = 4;

    internal static IEnumerable<Trace> Of(FeatureGraph graph)
    {
        if (graph.Edges.Count == 0) return [];
        var heaviest = graph.Edges.Max(edge => Math.Abs(edge.Weight));
        return graph.Edges
            .GroupBy(edge => (int)Math.Ceiling(Widths * Math.Abs(edge.Weight) / heaviest))
            .OrderBy(group => group.Key)
            .Select(group => Lines(graph, group, width: 0.5 + (1.5 * group.Key / Widths)));
    }

    /// <summary>The places of the ends of edges, with a gap after each edge.</summary>
    internal static (double?[] X, double?[] Y) Ends(FeatureGraph graph, IEnumerable<Edge> edges)
    {
        return (Along(place => place.X), Along(place => place.Y));

        double?[] Along(Func<NodePosition, double> coordinate) =>
        [
            .. edges.SelectMany(edge => (double?[])
            [
                Rounding.Significant(coordinate(graph.Layout[edge.Source])),
                Rounding.Significant(coordinate(graph.Layout[edge.Target])), null,
            ]),
        ];
    }

    private static Trace Lines(FeatureGraph graph, IEnumerable<Edge> edges, double width)
    {
        var (x, y) = Ends(graph, edges);
        return Json.Trace("scatter", ("x", x), ("y", y), ("mode", "lines"), ("hoverinfo", "skip"),
            ("line", Json.Of(("color", "rgba(127,127,127,0.7)"), ("width", width))));
    }
}
