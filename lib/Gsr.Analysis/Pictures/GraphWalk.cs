using Gsr.Graphs;
using Plotly.NET;

namespace Gsr.Analysis.Pictures;

/// <summary>A sequence of signals on one graph, such as the stages of a development, with a slider.</summary>
public static class GraphWalk
{
    private const double LargestPanel = 400;
    private const int Gap = 16;
    private const int SliderHeight = 74;

    /// <summary>Several walks side by side, moved by one slider, on one colour scale from 0.</summary>
    /// <param name="graph">Drawn at its <see cref="FeatureGraph.Layout"/>; wider lines are heavier edges.</param>
    /// <param name="walks">Name and steps of each, [steps, nodes], finite; all have as many steps.</param>
    /// <param name="title">Above the figure; none by default.</param>
    /// <param name="stepNames">One per step, at the slider; "1", "2", .. by default.</param>
    /// <param name="sliderName">What the slider moves along.</param>
    /// <param name="valueName">What a value is, with its unit, at the colour bar.</param>
    /// <exception cref="ArgumentException">Sizes do not match, or a value is not finite.</exception>
    /// <example><code>
    /// GraphWalk.Compare(graph, [("to CD8", towards8), ("to CD4", towards4)], sliderName: "development")
    /// </code></example>
    public static GenericChart Compare(
        FeatureGraph graph, IReadOnlyList<(string Name, double[,] Steps)> walks, string? title = null,
        IReadOnlyList<string>? stepNames = null, string sliderName = "step", string valueName = "activation")
    {
        ArgumentNullException.ThrowIfNull(graph);
        Arguments.NotEmpty(walks, nameof(walks), "walk");
        int steps = Check(graph, walks);
        stepNames ??= [.. Enumerable.Range(1, steps).Select(i => $"{i}")];
        var names = Arguments.Names(stepNames, steps, nameof(stepNames), "step");

        var margins = new Margins(
            10, PanelGrid.Top(title, walks.Any(walk => walk.Name.Length > 0) ? 20 : 0), 84, SliderHeight + 10);
        var (left, width, top, height) = Frame(graph);
        double side = PanelGrid.Side(walks.Count, margins, Gap, LargestPanel);
        double inner = PanelGrid.PanelWidth(walks.Count, margins, Gap);
        double panel = Math.Clamp(inner * height / width, Math.Min(110, side), side);
        var panels = new PanelGrid(title, 1, walks.Count, panel, margins, Gap);
        var (low, high) = Cells.Range(walks.SelectMany(walk => walk.Steps.Cast<double>()));
        panels.Set("coloraxis", PictureStyle.ColorAxis(
            Math.Min(0, low), high, false, PictureStyle.ColorBar(valueName, panel)));
        panels.Set("showlegend", false);

        int size = (int)Math.Clamp(0.5 * Math.Sqrt(inner * panel / graph.NodeCount), 7, 24);
        var moving = new List<int>();
        for (int i = 0; i < walks.Count; i++)
        {
            int number = i + 1;
            panels.AddHiddenAxes(i, number, left, width, top, height);
            foreach (var edges in GraphEdges.Of(graph)) panels.Add(edges, number);
            moving.Add(panels.Traces.Count);
            var (name, values) = walks[i];
            foreach (var nodes in GraphNodes.Of(graph, values.Row(0), name, null, size, valueName, (0, high)))
                panels.Add(nodes.With("cliponaxis", false), number);
            if (name.Length > 0) panels.Heading(number, name);
        }
        panels.Set("sliders", new[] { Slider(walks, moving, names, sliderName) });
        return panels.Build();
    }

    /// <summary>Each step recolours the nodes of all panels; no frames, so that every front end draws it.</summary>
    private static DynamicObj.DynamicObj Slider(
        IReadOnlyList<(string Name, double[,] Steps)> walks, List<int> moving, IReadOnlyList<string> names,
        string sliderName) => Json.Of(
        ("active", 0), ("x", 0), ("len", 1), ("pad", Json.Of(("t", 18), ("b", 6))),
        ("currentvalue", Json.Of(("prefix", sliderName + ": "), ("xanchor", "left"))),
        ("bordercolor", PictureStyle.Foreground), ("bgcolor", PictureStyle.Neutral),
        ("tickcolor", PictureStyle.Foreground),
        ("steps", names.Select((name, step) => Json.Of(
            ("label", name), ("method", "restyle"),
            ("args", new object[]
            {
                Json.Of(("marker.color", walks.Select(walk => Rounding.All(walk.Steps.Row(step))).ToArray())),
                    moving.ToArray(),
            }))).ToArray()));

    private static int Check(FeatureGraph graph, IReadOnlyList<(string Name, double[,] Steps)> walks)
    {
        int steps = walks[0].Steps?.GetLength(0) ?? 0;
        for (int i = 0; i < walks.Count; i++)
        {
            string argument = $"walks[{i}].Steps";
            double[,] values = walks[i].Steps;
            ArgumentNullException.ThrowIfNull(values, argument);
            Arguments.Require(
                steps > 0 && values.GetLength(0) == steps && values.GetLength(1) == graph.NodeCount, argument,
                $"{argument} is {Cells.Size(values)}; expected [{steps}, {graph.NodeCount}]: steps as in the first "
                + "walk, at least one, and the nodes of the graph.");
            Arguments.Finite([.. values.Cast<double>()], argument);
        }
        return steps;
    }

    private static (double Left, double Width, double Top, double Height) Frame(FeatureGraph graph)
    {
        var (left, right) = (graph.Layout.Min(p => p.X), graph.Layout.Max(p => p.X));
        var (top, bottom) = (graph.Layout.Min(p => p.Y), graph.Layout.Max(p => p.Y));
        double room = Math.Max(0.06, 0.04 * Math.Max(right - left, bottom - top));
        return (left - room, right - left + (2 * room), top - room, bottom - top + (2 * room));
    }
}
