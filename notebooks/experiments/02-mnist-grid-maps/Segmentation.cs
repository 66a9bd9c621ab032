using Gsr.Analysis.Pictures;
using Plotly.NET;

namespace Gsr.Experiments.GridMaps;

/// <summary>
/// A grid of nodes in which every cell is coloured and lettered by its class, the one of highest class-mean activation:
/// compact regions are receptive fields (the paper's MNIST figure).
/// </summary>
public static class Segmentation
{
    private const double LargestMap = 260;
    private const double Gap = 16;

    /// <summary>One model.</summary>
    /// <param name="labels">The class of each node, row by row; any negative number for an unlabelled node.</param>
    /// <param name="shape">Rows and columns of the grid; node (r, c) is number r * columns + c.</param>
    /// <param name="title">Above the figure; none by default.</param>
    /// <param name="classNames">One per class, short enough for a cell; the class numbers by default.</param>
    /// <exception cref="ArgumentException">Sizes do not match, or a label has no class name.</exception>
    /// <example><code>Segmentation.Draw([0, 0, 1, -1], (2, 2))</code></example>
    public static GenericChart Draw(
        IReadOnlyList<int> labels, (int Rows, int Columns) shape, string? title = null, IReadOnlyList<string>? classNames = null) =>
        Compare([("", labels)], shape, title, classNames);

    /// <summary>Several models side by side.</summary>
    /// <param name="conditions">Name and labels, as in <see cref="Draw"/>, of each model.</param>
    /// <param name="shape">Rows and columns of the grid, the same for all.</param>
    /// <param name="title">Above the figure; none by default.</param>
    /// <param name="classNames">One per class, short enough for a cell; the class numbers by default.</param>
    /// <exception cref="ArgumentException">Sizes do not match, or a label has no class name.</exception>
    /// <example><code>Segmentation.Compare([("none", plain.Labels), ("GSR", smooth.Labels)], (8, 8))</code></example>
    public static GenericChart Compare(
        IReadOnlyList<(string Name, IReadOnlyList<int> Labels)> conditions, (int Rows, int Columns) shape, string? title = null,
        IReadOnlyList<string>? classNames = null)
    {
        Arguments.NotEmpty(conditions, nameof(conditions), "model");
        Arguments.Shape(shape, nameof(shape));
        int classes = 1;
        for (int i = 0; i < conditions.Count; i++)
        {
            string argument = $"conditions[{i}].Labels";
            ArgumentNullException.ThrowIfNull(conditions[i].Labels, argument);
            Arguments.Length(conditions[i].Labels.Count, shape.Rows * shape.Columns, argument, "cell of the grid");
            classes = Math.Max(classes, conditions[i].Labels.Max() + 1);
        }
        if (classNames is not null && classNames.Count < classes)
        {
            throw new ArgumentException(
                $"classNames holds {classNames.Count} names, but a label is {classes - 1}; give one name per class.", nameof(classNames));
        }
        var names = classNames ?? Arguments.Names(null, classes, nameof(classNames), "class");

        bool named = conditions.Any(c => c.Name.Length > 0);
        var margins = new Margins(10, PanelGrid.Top(title, named ? 20 : 0), 10, 10);
        double side = PanelGrid.Side(conditions.Count, margins, Gap, LargestMap);
        var panels = new PanelGrid(title, 1, conditions.Count, side * shape.Rows / shape.Columns, margins, Gap, Gap);
        // Half-steps put each class number in the middle of its band of colour.
        panels.Set("coloraxis", Json.Of(
            ("cmin", -0.5), ("cmax", names.Count - 0.5), ("colorscale", Bands(names.Count)), ("showscale", false)));
        int fontSize = (int)Math.Clamp(0.5 * side / shape.Columns, 7, 14);
        for (int i = 0; i < conditions.Count; i++)
            AddMap(panels, i, conditions[i].Name, conditions[i].Labels, shape, names, fontSize);
        return panels.Build();
    }

    private static void AddMap(
        PanelGrid panels, int index, string name, IReadOnlyList<int> labels, (int Rows, int Columns) shape, IReadOnlyList<string> names,
        int fontSize)
    {
        int number = index + 1;
        string prefix = name.Length > 0 ? name + "<br>" : "";
        int?[][] z = [.. labels.Select(label => label < 0 ? (int?)null : label).Chunk(shape.Columns)];
        string[][] letters = [.. labels.Select(label => label < 0 ? "" : names[label]).Chunk(shape.Columns)];

        panels.AddCellAxes(0, index, number, shape.Rows, shape.Columns);
        panels.Add(Cells.HeatMap(z, prefix + "node (%{y},%{x}): class %{text}", gaps: true)
            .With("coloraxis", "coloraxis").With("text", letters).With("texttemplate", "<b>%{text}</b>")
            .With("textfont", Json.Of(("size", fontSize))), number);
        double?[][] present = [.. z.Select(row => row.Select(value => (double?)value).ToArray())];
        if (Cells.Missing(present, prefix + "node (%{y},%{x}): no class", gaps: true) is { } missing)
            panels.Add(missing, number);
        if (name.Length > 0)
            panels.Heading(number, name);
    }

    private static object[][] Bands(int classes) =>
    [
        .. Enumerable.Range(0, classes).SelectMany(k => new object[][]
        {
            [Math.Round((double)k / classes, 6), PictureStyle.Color(k)],
            [Math.Round((double)(k + 1) / classes, 6), PictureStyle.Color(k)],
        }),
    ];
}
