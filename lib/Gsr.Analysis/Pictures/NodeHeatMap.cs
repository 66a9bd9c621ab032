using System.Globalization;
using Plotly.NET;

namespace Gsr.Analysis.Pictures;

/// <summary>
/// A matrix of activations with its numbers in the cells: clusters in rows, nodes in columns, one panel per model (the
/// paper's sub-cluster figure).
/// </summary>
public static class NodeHeatMap
{
    private const double CellHeight = 26;
    private const int Gap = 20;

    /// <summary>One model: <paramref name="values"/> is [rows, nodes], NaN where there is none.</summary>
    /// <inheritdoc cref="Compare"/>
    /// <example><code>NodeHeatMap.Draw(means, "GSR", rowTitle: "sub-cluster")</code></example>
    public static GenericChart Draw(
        double[,] values, string? title = null, IReadOnlyList<string>? rowNames = null,
        IReadOnlyList<string>? nodeNames = null, string rowTitle = "cluster", string valueName = "mean activation",
        int decimals = 2, string nodeTitle = "node") =>
        Compare([("", values)], title, rowNames, nodeNames, rowTitle, valueName, decimals, nodeTitle);

    /// <summary>
    /// Several models' values [rows, nodes] side by side on one colour scale, diverging about 0 where a value is
    /// negative, and printed in the cells. Rows are called "0", "1", .. and nodes "n1", "n2", .. by default.
    /// </summary>
    /// <exception cref="ArgumentException">Sizes do not match, or a value is infinite.</exception>
    /// <example><code>
    /// NodeHeatMap.Compare([("GSR", a), ("autoencoder", b), ("β-VAE", c)], rowTitle: "sub-cluster")
    /// </code></example>
    public static GenericChart Compare(
        IReadOnlyList<(string Name, double[,] Values)> conditions, string? title = null,
        IReadOnlyList<string>? rowNames = null, IReadOnlyList<string>? nodeNames = null, string rowTitle = "cluster",
        string valueName = "mean activation", int decimals = 2, string nodeTitle = "node")
    {
        var (rows, nodes) = Cells.SharedSize(conditions, nameof(conditions), "Values", "model");
        var clusters = Arguments.Names(rowNames, rows, nameof(rowNames), "row");
        nodeNames ??= [.. Enumerable.Range(1, nodes).Select(i => $"n{i}")];
        var columns = Arguments.Names(nodeNames, nodes, nameof(nodeNames), "node");

        var named = conditions.Any(c => c.Name.Length > 0);
        var margins = new Margins(64, PanelGrid.Top(title, named ? 20 : 0), 84, 46);
        var panels = new PanelGrid(title, 1, conditions.Count, Math.Max(120, rows * CellHeight), margins, Gap);
        var (low, high) = Cells.SignedRange(conditions.SelectMany(c => c.Values.Cast<double>()));
        panels.Set("coloraxis", PictureStyle.ColorAxis(
            Math.Min(0, low), high, low < 0, PictureStyle.ColorBar(valueName, panels.InnerHeight)));

        for (var i = 0; i < conditions.Count; i++)
        {
            var number = i + 1;
            var (name, values) = conditions[i];
            var hover = (name.Length > 0 ? name + "<br>" : "") + $"{rowTitle} %{{y}}, {nodeTitle} %{{x}}";
            double?[][] z = [.. Enumerable.Range(0, rows).Select(r => Rounding.AllOrGap(values.Row(r)))];
            panels.AddAxes(0, i, number, Categories(nodeTitle), Categories(i == 0 ? rowTitle : null)
                .With("autorange", "reversed").With("showticklabels", i == 0));
            panels.Add(Labelled(Cells.HeatMap(z, hover + ": %{z}", gaps: true))
                .With("coloraxis", "coloraxis").With("text", Printed(values, decimals))
                .With("texttemplate", "%{text}"), number);
            if (Cells.Missing(z, hover + ": no value", gaps: true) is { } missing)
                panels.Add(Labelled(missing), number);
            if (name.Length > 0) panels.Heading(number, name);
        }
        return panels.Build();

        Trace Labelled(Trace trace) => trace.With("x", columns.ToArray()).With("y", clusters.ToArray());
    }

    /// <summary>As text, since Plotly would print a missing number as 0.</summary>
    private static string[][] Printed(double[,] values, int decimals) =>
    [
        .. Enumerable.Range(0, values.GetLength(0)).Select(row => values.Row(row)
            // + 0.0: a small negative number prints as "0", not as "-0".
            .Select(v => double.IsNaN(v) ? ""
                : (Math.Round(v, decimals) + 0.0).ToString("F" + decimals, CultureInfo.InvariantCulture)).ToArray()),
    ];

    /// <summary>Cluster names may be digits; as categories they keep their given order and spacing.</summary>
    private static DynamicObj.DynamicObj Categories(string? title) => PictureStyle.Axis(title)
        .With("type", "category").With("showgrid", false).With("showline", false).With("ticks", "")
        .With("fixedrange", true);
}
