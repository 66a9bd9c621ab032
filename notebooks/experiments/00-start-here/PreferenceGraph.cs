using Gsr.Analysis.Pictures;
using Gsr.Graphs;
using Plotly.NET;

namespace Gsr.Experiments.StartHere;

/// <summary>A graph whose nodes carry the class that they prefer as their number and colour.</summary>
public static class PreferenceGraph
{
    private const double Height = 430;
    private const int NodeSize = 20;

    /// <summary>Draws the graph by its layout, with the preferred class, from 0, of each node.</summary>
    /// <exception cref="ArgumentException">There are not as many classes as nodes.</exception>
    public static GenericChart Draw(FeatureGraph graph, IReadOnlyList<int> preferred, string title)
    {
        Arguments.Length(preferred.Count, graph.NodeCount, nameof(preferred), "node");
        var figure = new PanelGrid(title, 1, 1, Height, new Margins(10, PanelGrid.Top(title, 0), 10, 10));
        figure.Set("showlegend", false);
        figure.AddHiddenAxes(1, GraphFrame.Of(graph.Layout, 0.05 * Math.Max(1, GraphFrame.Extent(graph.Layout))));
        foreach (var edges in GraphEdges.Of(graph)) figure.Add(edges);
        figure.Add(Json.Trace("scatter",
            ("x", Rounding.All(graph.Layout.Select(p => p.X))), ("y", Rounding.All(graph.Layout.Select(p => p.Y))),
            ("mode", "markers+text"), ("text", preferred.Select(c => $"{c}").ToArray()),
            ("textfont", Json.Of(("size", PictureStyle.SmallFontSize),
                ("color", preferred.Select(c => PictureStyle.LetteringOn(PictureStyle.Color(c))).ToArray()))),
            ("customdata", Enumerable.Range(0, graph.NodeCount).ToArray()),
            ("marker", Json.Of(("size", NodeSize), ("color", preferred.Select(PictureStyle.Color).ToArray()))),
            ("hovertemplate", "neuron %{customdata} prefers %{text}<extra></extra>")));
        return figure.Build();
    }
}
