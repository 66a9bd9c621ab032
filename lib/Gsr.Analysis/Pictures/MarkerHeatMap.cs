using Plotly.NET;

namespace Gsr.Analysis.Pictures;

/// <summary>Correlations of nodes with markers as stacked heat maps: markers in rows, nodes in columns.</summary>
public static class MarkerHeatMap
{
    private const double RowHeight = 15;
    private const int Gap = 30;

    /// <summary>Several groups of cells, such as the branches of a development, on one scale from -1 to 1.</summary>
    /// <param name="groups">Name and correlations, [markers, nodes], of each; NaN where there is none.</param>
    /// <param name="markers">One name per row.</param>
    /// <param name="nodeOrder">The nodes from left to right; by number where null.</param>
    /// <param name="title">Above the figure; none by default.</param>
    /// <param name="nodeTitle">What the columns are.</param>
    /// <param name="valueName">What a value from -1 to 1 is, at the colour bar.</param>
    /// <exception cref="ArgumentException">Sizes differ, a value is no correlation, or the order no nodes.</exception>
    /// <example><code>MarkerHeatMap.Compare([("trunk", correlations)], markers, NodeOrder.Of(graph))</code></example>
    public static GenericChart Compare(
        IReadOnlyList<(string Name, double[,] Correlations)> groups, IReadOnlyList<string> markers,
            IReadOnlyList<int>? nodeOrder = null,
        string? title = null, string nodeTitle = "node, in order along the graph", string valueName = "correlation")
    {
        Arguments.NotEmpty(groups, nameof(groups), "group");
        ArgumentNullException.ThrowIfNull(markers);
        int nodes = groups[0].Correlations?.GetLength(1) ?? 0;
        for (int i = 0; i < groups.Count; i++)
            Check(groups[i].Correlations, markers.Count, nodes, $"groups[{i}].Correlations");
        int[] order = nodeOrder is null ? [.. Enumerable.Range(0, nodes)] : [.. nodeOrder];
        Arguments.Require(order.Length > 0 && order.All(node => node >= 0 && node < nodes), nameof(nodeOrder),
            $"nodeOrder names {order.Length} nodes; name some of 0 to {nodes - 1}.");

        int left = Math.Clamp(16 + (7 * markers.Max(name => name.Length)), 50, 140);
        var panels = new PanelGrid(title, groups.Count, 1, Math.Max(60, markers.Count * RowHeight),
            new Margins(left, PanelGrid.Top(title, 20), 84, 46), gapY: Gap);
        var bar = PictureStyle.ColorBar(valueName, panels.InnerHeight);
        panels.Set("coloraxis", PictureStyle.ColorAxis(-1, 1, true, bar));
        for (int i = 0; i < groups.Count; i++)
        {
            int number = i + 1;
            var (name, values) = groups[i];
            double?[][] z = [.. values.Rows().Select(row => order.Select(node => Hundredth(row[node])).ToArray())];
            bool last = i == groups.Count - 1;
            panels.AddAxes(i, 0, number,
                PictureStyle.Axis(last ? nodeTitle : null).With("showgrid", false).With("showticklabels", last)
                    .With("fixedrange", true),
                PictureStyle.Axis(null).With("type", "category").With("autorange", "reversed").With("showgrid", false)
                    .With("ticks", "").With("showline", false).With("fixedrange", true)
                    .With("tickfont", Json.Of(("size", PictureStyle.SmallFontSize))).With("dtick", 1));
            string hover = $"{name}<br>%{{y}}, node %{{customdata}}: %{{z}}";
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

    private static void Check(double[,]? values, int markers, int nodes, string argument)
    {
        ArgumentNullException.ThrowIfNull(values, argument);
        Arguments.Require(values.Length > 0 && values.GetLength(0) == markers && values.GetLength(1) == nodes, argument,
            $"{argument} is {Cells.Size(values)}; expected [{markers}, {nodes}]: markers, nodes of the first group.");
        foreach (double value in values)
        {
            Arguments.Require(!(value < -1) && !(value > 1), argument,
                $"{argument} holds {value}; correlations lie between -1 and 1.");
        }
    }
}
