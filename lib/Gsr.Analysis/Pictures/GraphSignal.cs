using Gsr.Graphs;
using Plotly.NET;

namespace Gsr.Analysis.Pictures;

/// <summary>A feature graph drawn from its layout, each node coloured by its value of a signal.</summary>
public static class GraphSignal
{
    private const double LargestPanel = 320;

    /// <summary>One signal: <paramref name="signal"/> has one value per node, NaN where there is none.</summary>
    /// <inheritdoc cref="Compare"/>
    /// <example><code>GraphSignal.Draw(FeatureGraph.Ring(10), signal)</code></example>
    public static GenericChart Draw(
        FeatureGraph graph, IReadOnlyList<double> signal, string? title = null, IReadOnlyList<string>? nodeNames = null,
        string valueName = "signal") =>
        Compare(graph, [("", signal)], title, nodeNames, valueName);

    /// <summary>
    /// Several signals, one value per node, on one graph and one colour scale, diverging about 0 where one is negative.
    /// Wider lines are heavier edges, names are printed at the nodes, and the title is the graph's description by
    /// default.
    /// </summary>
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
        for (var i = 0; i < signals.Count; i++)
        {
            var argument = $"signals[{i}].Signal";
            ArgumentNullException.ThrowIfNull(signals[i].Signal, argument);
            Arguments.Length(signals[i].Signal.Count, graph.NodeCount, argument, "node of the graph");
            Arguments.Finite([.. signals[i].Signal.Where(value => !double.IsNaN(value))], argument);
        }
        if (nodeNames is not null)
            Arguments.Length(nodeNames.Count, graph.NodeCount, nameof(nodeNames), "node of the graph");

        title ??= graph.ToString();
        // Of a k x k grid the spacing is 1; of any layout, the side of the square that each node has to itself.
        var spacing = Math.Max(0.1, Math.Min(1, GraphFrame.Extent(graph.Layout) / Math.Sqrt(graph.NodeCount)));
        var frame = GraphFrame.Of(graph.Layout, 0.6 * spacing);
        return GraphPanels.Draw(graph, frame, signals, title, nodeNames, valueName,
            Cells.SignedRange(signals.SelectMany(s => s.Signal)), LargestPanel, 10, (width, height) => Math.Clamp(
                0.55 * Math.Min(width / frame.Width, height / frame.Height) * spacing, 7, nodeNames is null ? 24 : 30))
            .Build();
    }
}
