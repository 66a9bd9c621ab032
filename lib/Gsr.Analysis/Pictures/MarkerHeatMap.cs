using Plotly.NET;

namespace Gsr.Analysis.Pictures;

/// <summary>Correlations of nodes with markers as heat maps: markers in rows, nodes in columns.</summary>
public static class MarkerHeatMap
{
    private const double RowHeight = 15;
    private const int Gap = 30;
    private const int NoNode = -1;

    /// <summary>
    /// Correlations [markers, nodes] in several groups of cells, such as the branches of a development, on one scale
    /// from -1 to 1; NaN where there is none. The nodes stand in the given order from left to right, by number where
    /// there is none.
    /// </summary>
    /// <exception cref="ArgumentException">Sizes differ, a value is no correlation, or the order no nodes.</exception>
    /// <example><code>MarkerHeatMap.Compare([("trunk", correlations)], markers, NodeOrder.Of(graph))</code></example>
    public static GenericChart Compare(
        IReadOnlyList<(string Name, double[,] Correlations)> groups, IReadOnlyList<string> markers,
        IReadOnlyList<int>? nodeOrder = null, string? title = null, string nodeTitle = "node, in order along the graph",
        string valueName = "correlation")
    {
        ArgumentNullException.ThrowIfNull(groups);
        return Draw([.. groups.Select(group => (group.Name, group.Correlations, nodeOrder))], 1, markers, title,
            nodeTitle, valueName);
    }

    /// <summary>
    /// The same side by side, for networks whose nodes correspond to each other no more than their orders do: each has
    /// its own, in which -1 leaves a gap, such as between components.
    /// </summary>
    /// <exception cref="ArgumentException">As <see cref="Compare"/>.</exception>
    /// <example><code>
    /// MarkerHeatMap.SideBySide([("plain", a, order), ("GSR", b, [4, 2, -1, 0, 1, 3])], genes)
    /// </code></example>
    public static GenericChart SideBySide(
        IReadOnlyList<(string Name, double[,] Correlations, IReadOnlyList<int>? Order)> groups,
        IReadOnlyList<string> markers, string? title = null, string nodeTitle = "node, in order along the graph",
        string valueName = "correlation", int columns = 2) =>
        Draw(groups, Math.Min(columns, groups.Count), markers, title, nodeTitle, valueName);

    private static GenericChart Draw(
        IReadOnlyList<(string Name, double[,] Correlations, IReadOnlyList<int>? Order)> groups, int columns,
        IReadOnlyList<string> markers, string? title, string nodeTitle, string valueName)
    {
        ArgumentNullException.ThrowIfNull(markers);
        var (rows, nodes) = Cells.SharedSize(
            [.. groups.Select(group => (group.Name, group.Correlations))], nameof(groups), "Correlations", "group");
        Arguments.Require(rows == markers.Count, nameof(groups),
            $"groups[0].Correlations is {Cells.Size(groups[0].Correlations)}; expected {markers.Count} rows.");
        for (var i = 0; i < groups.Count; i++)
        {
            var wrong = groups[i].Correlations.Cast<double>().FirstOrDefault(value => Math.Abs(value) > 1);
            Arguments.Require(wrong == 0, nameof(groups),
                $"groups[{i}].Correlations holds {wrong}; correlations lie between -1 and 1.");
        }

        var left = Math.Clamp(16 + (7 * markers.Max(name => name.Length)), 50, 140);
        var panels = new PanelGrid(title, (groups.Count + columns - 1) / columns, columns,
            Math.Max(60, markers.Count * RowHeight), new Margins(left, PanelGrid.Top(title, 20), 84, 46), gapX: 16,
            gapY: Gap);
        var bar = PictureStyle.ColorBar(valueName, panels.InnerHeight);
        panels.Set("coloraxis", PictureStyle.ColorAxis(-1, 1, true, bar));
        for (var i = 0; i < groups.Count; i++)
        {
            var number = i + 1;
            var (name, values, given) = groups[i];
            int[] order = given is null ? [.. Enumerable.Range(0, nodes)] : [.. given];
            Arguments.Require(order.Length > 0 && order.All(node => node >= NoNode && node < nodes), "nodeOrder",
                $"nodeOrder names {order.Length} nodes; name some of 0 to {nodes - 1}.");
            var last = i + columns >= groups.Count;
            // Places mean nothing where there are gaps; an axis without any label would have its title on top.
            var hasGaps = order.Contains(NoNode);
            panels.AddAxes(i / columns, i % columns, number,
                PictureStyle.Axis(last ? nodeTitle : null).With("showgrid", false).With("fixedrange", true)
                    .With("showticklabels", last)
                    .With("tickvals", hasGaps ? new[] { 0 } : null).With("ticktext", hasGaps ? new[] { " " } : null),
                PictureStyle.Axis(null).With("type", "category").With("autorange", "reversed").With("showgrid", false)
                    .With("ticks", "").With("showline", false).With("fixedrange", true)
                    .With("showticklabels", i % columns == 0)
                    .With("tickfont", Json.Of(("size", PictureStyle.SmallFontSize))).With("dtick", 1));
            var hover = $"{name}<br>%{{y}}, node %{{customdata}}: %{{z}}";
            int[][] numbers = [.. markers.Select(_ => order)];
            var z = Hundredths(values, order, gap: null);
            panels.Add(Cells.HeatMap(z, hover).With("coloraxis", "coloraxis").With("y", markers.ToArray())
                .With("customdata", numbers), number);
            if (Cells.Missing(Hundredths(values, order, gap: 0), $"{name}<br>%{{y}}: no value") is { } missing)
                panels.Add(missing.With("y", markers.ToArray()), number);
            panels.Heading(number, name);
        }
        return panels.Build();
    }

    // A correlation needs no more than two decimals; maps of a hundred nodes stay small.
    private static double?[][] Hundredths(double[,] values, int[] order, double? gap) =>
    [
        .. values.Rows().Select(row => order.Select(node => node == NoNode ? gap
            : double.IsNaN(row[node]) ? null : (double?)Math.Round(row[node], 2)).ToArray()),
    ];
}
