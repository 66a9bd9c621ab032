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

    /// <summary>
    /// Several models by the class of each node, negative for none, in rows of so many; node (r, c) of the grid is
    /// number r * columns + c.
    /// </summary>
    /// <exception cref="ArgumentException">There are not as many labels as cells.</exception>
    public static GenericChart Compare(
        IReadOnlyList<(string Name, IReadOnlyList<int> Labels)> conditions, (int Rows, int Columns) shape,
        string? title = null, int perRow = 5)
    {
        foreach (var (_, labels) in conditions)
            Arguments.Length(labels.Count, shape.Rows * shape.Columns, nameof(conditions), "cell of the grid");
        var classes = Math.Max(1, conditions.Max(condition => condition.Labels.Max()) + 1);
        var margins = new Margins(10, PanelGrid.Top(title, 20), 10, 10);
        var across = Math.Min(perRow, conditions.Count);
        var side = PanelGrid.Side(across, margins, Gap, LargestMap);
        var panels = new PanelGrid(title, (conditions.Count + across - 1) / across, across,
            side * shape.Rows / shape.Columns, margins, Gap, Gap + 20);
        // Half-steps put each class number in the middle of its band of colour.
        panels.Set("coloraxis", Json.Of(
            ("cmin", -0.5), ("cmax", classes - 0.5), ("colorscale", Bands(classes)), ("showscale", false)));
        var fontSize = (int)Math.Clamp(0.5 * side / shape.Columns, 7, 14);
        for (var i = 0; i < conditions.Count; i++)
        {
            panels.AddCellAxes(i / across, i % across, i + 1, shape.Rows, shape.Columns);
            AddMap(panels, i + 1, conditions[i].Name, conditions[i].Labels, shape.Columns, fontSize);
        }

        return panels.Build();
    }

    private static void AddMap(
        PanelGrid panels, int number, string name, IReadOnlyList<int> labels, int columns, int fontSize)
    {
        var prefix = name + "<br>node (%{y},%{x}): ";
        int?[][] z = [.. labels.Select(label => label < 0 ? (int?)null : label).Chunk(columns)];
        string[][] letters = [.. labels.Select(label => label < 0 ? "" : $"{label}").Chunk(columns)];
        panels.Add(Cells.HeatMap(z, prefix + "class %{text}", gaps: true)
            .With("coloraxis", "coloraxis").With("text", letters).With("texttemplate", "<b>%{text}</b>")
            .With("textfont", Json.Of(("size", fontSize))), number);
        double?[][] present = [.. z.Select(row => row.Select(value => (double?)value).ToArray())];
        if (Cells.Missing(present, prefix + "no class", gaps: true) is { } missing) panels.Add(missing, number);
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
