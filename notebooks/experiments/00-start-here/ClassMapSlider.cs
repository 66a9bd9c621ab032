using Gsr.Analysis.Pictures;
using Plotly.NET;

namespace Gsr.Experiments.StartHere;

/// <summary>One stop of a <see cref="ClassMapSlider"/>, such as the network trained at one α.</summary>
/// <param name="Name">At the slider.</param>
/// <param name="ClassMeans">[classes, nodes]: mean activation of each node over the examples of a class, finite.</param>
/// <param name="Caption">Above the maps while the slider stands here, such as accuracy and loss.</param>
public sealed record ClassMapStop(string Name, double[,] ClassMeans, string Caption);

/// <summary>Class-mean maps of several networks in one place: a slider goes from one to the next.</summary>
/// <remarks>
/// The scale of activations is free in each network, and what a penalty changes first: each network's maps are drawn over its own
/// range, from its lowest mean activation to its highest.
/// </remarks>
public static class ClassMapSlider
{
    private const double LargestMap = 150;
    private const int Gap = 10;
    private const int HeadingHeight = 22;
    private const int SliderHeight = 74;
    private const int LongestRow = 6;

    /// <summary>Draws the maps of the first stop, and a slider.</summary>
    /// <param name="stops">In the order of the slider; all of the same classes.</param>
    /// <param name="shape">Rows and columns of the grid; node (r, c) is number r * columns + c.</param>
    /// <param name="sliderName">What the slider moves along.</param>
    /// <param name="classNames">One per class; "0", "1", .. by default.</param>
    /// <param name="active">The stop that is shown first.</param>
    /// <param name="valueName">What a value is, at the colour bar.</param>
    /// <exception cref="ArgumentException">There is no stop, sizes do not match, or a value is not finite.</exception>
    /// <example><code>ClassMapSlider.Draw([new("0", plain, "98 % right"), new("0.01", smooth, "98 % right")], (8, 8), "α")</code></example>
    public static GenericChart Draw(
        IReadOnlyList<ClassMapStop> stops, (int Rows, int Columns) shape, string sliderName, IReadOnlyList<string>? classNames = null,
        int active = 0, string valueName = "mean activation, this network's range")
    {
        Arguments.NotEmpty(stops, nameof(stops), "stop");
        Arguments.Shape(shape, nameof(shape));
        int classes = Check(stops, shape);
        if ((uint)active >= (uint)stops.Count)
            throw new ArgumentOutOfRangeException(nameof(active), active, $"active is {active}; choose a stop from 0 to {stops.Count - 1}.");
        var names = Arguments.Names(classNames, classes, nameof(classNames), "class");

        int rows = classes > LongestRow ? 2 : 1, columns = (classes + rows - 1) / rows;
        string title = stops[active].Caption;
        var margins = new Margins(10, PanelGrid.Top(title, HeadingHeight), 92, SliderHeight + 10);
        double side = PanelGrid.Side(columns, margins, Gap, LargestMap);
        var panels = new PanelGrid(title, rows, columns, side * shape.Rows / shape.Columns, margins, Gap, Gap + HeadingHeight);
        double[][,] shares = [.. stops.Select(stop => Shares(stop.ClassMeans))];
        panels.Set("coloraxis", PictureStyle.ColorAxis(0, 1, diverging: false, PictureStyle.ColorBar(valueName, panels.InnerHeight)
            .With("tickvals", new[] { 0, 1 }).With("ticktext", new[] { "low", "high" })));
        for (int c = 0; c < classes; c++)
        {
            panels.AddCellAxes(c / columns, c % columns, c + 1, shape.Rows, shape.Columns);
            panels.Add(Cells.HeatMap(Cells.Map(shares[active], c, shape), $"class {names[c]}, node (%{{y}},%{{x}}): %{{z}}").With("coloraxis", "coloraxis"), c + 1);
            panels.Heading(c + 1, names[c]);
        }

        panels.Set("sliders", new[] { Slider(stops, shares, shape, sliderName, active) });
        return panels.Build();
    }

    /// <summary>Each step gives all maps their cells and the figure its title; no frames, so that every front end can draw it.</summary>
    private static DynamicObj.DynamicObj Slider(
        IReadOnlyList<ClassMapStop> stops, double[][,] shares, (int Rows, int Columns) shape, string sliderName, int active) => Json.Of(
        ("active", active), ("x", 0), ("len", 1), ("pad", Json.Of(("t", 18), ("b", 6))),
        ("currentvalue", Json.Of(("prefix", sliderName + " = "), ("xanchor", "left"))),
        ("bordercolor", PictureStyle.Foreground), ("bgcolor", PictureStyle.Neutral), ("tickcolor", PictureStyle.Foreground),
        ("steps", stops.Select((stop, i) => Json.Of(
            ("label", stop.Name), ("method", "update"),
            ("args", new object[]
            {
                Json.Of(("z", Enumerable.Range(0, stop.ClassMeans.GetLength(0)).Select(c => Cells.Map(shares[i], c, shape)).ToArray())),
                Json.Of(("title.text", stop.Caption)),
            }))).ToArray()));

    /// <summary>From 0, the network's lowest mean, to 1, its highest; rounded to what a shade can show, and 0 where all are equal.</summary>
    private static double[,] Shares(double[,] means)
    {
        double low = means.Cast<double>().Min(), range = means.Cast<double>().Max() - low;
        var shares = new double[means.GetLength(0), means.GetLength(1)];
        for (int c = 0; c < shares.GetLength(0); c++)
            for (int j = 0; j < shares.GetLength(1); j++) shares[c, j] = range > 0 ? Math.Round((means[c, j] - low) / range, 3) : 0;
        return shares;
    }

    private static int Check(IReadOnlyList<ClassMapStop> stops, (int Rows, int Columns) shape)
    {
        for (int i = 0; i < stops.Count; i++)
        {
            string argument = $"stops[{i}].ClassMeans";
            Arguments.Maps(stops[i].ClassMeans, shape, argument);
            Arguments.Length(stops[i].ClassMeans.GetLength(0), stops[0].ClassMeans.GetLength(0), argument, "class, as in the first stop");
            Arguments.Finite([.. stops[i].ClassMeans.Cast<double>()], argument);
        }

        return stops[0].ClassMeans.GetLength(0);
    }
}
