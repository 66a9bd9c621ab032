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
            IReadOnlyList<string>? nodeNames = null,
        string rowTitle = "cluster", string valueName = "mean activation", int decimals = 2,
        string nodeTitle = "node") =>
        Compare([("", values)], title, rowNames, nodeNames, rowTitle, valueName, decimals, nodeTitle);

    /// <summary>Several models side by side on one colour scale, diverging about 0 where a value is negative.</summary>
    /// <param name="conditions">Name and values, [rows, nodes], of each model.</param>
    /// <param name="title">Above the figure; none by default.</param>
    /// <param name="rowNames">One per row; "0", "1", .. by default.</param>
    /// <param name="nodeNames">One per node; "n1", "n2", .. by default.</param>
    /// <param name="rowTitle">What a row is.</param>
    /// <param name="valueName">What a value is, with its unit, at the colour bar.</param>
    /// <param name="decimals">Decimal places printed in the cells, 0 to 6.</param>
    /// <param name="nodeTitle">What a column is, where it is no node.</param>
    /// <exception cref="ArgumentException">Sizes do not match, or a value is infinite.</exception>
    /// <example><code>
    /// NodeHeatMap.Compare([("GSR", a), ("autoencoder", b), ("β-VAE", c)], rowTitle: "sub-cluster")
    /// </code></example>
    public static GenericChart Compare(
        IReadOnlyList<(string Name, double[,] Values)> conditions, string? title = null,
            IReadOnlyList<string>? rowNames = null,
        IReadOnlyList<string>? nodeNames = null, string rowTitle = "cluster", string valueName = "mean activation",
            int decimals = 2,
        string nodeTitle = "node")
    {
        Arguments.NotEmpty(conditions, nameof(conditions), "model");
        ArgumentOutOfRangeException.ThrowIfNegative(decimals);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decimals, 6);
        var (rows, nodes) = Sizes(conditions);
        var clusters = Arguments.Names(rowNames, rows, nameof(rowNames), "row");
        nodeNames ??= [.. Enumerable.Range(1, nodes).Select(i => $"n{i}")];
        var columns = Arguments.Names(nodeNames, nodes, nameof(nodeNames), "node");

        bool named = conditions.Any(c => c.Name.Length > 0);
        var margins = new Margins(64, PanelGrid.Top(title, named ? 20 : 0), 84, 46);
        var panels = new PanelGrid(title, 1, conditions.Count, Math.Max(120, rows * CellHeight), margins, Gap);
        var (low, high) = Cells.Range(conditions.SelectMany(c => c.Values.Cast<double>()));
        bool signed = low < 0;
        double reach = Math.Max(Math.Abs(low), Math.Abs(high));
        panels.Set(
            "coloraxis", PictureStyle.ColorAxis(signed ? -reach : Math.Min(0, low), signed ? reach : high, signed,
            PictureStyle.ColorBar(valueName, panels.InnerHeight)));

        for (int i = 0; i < conditions.Count; i++)
        {
            int number = i + 1;
            var (name, values) = conditions[i];
            string hover = (name.Length > 0 ? name + "<br>" : "") + $"{rowTitle} %{{y}}, {nodeTitle} %{{x}}";
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
            .Select(v => double.IsNaN(v) ? ""
                : WithoutSignOfZero(v, decimals).ToString("F" + decimals, CultureInfo.InvariantCulture)).ToArray()),
    ];

    /// <summary>A small negative number prints as "0", not as "-0".</summary>
    private static double WithoutSignOfZero(double value, int decimals) => Math.Round(value, decimals) + 0.0;

    private static (int Rows, int Nodes) Sizes(IReadOnlyList<(string Name, double[,] Values)> conditions)
    {
        for (int i = 0; i < conditions.Count; i++)
        {
            string argument = $"conditions[{i}].Values";
            double[,] values = conditions[i].Values;
            ArgumentNullException.ThrowIfNull(values, argument);
            string first = Cells.Size(conditions[0].Values);
            Arguments.Require(values.Length > 0 && Cells.Size(values) == first, argument,
                $"{argument} is {Cells.Size(values)}; expected at least one row and node, and {first} as the first.");
            Arguments.NoInfinity(values, argument);
        }
        return (conditions[0].Values.GetLength(0), conditions[0].Values.GetLength(1));
    }

    /// <summary>Cluster names may be digits; as categories they keep their given order and spacing.</summary>
    private static DynamicObj.DynamicObj Categories(string? title) => PictureStyle.Axis(title)
        .With("type", "category").With("showgrid", false).With("showline", false).With("ticks", "")
        .With("fixedrange", true);
}
