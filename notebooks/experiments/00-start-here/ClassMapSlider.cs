using Gsr.Analysis;
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
    private const int LongestRow = 6;

    /// <summary>
    /// Draws the maps of the first stop, one for each class, and a slider; all stops have the same classes, and node
    /// (r, c) of the grid is number r * columns + c.
    /// </summary>
    /// <exception cref="ArgumentException">A stop's maps are not of the grid's size.</exception>
    public static GenericChart Draw(
        IReadOnlyList<ClassMapStop> stops, (int Rows, int Columns) shape, string sliderName)
    {
        foreach (var stop in stops) Arguments.Maps(stop.ClassMeans, shape, nameof(stops));
        var classes = stops[0].ClassMeans.GetLength(0);
        var rows = classes > LongestRow ? 2 : 1;
        var columns = (classes + rows - 1) / rows;
        var title = stops[0].Caption;
        var margins = new Margins(10, PanelGrid.Top(title, HeadingHeight), 92, PanelGrid.SliderHeight + 10);
        var side = PanelGrid.Side(columns, margins, Gap, LargestMap);
        var panels = new PanelGrid(
            title, rows, columns, side * shape.Rows / shape.Columns, margins, Gap, Gap + HeadingHeight);
        double[][,] shares = [.. stops.Select(stop => Shares(stop.ClassMeans))];
        panels.Set("coloraxis", PictureStyle.ColorAxis(0, 1, diverging: false,
            PictureStyle.RelativeBar("mean activation, this network's range", panels.InnerHeight)));
        for (var c = 0; c < classes; c++)
        {
            panels.AddCellAxes(c / columns, c % columns, c + 1, shape.Rows, shape.Columns);
            var map = Cells.HeatMap(Cells.Map(shares[0], c, shape), $"class {c}, node (%{{y}},%{{x}}): %{{z}}");
            panels.Add(map.With("coloraxis", "coloraxis"), c + 1);
            panels.Heading(c + 1, $"{c}");
        }

        // Each step gives all maps their cells and the figure its title.
        panels.AddSlider(sliderName + " = ", "update", stops.Zip(shares, (stop, maps) => (stop.Name, (object[])
        [
            Json.Of(("z", Enumerable.Range(0, classes).Select(c => Cells.Map(maps, c, shape)).ToArray())),
            Json.Of(("title.text", stop.Caption)),
        ])));
        return panels.Build();
    }

    /// <summary>
    /// From 0, the network's lowest mean, to 1, its highest; rounded to what a shade can show, and 0 where all are
    /// equal.
    /// </summary>
    private static double[,] Shares(double[,] means)
    {
        var low = means.Cast<double>().Min();
        var range = means.Cast<double>().Max() - low;
        return Matrices.Of(means.GetLength(0), means.GetLength(1),
            (c, j) => range == 0 ? 0 : Math.Round((means[c, j] - low) / range, 3));
    }
}
