using Plotly.NET;

namespace Gsr.Analysis.Pictures;

/// <summary>Correlations of nodes with markers as stacked heat maps: markers in rows, nodes in columns.</summary>
public static class MarkerHeatMap
{
    private const double RowHeight = 15;
    private const int Gap = 30;

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
        ArgumentNullException.ThrowIfNull(markers);
        var (rows, nodes) = Cells.SharedSize(groups, nameof(groups), "Correlations", "group");
        Arguments.Require(rows == markers.Count, nameof(groups),
            $"groups[0].Correlations is {Cells.Size(groups[0].Correlations)}; expected {markers.Count} rows.");
        for (var i = 0; i < groups.Count; i++)
        {
            var wrong = groups[i].Correlations.Cast<double>().FirstOrDefault(value => Math.Abs(value) > 1);
            Arguments.Require(wrong == 0, nameof(groups),
                $"groups[{i}].Correlations holds {wrong}; correlations lie between -1 and 1.");
        }
        int[] order = nodeOrder is null ? [.. Enumerable.Range(0, nodes)] : [.. nodeOrder];
        Arguments.Require(order.Length > 0 && order.All(node => node >= 0 && node < nodes), nameof(nodeOrder),
            $"nodeOrder names {order.Length} nodes; name some of 0 to {nodes - 1}.");

        var left = Math.Clamp(16 + (7 * markers.Max(name => name.Length)), 50, 140);
        var panels = new PanelGrid(title, groups.Count, 1, Math.Max(60, markers.Count * RowHeight),
            new Margins(left, PanelGrid.Top(title, 20), 84, 46), gapY: Gap);
        var bar = PictureStyle.ColorBar(valueName, panels.InnerHeight);
        panels.Set("coloraxis", PictureStyle.ColorAxis(-1, 1, true, bar));
        for (var i = 0; i < groups.Count; i++)
        {
            var number = i + 1;
            var (name, values) = groups[i];
            double?[][] z = [.. values.Rows().Select(row => order.Select(node => Hundredth(row[node])).ToArray())];
            var last = i == groups.Count - 1;
            panels.AddAxes(i, 0, number,
                PictureStyle.Axis(last ? nodeTitle : null).With("showgrid", false).With("showticklabels", last)
                    .With("fixedrange", true),
                PictureStyle.Axis(null).With("type", "category").With("autorange", "reversed").With("showgrid", false)
                    .With("ticks", "").With("showline", false).With("fixedrange", true)
                    .With("tickfont", Json.Of(("size", PictureStyle.SmallFontSize))).With("dtick", 1));
            var hover = $"{name}<br>%{{y}}, node %{{customdata}}: %{{z}}";
            int[][] numbers = [.. markers.Select(_ => order)];
            panels.Add(Cells.HeatMap(z, hover).With("coloraxis", "coloraxis").With("y", markers.ToArray())
                .With("customdata", numbers), number);
            if (Cells.Missing(z, $"{name}<br>%{{y}}: no value") is { } missing)
                panels.Add(missing.With("y", markers.ToArray()), number);
            panels.Heading(number, name);
        }
        return panels.Build();
    }

    // A correlation needs no more; maps of a hundred nodes stay small.
    private static double? Hundredth(double value) => double.IsNaN(value) ? null : Math.Round(value, 2);
}
