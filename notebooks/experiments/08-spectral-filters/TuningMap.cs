using Gsr.Analysis;
using Gsr.Analysis.Pictures;
using Plotly.NET;

namespace Gsr.Experiments.SpectralFilters;

/// <summary>
/// The activation of each node along a manifold of one dimension: nodes in rows, places in columns, one panel per
/// model. Nodes that follow the manifold in their order make a diagonal.
/// </summary>
public static class TuningMap
{
    private const double PanelHeight = 150;
    private const int MaximalPlaces = 60;

    /// <summary>
    /// Several models by activations [examples, nodes]; each node has its own colour range, since its scale and offset
    /// are free. Examples are drawn in the order of their places, at most 60 of them.
    /// </summary>
    /// <exception cref="ArgumentException">Sizes do not match, or a value is not finite.</exception>
    public static GenericChart Compare(
        IReadOnlyList<(string Name, double[,] Activations)> conditions, IReadOnlyList<double> places, string title,
        string placeName, int columns)
    {
        int perRow = Math.Min(columns, conditions.Count), rows = (conditions.Count + perRow - 1) / perRow;
        int[] sorted = [.. Enumerable.Range(0, places.Count).OrderBy(e => places[e])];
        int[] kept = [.. LearningCurves.Kept(sorted.Length, MaximalPlaces).Select(i => sorted[i])];
        var x = Rounding.All(kept.Select(e => places[e]));

        var margins = new Margins(56, PanelGrid.Top(title, 20), 84, 48);
        var panels = new PanelGrid(title, rows, perRow, PanelHeight, margins, gapX: 18, gapY: 34);
        panels.Set("coloraxis", PictureStyle.ColorAxis(0, 1, false,
            PictureStyle.RelativeBar("activation, each node's range", panels.InnerHeight)));
        for (var i = 0; i < conditions.Count; i++)
        {
            var (name, values) = conditions[i];
            Arguments.Length(values.GetLength(0), places.Count, name, "example");
            Arguments.Matrix(values, name);
            double[][] z = [.. values.SelectRows(kept).Columns().Select(InItsRange)];
            var last = i + perRow >= conditions.Count;
            panels.AddAxes(i / perRow, i % perRow, i + 1,
                PictureStyle.Axis(last ? placeName : null).With("showgrid", false).With("showticklabels", last),
                PictureStyle.Axis(i % perRow == 0 ? "node" : null).With("showgrid", false)
                    .With("showticklabels", i % perRow == 0));
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
