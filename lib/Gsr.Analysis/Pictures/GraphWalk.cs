using Gsr.Graphs;
using Plotly.NET;

namespace Gsr.Analysis.Pictures;

/// <summary>A sequence of signals on one graph, such as the stages of a development, with a slider.</summary>
public static class GraphWalk
{
    private const double LargestPanel = 400;

    /// <summary>
    /// Several walks [steps, nodes], finite and of as many steps, side by side, moved by one slider, on one colour
    /// scale from 0, or about 0 where a value is negative. Wider lines are heavier edges.
    /// </summary>
    /// <exception cref="ArgumentException">Sizes do not match, or a value is not finite.</exception>
    /// <example><code>
    /// GraphWalk.Compare(graph, [("to CD8", towards8), ("to CD4", towards4)], sliderName: "development")
    /// </code></example>
    public static GenericChart Compare(
        FeatureGraph graph, IReadOnlyList<(string Name, double[,] Steps)> walks, string? title = null,
        IReadOnlyList<string>? stepNames = null, string sliderName = "step", string valueName = "activation")
    {
        ArgumentNullException.ThrowIfNull(graph);
        var (steps, nodes) = Cells.SharedSize(walks, nameof(walks), "Steps", "walk");
        Arguments.Require(nodes == graph.NodeCount, nameof(walks),
            $"walks[0].Steps is {Cells.Size(walks[0].Steps)}; expected {graph.NodeCount} columns, one per node.");
        for (var i = 0; i < walks.Count; i++) Arguments.Finite([.. walks[i].Steps.Cast<double>()], $"walks[{i}].Steps");
        stepNames ??= [.. Enumerable.Range(1, steps).Select(i => $"{i}")];
        var names = Arguments.Names(stepNames, steps, nameof(stepNames), "step");

        var (low, high) = Cells.SignedRange(walks.SelectMany(walk => walk.Steps.Cast<double>()));
        var room = Math.Max(0.06, 0.04 * GraphFrame.Extent(graph.Layout));
        var panels = GraphPanels.Draw(graph, GraphFrame.Of(graph.Layout, room),
            [.. walks.Select(walk => (walk.Name, (IReadOnlyList<double>)walk.Steps.Row(0)))], title, null, valueName,
            (Math.Min(0, low), high), LargestPanel, PanelGrid.SliderHeight + 10,
            (width, height) => Math.Clamp(0.5 * Math.Sqrt(width * height / nodes), 7, 24), clipped: false);
        // Each step recolours the nodes, the last trace of every panel.
        var perPanel = panels.Traces.Count / walks.Count;
        int[] moving = [.. Enumerable.Range(1, walks.Count).Select(panel => (panel * perPanel) - 1)];
        panels.AddSlider(sliderName + ": ", "restyle", names.Select((name, step) => (name, (object[])
            [Json.Of(("marker.color", walks.Select(walk => Rounding.All(walk.Steps.Row(step))).ToArray())), moving])));
        return panels.Build();
    }
}
