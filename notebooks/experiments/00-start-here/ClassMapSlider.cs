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
/// free, so that each map is drawn over its own range, from its lowest mean activation to its highest.
/// </summary>
public static class ClassMapSlider
{
    private const double LargestMap = 150;
    private const int Gap = 10;
    private const int HeadingHeight = 22;
    private const int LongestRow = 6;

    /// <summary>
    /// Draws the maps of one stop, one for each class, and a slider that stands there; all stops have the same classes,
    /// and node (r, c) of the grid is number r * columns + c.
    /// </summary>
    /// <exception cref="ArgumentException">A stop's maps are not of the grid's size.</exception>
    public static GenericChart Draw(
        IReadOnlyList<ClassMapStop> stops, (int Rows, int Columns) shape, string sliderName, int start = 0)
    {
        foreach (var stop in stops) Arguments.Maps(stop.ClassMeans, shape, nameof(stops));
        var classes = stops[0].ClassMeans.GetLength(0);
        var rows = classes > LongestRow ? 2 : 1;
        var columns = (classes + rows - 1) / rows;
        var title = stops[start].Caption;
        var margins = new Margins(10, PanelGrid.Top(title, HeadingHeight), 92, PanelGrid.SliderHeight + 10);
        var side = PanelGrid.Side(columns, margins, Gap, LargestMap);
        var panels = new PanelGrid(
            title, rows, columns, side * shape.Rows / shape.Columns, margins, Gap, Gap + HeadingHeight);
        double[][,] shares = [.. stops.Select(stop => PlaceMaps.Shares(stop.ClassMeans))];
        panels.Set("coloraxis", PictureStyle.ColorAxis(0, 1, diverging: false,
            PictureStyle.RelativeBar("mean activation, each map's range", panels.InnerHeight)));
        for (var c = 0; c < classes; c++)
        {
            panels.AddCellAxes(c / columns, c % columns, c + 1, shape.Rows, shape.Columns);
            var map = Cells.HeatMap(Cells.Map(shares[start], c, shape), $"class {c}, node (%{{y}},%{{x}}): %{{z}}");
            panels.Add(map.With("coloraxis", "coloraxis"), c + 1);
            panels.Heading(c + 1, $"{c}");
        }

        // Each step gives all maps their cells and the figure its title.
        panels.AddSlider(sliderName + " = ", "update", stops.Zip(shares, (stop, maps) => (stop.Name, (object[])
        [
            Json.Of(("z", Enumerable.Range(0, classes).Select(c => Cells.Map(maps, c, shape)).ToArray())),
            Json.Of(("title.text", stop.Caption)),
        ])), active: start);
        return panels.Build();
    }
}
