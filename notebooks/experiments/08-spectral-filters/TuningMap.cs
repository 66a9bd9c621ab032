using Gsr.Analysis.Pictures;
using Plotly.NET;

namespace Gsr.Experiments.SpectralFilters;

/// <summary>
/// What each node answers along a manifold of one dimension: nodes in rows, places in columns, one panel per model. Nodes that
/// follow the manifold in their order make a diagonal.
/// </summary>
public static class TuningMap
{
    private const double PanelHeight = 150;
    private const int MaximalPlaces = 60;

    /// <summary>Several models; each node has its own colour range, since its scale and offset are free.</summary>
    /// <param name="conditions">Name and activations, [examples, nodes], finite, of each.</param>
    /// <param name="places">One per example, finite; examples are drawn in this order, at most 60 of them.</param>
    /// <param name="title">Above the figure; none by default.</param>
    /// <param name="placeName">What a place is, with its unit.</param>
    /// <param name="columns">Panels in a row, 3 by default.</param>
    /// <exception cref="ArgumentException">Sizes do not match, or a value is not finite.</exception>
    /// <example><code>TuningMap.Compare([("none", plain), ("zᵀLz", smooth)], degrees, placeName: "angle (degrees)")</code></example>
    public static GenericChart Compare(
        IReadOnlyList<(string Name, double[,] Activations)> conditions, IReadOnlyList<double> places, string? title = null,
        string placeName = "position", int columns = 3)
    {
        Arguments.NotEmpty(conditions, nameof(conditions), "model");
        Arguments.Finite(places, nameof(places));
        Arguments.AtLeast(columns, 1, nameof(columns), "a row has at least 1 panel.");
        int perRow = Math.Min(columns, conditions.Count), rows = (conditions.Count + perRow - 1) / perRow;
        int[] sorted = [.. Enumerable.Range(0, places.Count).OrderBy(e => places[e])];
        int[] kept = [.. LearningCurves.Kept(sorted.Length, MaximalPlaces).Select(i => sorted[i])];
        double[] x = Rounding.All(kept.Select(e => places[e]));

        var panels = new PanelGrid(title, rows, perRow, PanelHeight, new Margins(56, PanelGrid.Top(title, 20), 84, 48), gapX: 18, gapY: 34);
        panels.Set("coloraxis", PictureStyle.ColorAxis(0, 1, false, PictureStyle.ColorBar("activation, each node's range", panels.InnerHeight)
            .With("tickvals", new[] { 0, 1 }).With("ticktext", new[] { "low", "high" })));
        for (int i = 0; i < conditions.Count; i++)
        {
            var (name, values) = conditions[i];
            string argument = $"conditions[{i}].Activations";
            ArgumentNullException.ThrowIfNull(values, argument);
            Arguments.Length(values.GetLength(0), places.Count, argument, "example");
            Arguments.Finite([.. values.Cast<double>()], argument);
            double[][] z = [.. Enumerable.Range(0, values.GetLength(1)).Select(node => InItsRange([.. kept.Select(e => values[e, node])]))];
            bool last = i + perRow >= conditions.Count;
            panels.AddAxes(i / perRow, i % perRow, i + 1,
                PictureStyle.Axis(last ? placeName : null).With("showgrid", false).With("showticklabels", last),
                PictureStyle.Axis(i % perRow == 0 ? "node" : null).With("showgrid", false).With("showticklabels", i % perRow == 0));
            panels.Add(Cells.HeatMap(z, $"{name}<br>node %{{y}}, {placeName} %{{x}}: %{{z}} of the range")
                .With("x", x).With("coloraxis", "coloraxis"), i + 1);
            panels.Heading(i + 1, name);
        }
        return panels.Build();
    }

    // Hundredths of the range are finer than a shade.
    private static double[] InItsRange(double[] values)
    {
        var (low, high) = Cells.Range(values);
        return [.. values.Select(value => Math.Round((value - low) / (high - low), 2))];
    }
}
