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
    /// One model: its maps in one row with one range of colours. <paramref name="classMeans"/> is [classes, nodes], the
    /// mean activation of each node over the examples of a class, NaN where there is none.
    /// </summary>
    /// <inheritdoc cref="Compare"/>
    /// <example><code>ClassMaps.Draw(means, (8, 8), "GSR + convolution")</code></example>
    public static GenericChart Draw(
        double[,] classMeans, (int Rows, int Columns) shape, string? title = null,
        IReadOnlyList<string>? classNames = null, string valueName = "mean activation") =>
        Compare([("", classMeans)], shape, title, classNames, ColorRange.Shared, valueName);

    /// <summary>
    /// Several models: one row of maps for each, classes in columns, from class means [classes, nodes], NaN for no
    /// value; node (r, c) of the grid is number r * columns + c. Rows have ranges of their own by default, since the
    /// scale of activations is free in each model.
    /// </summary>
    /// <exception cref="ArgumentException">Sizes do not match, or a value is infinite.</exception>
    /// <example><code>ClassMaps.Compare([("none", plain), ("GSR", smooth)], (8, 8))</code></example>
    public static GenericChart Compare(
        IReadOnlyList<(string Name, double[,] ClassMeans)> conditions, (int Rows, int Columns) shape,
        string? title = null, IReadOnlyList<string>? classNames = null, ColorRange range = ColorRange.PerRow,
        string valueName = "mean activation")
    {
        Arguments.Shape(shape, nameof(shape));
        var (classes, _) = Cells.SharedSize(conditions, nameof(conditions), "ClassMeans", "model");
        Arguments.Maps(conditions[0].ClassMeans, shape, "conditions[0].ClassMeans");
        var names = Arguments.Names(classNames, classes, nameof(classNames), "class");

        var oneScale = range == ColorRange.Shared || conditions.Count == 1;
        var longest = conditions.SelectMany(c => Wrapped(c.Name).Split("<br>")).Max(line => line.Length);
        var margins = new Margins(longest == 0 ? 10 : Math.Clamp(16 + (7 * longest), 50, 160),
            PanelGrid.Top(title, 20), 92, 10);
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
    private static DynamicObj.DynamicObj RelativeBar(string valueName, double height) => PictureStyle.ColorAxis(
        0, 1, diverging: false, PictureStyle.RelativeBar(
            height < 200 ? "each row's range" : $"{valueName}, each row's range", height));

    /// <summary>A colour axis is drawn only where a trace uses it: this one has a point that is never seen.</summary>
    private static void CarryRelativeBar(PanelGrid panels) => panels.Add(Json.Trace("scatter",
        ("x", new int?[] { null }), ("y", new int?[] { null }), ("mode", "markers"), ("hoverinfo", "skip"),
        ("showlegend", false), ("marker", Json.Of(("color", new[] { 0 }), ("coloraxis", "coloraxis")))));
}
