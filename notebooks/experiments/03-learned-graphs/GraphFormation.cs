using Gsr.Analysis.Pictures;
using Gsr.Graphs;
using Plotly.NET;

namespace Gsr.Experiments.LearnedGraphs;

/// <summary>One moment of <see cref="GraphFormation"/>.</summary>
/// <param name="Name">At the slider, such as the training step.</param>
/// <param name="Graph">Drawn at its <see cref="FeatureGraph.Layout"/>.</param>
/// <param name="Groups">The group of each node, from 0, which colours it; negative for none.</param>
public sealed record GraphMoment(string Name, FeatureGraph Graph, IReadOnlyList<int> Groups);

/// <summary>
/// A graph that changes, such as one that is learned: a slider moves through its snapshots. Negative edges are orange.
/// </summary>
public static class GraphFormation
{
    private const double PanelHeight = 400;
    private static readonly string[] EdgeColours = ["rgba(127,127,127,0.7)", "rgba(215,120,17,0.6)"];

    /// <summary>Draws snapshots of one set of nodes on one pair of axes, the first one at first.</summary>
    /// <exception cref="ArgumentException">There are not as many groups as nodes of the first graph.</exception>
    public static GenericChart Draw(
        IReadOnlyList<GraphMoment> moments, string title, string groupName, string sliderName)
    {
        var nodes = moments[0].Graph.NodeCount;
        foreach (var moment in moments)
            Arguments.Length(moment.Groups.Count, nodes, nameof(moments), "node of the first graph");
        var panel = new PanelGrid(
            title, 1, 1, PanelHeight, new Margins(10, PanelGrid.Top(title, 0), 10, PanelGrid.SliderHeight + 10));
        // One frame for all: what moves is the graph and not the axes.
        NodePosition[] places = [.. moments.SelectMany(moment => moment.Graph.Layout)];
        panel.AddHiddenAxes(1, GraphFrame.Of(places, Math.Max(0.1, 0.04 * GraphFrame.Extent(places))));
        panel.Set("showlegend", false);

        var edges = moments.Select(moment =>
            new[] { 1, -1 }.Select(sign => Lines(moment.Graph, sign)).ToArray()).ToArray();
        foreach (var (lines, colour) in edges[0].Zip(EdgeColours))
        {
            panel.Add(Json.Trace("scatter", ("x", lines.X), ("y", lines.Y), ("mode", "lines"), ("hoverinfo", "skip"),
                ("line", Json.Of(("color", colour), ("width", 1.25)))));
        }

        panel.Add(Json.Trace("scatter",
            ("x", Across(moments[0])), ("y", Down(moments[0])), ("mode", "markers"),
            ("customdata", moments[0].Groups.ToArray()),
            ("hovertemplate", $"node %{{pointNumber}}<br>{groupName} %{{customdata}}<extra></extra>"),
            ("marker", Json.Of(("size", nodes <= 50 ? 13 : 7), ("color", Colours(moments[0])),
                ("line", Json.Of(("color", PictureStyle.Foreground), ("width", 1)))))));
        // Each step moves nodes and edges to their places.
        panel.AddSlider(sliderName + ": ", "restyle", moments.Zip(edges, (moment, lines) => (moment.Name, (object[])
        [
            Json.Of(
                ("x", new object[] { lines[0].X, lines[1].X, Across(moment) }),
                ("y", new object[] { lines[0].Y, lines[1].Y, Down(moment) }),
                ("customdata", new object[] { Array.Empty<int>(), Array.Empty<int>(), moment.Groups.ToArray() }),
                ("marker.color", new object[] { PictureStyle.Neutral, PictureStyle.Neutral, Colours(moment) })),
            new[] { 0, 1, 2 },
        ])));
        return panel.Build();
    }

    /// <summary>Without an edge one gap, for an empty array would be taken as no change.</summary>
    private static (double?[] X, double?[] Y) Lines(FeatureGraph graph, int sign)
    {
        Edge[] edges = [.. graph.Edges.Where(edge => Math.Sign(edge.Weight) == sign)];
        return edges.Length == 0 ? ([null], [null]) : GraphEdges.Ends(graph, edges);
    }

    private static double[] Across(GraphMoment moment) => Rounding.All(moment.Graph.Layout.Select(p => p.X));

    private static double[] Down(GraphMoment moment) => Rounding.All(moment.Graph.Layout.Select(p => p.Y));

    private static string[] Colours(GraphMoment moment) =>
        [.. moment.Groups.Select(group => group < 0 ? PictureStyle.Neutral : PictureStyle.Color(group))];
}
