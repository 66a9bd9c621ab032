using Plotly.NET;

namespace Gsr.Analysis.Pictures;

/// <summary>
/// Class-mean activations of a layer on its grid, one small map per class (the paper's MNIST figure): rows of maps for
/// several models.
/// </summary>
public static class ClassMaps
{
    private const double LargestMap = 110;
    private const double Gap = 8;

    /// <summary>
    /// One model: its maps in one row. <paramref name="classMeans"/> is [classes, nodes], the mean activation of each
    /// node over the examples of a class, NaN where there is none; all maps share one range of colours by default.
    /// </summary>
    /// <inheritdoc cref="Compare"/>
    /// <example><code>ClassMaps.Draw(means, (8, 8), "GSR + convolution")</code></example>
    public static GenericChart Draw(
        double[,] classMeans, (int Rows, int Columns) shape, string? title = null,
            IReadOnlyList<string>? classNames = null,
        ColorRange range = ColorRange.Shared, string valueName = "mean activation") =>
        Compare([("", classMeans)], shape, title, classNames, range, valueName);

    /// <summary>Several models: one row of maps for each, classes in columns.</summary>
    /// <param name="conditions">Name and class means, [classes, nodes], of each model; NaN for no value.</param>
    /// <param name="shape">Rows and columns of the grid; node (r, c) is number r * columns + c.</param>
    /// <param name="title">Above the figure; none by default.</param>
    /// <param name="classNames">One per class; "0", "1", .. by default.</param>
    /// <param name="range">Per row by default, since the scale of activations is free in each model.</param>
    /// <param name="valueName">What a value is, with its unit, at the colour bar.</param>
    /// <exception cref="ArgumentException">Sizes do not match, or a value is infinite.</exception>
    /// <example><code>ClassMaps.Compare([("none", plain), ("GSR", smooth)], (8, 8))</code></example>
    public static GenericChart Compare(
        IReadOnlyList<(string Name, double[,] ClassMeans)> conditions, (int Rows, int Columns) shape,
            string? title = null,
        IReadOnlyList<string>? classNames = null, ColorRange range = ColorRange.PerRow,
        string valueName = "mean activation")
    {
        Arguments.NotEmpty(conditions, nameof(conditions), "model");
        Arguments.Shape(shape, nameof(shape));
        Arguments.Maps(conditions[0].ClassMeans, shape, "conditions[0].ClassMeans");
        var classes = conditions[0].ClassMeans.GetLength(0);
        for (var i = 1; i < conditions.Count; i++)
        {
            var argument = $"conditions[{i}].ClassMeans";
            Arguments.Maps(conditions[i].ClassMeans, shape, argument);
            Arguments.Length(
                conditions[i].ClassMeans.GetLength(0), classes, argument, "class, as in the first condition");
        }
        var names = Arguments.Names(classNames, classes, nameof(classNames), "class");

        var oneScale = range == ColorRange.Shared || conditions.Count == 1;
        var margins = new Margins(conditions.Any(c => c.Name.Length > 0) ? 96 : 10, PanelGrid.Top(title, 20), 92, 10);
        var side = PanelGrid.Side(classes, margins, Gap, LargestMap);
        var panels = new PanelGrid(
            title, conditions.Count, classes, side * shape.Rows / shape.Columns, margins, Gap, Gap);

        for (var row = 0; row < conditions.Count; row++)
        {
            var (name, means) = conditions[row];
            var rowRange = Cells.Range(means.Cast<double>());
            for (var column = 0; column < classes; column++)
            {
                var number = (row * classes) + column + 1;
                var where = $"class {names[column]}, node (%{{y}},%{{x}})";
                var hover = name.Length > 0 ? $"{name}<br>{where}" : where;
                var z = Cells.Map(means, column, shape);
                var trace = Cells.HeatMap(z, hover + ": %{z}");
                if (oneScale)
                    trace.With("coloraxis", "coloraxis");
                else
                    OwnScale(trace, rowRange);
                panels.AddCellAxes(row, column, number, shape.Rows, shape.Columns);
                panels.Add(trace, number);
                if (Cells.Missing(z, hover + ": no value") is { } missing) panels.Add(missing, number);
                if (row == 0) panels.Heading(number, names[column]);
            }
            if (name.Length > 0) panels.RowHeading((row * classes) + 1, Wrapped(name));
        }
        panels.Set("coloraxis", oneScale
            ? Bar(Cells.Range(conditions.SelectMany(c => c.ClassMeans.Cast<double>())), valueName, panels.InnerHeight)
            : RelativeBar(valueName, panels.InnerHeight));
        if (!oneScale) CarryRelativeBar(panels);
        return panels.Build();
    }

    /// <summary>Breaks a long row name before a " + ", since the space left of a row is narrow.</summary>
    internal static string Wrapped(string name) =>
        name.Length <= 12 ? name : name.Replace(" + ", "<br>+ ", StringComparison.Ordinal);

    private static void OwnScale(Trace trace, (double Low, double High) range) => trace
        .With("zmin", Rounding.Significant(range.Low)).With("zmax", Rounding.Significant(range.High))
        .With("colorscale", PictureStyle.Sequential).With("showscale", false);

    private static DynamicObj.DynamicObj Bar((double Low, double High) range, string valueName, double height) =>
        PictureStyle.ColorAxis(range.Low, range.High, diverging: false, PictureStyle.ColorBar(valueName, height));

    /// <summary>Where ranges differ, the bar can only say low and high; the hover text has the values.</summary>
    private static DynamicObj.DynamicObj RelativeBar(string valueName, double height)
    {
        var text = height < 200 ? "each row's range" : $"{valueName}, each row's range";
        return PictureStyle.ColorAxis(0, 1, diverging: false, PictureStyle.ColorBar(text, height)
            .With("tickvals", new[] { 0, 1 }).With("ticktext", new[] { "low", "high" }));
    }

    /// <summary>A colour axis is drawn only where a trace uses it: this one has a point that is never seen.</summary>
    private static void CarryRelativeBar(PanelGrid panels) => panels.Add(Json.Trace("scatter",
        ("x", new int?[] { null }), ("y", new int?[] { null }), ("mode", "markers"), ("hoverinfo", "skip"),
        ("showlegend", false), ("marker", Json.Of(("color", new[] { 0 }), ("coloraxis", "coloraxis")))));
}
