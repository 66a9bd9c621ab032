using Gsr.Graphs;
using Plotly.NET;

namespace Gsr.Analysis.Pictures;

/// <summary>The edges of a graph as lines: one trace per width, since a trace has one.</summary>
internal static class GraphEdges
{
    private const int Widths = 4;

    internal static IEnumerable<Trace> Of(FeatureGraph graph)
    {
        if (graph.Edges.Count == 0)
            return [];
        double heaviest = graph.Edges.Max(edge => edge.Weight);
        return graph.Edges
            .GroupBy(edge => (int)Math.Ceiling(Widths * edge.Weight / heaviest))
            .OrderBy(group => group.Key)
            .Select(group => Lines(graph, group, width: 0.5 + (1.5 * group.Key / Widths)));
    }

    private static Trace Lines(FeatureGraph graph, IEnumerable<Edge> edges, double width)
    {
        var x = new List<double?>();
        var y = new List<double?>();
        foreach (var (source, target, _) in edges)
        {
            foreach (var place in (NodePosition[])[graph.Layout[source], graph.Layout[target]])
            {
                x.Add(Rounding.Significant(place.X));
                y.Add(Rounding.Significant(place.Y));
            }
            x.Add(null);
            y.Add(null);
        }
        return Json.Trace("scatter", ("x", x.ToArray()), ("y", y.ToArray()), ("mode", "lines"), ("hoverinfo", "skip"),
            ("line", Json.Of(("color", "rgba(127,127,127,0.7)"), ("width", width))));
    }
}
