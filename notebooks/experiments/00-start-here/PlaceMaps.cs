using Gsr.Analysis;
using Gsr.Analysis.Pictures;
using Plotly.NET;

namespace Gsr.Experiments.StartHere;

/// <summary>
/// Class-mean maps of layers with the places made visible: each map in its own range of colours with its strongest node
/// ringed, and beside them the class that each node prefers, in the colour of its number above the maps.
/// </summary>
public static class PlaceMaps
{
    private const double LargestMap = 90;
    private const double Gap = 6;

    /// <summary>
    /// One row for each model, from class means [classes, nodes] of at most ten classes; node (r, c) of the grid is
    /// number r * columns + c.
    /// </summary>
    /// <exception cref="ArgumentException">Sizes do not match, or a value is not finite.</exception>
    public static GenericChart Draw(
        IReadOnlyList<(string Name, double[,] ClassMeans)> models, (int Rows, int Columns) shape, string title)
    {
        var (classes, _) = Cells.SharedSize(models, nameof(models), "ClassMeans", "model");
        Arguments.Maps(models[0].ClassMeans, shape, "models[0].ClassMeans");
        var margins = new Margins(104, PanelGrid.Top(title, 20), 84, 10);
        var side = PanelGrid.Side(classes + 1, margins, Gap, LargestMap);
        var panels = new PanelGrid(
            title, models.Count, classes + 1, side * shape.Rows / shape.Columns, margins, Gap, 2 * Gap);
        panels.Set("coloraxis", PictureStyle.ColorAxis(
            0, 1, diverging: false, PictureStyle.RelativeBar("each map's range", panels.InnerHeight)));
        panels.Set("showlegend", false);
        foreach (var (row, (name, means)) in models.Index())
        {
            var first = (row * (classes + 1)) + 1;
            var shares = Shares(means);
            for (var c = 0; c < classes; c++)
            {
                panels.AddCellAxes(row, c, first + c, shape.Rows, shape.Columns);
                var map = Cells.HeatMap(Cells.Map(shares, c, shape), $"{name}<br>{c}, node (%{{y}},%{{x}}): %{{z}}");
                panels.Add(map.With("coloraxis", "coloraxis"), first + c);
                panels.Add(Ring(Array.IndexOf(shares.Row(c), 1), shape.Columns), first + c);
                if (row == 0) panels.Heading(first + c, Coloured(c));
            }

            panels.AddCellAxes(row, classes, first + classes, shape.Rows, shape.Columns);
            panels.Add(Preference(means, shape, name), first + classes);
            panels.RowHeading(first, name);
            if (row == 0) panels.Heading(first + classes, "prefers<br> ");
        }

        return panels.Build();
    }

    private static string Coloured(int number) =>
        $"<span style=\"color:{PictureStyle.Color(number)}\"><b>{number}</b></span>";

    /// <summary>
    /// Each map from 0, its lowest value, to 1, its highest; rounded to what a shade can show, and 0 where all values
    /// are equal.
    /// </summary>
    internal static double[,] Shares(double[,] means)
    {
        double[] low = [.. means.Rows().Select(row => row.Min())], high = [.. means.Rows().Select(row => row.Max())];
        return Matrices.Of(means.GetLength(0), means.GetLength(1), (c, j) => high[c] == low[c]
            ? 0 : Math.Round((means[c, j] - low[c]) / (high[c] - low[c]), 3));
    }

    /// <summary>Around the strongest node; nothing where there is none.</summary>
    private static Trace Ring(int node, int columns) => Json.Trace("scatter",
        ("x", node < 0 ? [] : new[] { node % columns }), ("y", node < 0 ? [] : new[] { node / columns }),
        ("mode", "markers"), ("hoverinfo", "skip"),
        ("marker", Json.Of(
            ("symbol", "circle-open"), ("size", 11), ("color", "#ff2d2d"), ("line", Json.Of(("width", 2))))));

    private static Trace Preference(double[,] means, (int Rows, int Columns) shape, string name)
    {
        var preferred = means.Transposed().ArgMaxOfRows();
        var z = Cells.Map(shape, node => preferred[node]);
        return Cells.HeatMap(z, name + "<br>node (%{y},%{x}) prefers %{z}", gaps: true)
            .With("zmin", -0.5).With("zmax", means.GetLength(0) - 0.5).With("showscale", false)
            .With("colorscale", Bands(means.GetLength(0)));
    }

    /// <summary>Each class's number is in the middle of its band of colour.</summary>
    private static object[][] Bands(int classes) => [.. Enumerable.Range(0, classes).SelectMany(c => new object[][]
    {
        [(double)c / classes, PictureStyle.Color(c)], [(c + 1.0) / classes, PictureStyle.Color(c)],
    })];
}
