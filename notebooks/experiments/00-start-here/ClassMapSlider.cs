using Gsr.Analysis.Pictures;
using Plotly.NET;

namespace Gsr.Experiments.StartHere;

/// <summary>One stop of a <see cref="ClassMapSlider"/>, such as the network trained at one α.</summary>
/// <param name="Name">At the slider.</param>
/// <param name="ClassMeans">[classes, nodes]: mean activation of each node over the examples of a class.</param>
/// <param name="Caption">Above the maps while the slider stands here, such as accuracy and loss.</param>
public sealed record ClassMapStop(string Name, double[,] ClassMeans, string Caption);

/// <summary>
/// Class-mean maps of several networks in one place: a slider goes from one to the next. The scale of activations is
/// free in each network, so that its maps are drawn over its own range, from its lowest mean activation to its highest.
/// </summary>
public static class ClassMapSlider
{
    private const double LargestMap = 150;
    private const int Gap = 10;
    private const int HeadingHeight = 22;
    private const int SliderHeight = 74;
    private const int LongestRow = 6;

    /// <summary>Draws the maps of the first stop, one for each class, and a slider.</summary>
    /// <param name="stops">In the order of the slider; all of the same classes.</param>
    /// <param name="shape">Rows and columns of the grid; node (r, c) is number r * columns + c.</param>
    /// <param name="sliderName">What the slider moves along.</param>
    /// <exception cref="ArgumentException">A stop's maps are not of the grid's size.</exception>
    public static GenericChart Draw(
        IReadOnlyList<ClassMapStop> stops, (int Rows, int Columns) shape, string sliderName)
    {
        foreach (var stop in stops) Arguments.Maps(stop.ClassMeans, shape, nameof(stops));
        var classes = stops[0].ClassMeans.GetLength(0);
        var rows = classes > LongestRow ? 2 : 1;
        var columns = (classes + rows - 1) / rows;
        var title = stops[0].Caption;
        var margins = new Margins(10, PanelGrid.Top(title, HeadingHeight), 92, SliderHeight + 10);
        var side = PanelGrid.Side(columns, margins, Gap, LargestMap);
        var panels = new PanelGrid(
            title, rows, columns, side * shape.Rows / shape.Columns, margins, Gap, Gap + HeadingHeight);
        double[][,] shares = [.. stops.Select(stop => Shares(stop.ClassMeans))];
        var bar = PictureStyle.ColorBar("mean activation, this network's range", panels.InnerHeight);
        panels.Set("coloraxis", PictureStyle.ColorAxis(
            0, 1, diverging: false, bar.With("tickvals", new[] { 0, 1 }).With("ticktext", new[] { "low", "high" })));
        for (var c = 0; c < classes; c++)
        {
            panels.AddCellAxes(c / columns, c % columns, c + 1, shape.Rows, shape.Columns);
            var map = Cells.HeatMap(Cells.Map(shares[0], c, shape), $"class {c}, node (%{{y}},%{{x}}): %{{z}}");
            panels.Add(map.With("coloraxis", "coloraxis"), c + 1);
            panels.Heading(c + 1, $"{c}");
        }

        panels.Set("sliders", new[] { Slider(stops, shares, shape, sliderName) });
        return panels.Build();
    }

    /// <summary>
    /// Each step gives all maps their cells and the figure its title; no frames, so that every front end can draw it.
    /// </summary>
    private static DynamicObj.DynamicObj Slider(
        IReadOnlyList<ClassMapStop> stops, double[][,] shares, (int Rows, int Columns) shape, string name) => Json.Of(
        ("active", 0), ("x", 0), ("len", 1), ("pad", Json.Of(("t", 18), ("b", 6))),
        ("currentvalue", Json.Of(("prefix", name + " = "), ("xanchor", "left"))),
        ("bordercolor", PictureStyle.Foreground), ("bgcolor", PictureStyle.Neutral),
        ("tickcolor", PictureStyle.Foreground),
        ("steps", stops.Zip(shares, (stop, maps) => Json.Of(
            ("label", stop.Name), ("method", "update"),
            ("args", new object[]
            {
                Json.Of(("z", Enumerable.Range(0, maps.GetLength(0)).Select(c => Cells.Map(maps, c, shape)).ToArray())),
                Json.Of(("title.text", stop.Caption)),
            }))).ToArray()));

    /// <summary>
    /// From 0, the network's lowest mean, to 1, its highest; rounded to what a shade can show, and 0 where all are
    /// equal.
    /// </summary>
    private static double[,] Shares(double[,] means)
    {
        var low = means.Cast<double>().Min();
        var range = means.Cast<double>().Max() - low;
        var shares = new double[means.GetLength(0), means.GetLength(1)];
        if (range == 0) return shares;
        for (var c = 0; c < shares.GetLength(0); c++)
            for (var j = 0; j < shares.GetLength(1); j++) shares[c, j] = Math.Round((means[c, j] - low) / range, 3);
        return shares;
    }
}
