using Gsr.Analysis.Pictures;
using Plotly.NET;

namespace Gsr.Experiments.Capsules;

/// <summary>One model of <see cref="DecodedStrips"/>.</summary>
/// <param name="Name">Above its panel.</param>
/// <param name="Images">[row][step]: images of one size, row by row, 0 black to 1 white.</param>
public sealed record StripPanel(string Name, IReadOnlyList<IReadOnlyList<float[]>> Images);

/// <summary>
/// Images that change step by step, one strip per row, models side by side: what a dimension of a capsule means, decoded
/// for every digit.
/// </summary>
public static class DecodedStrips
{
    private const int Gap = 16;

    /// <summary>
    /// Draws models from left to right, all with as many rows and steps as there are names; images have
    /// <paramref name="imageWidth"/> pixels in a row.
    /// </summary>
    /// <exception cref="ArgumentException">Sizes do not match.</exception>
    public static GenericChart Compare(
        IReadOnlyList<StripPanel> panels, int imageWidth, IReadOnlyList<string> rowNames,
        IReadOnlyList<string> stepNames, string? title = null, string stepTitle = "change")
    {
        Arguments.NotEmpty(panels, nameof(panels), "model");
        foreach (var panel in panels)
        {
            Arguments.Length(panel.Images.Count, rowNames.Count, panel.Name, "row");
            Arguments.Length(panel.Images[0].Count, stepNames.Count, panel.Name, "step");
        }

        var height = panels[0].Images[0][0].Length / imageWidth;
        var margins = new Margins(52, PanelGrid.Top(title, 20), 12, 46);
        var width = PanelGrid.PanelWidth(panels.Count, margins, Gap);
        var side = Math.Min(width / stepNames.Count, 44) * height / imageWidth;
        var grid = new PanelGrid(title, 1, panels.Count, side * rowNames.Count, margins, Gap);
        for (var i = 0; i < panels.Count; i++)
        {
            grid.AddAxes(0, i, i + 1, Axis(stepTitle, stepNames, true),
                Axis(i == 0 ? "digit" : null, rowNames, i == 0).With("range", new[] { rowNames.Count, 0 }));
            // A figure without a trace draws no axes.
            grid.Add(Json.Trace("scatter", ("x", new[] { 0 }), ("y", new[] { 0 }), ("mode", "markers"),
                ("hoverinfo", "skip"), ("showlegend", false), ("marker", Json.Of(("opacity", 0)))), i + 1);
            grid.Heading(i + 1, panels[i].Name);
        }

        grid.Set("images", panels.Select((panel, i) => Json.Of(
            ("source", GreyBitmap.DataUri(Mosaic(panel.Images, imageWidth, height))),
            ("xref", "x" + PanelGrid.Suffix(i + 1)), ("yref", "y" + PanelGrid.Suffix(i + 1)),
            ("x", 0), ("y", 0), ("sizex", stepNames.Count), ("sizey", rowNames.Count), ("sizing", "stretch"),
            ("layer", "below"))).ToArray());
        return grid.Build();
    }

    /// <summary>All strips of a panel as one image.</summary>
    private static float[,] Mosaic(IReadOnlyList<IReadOnlyList<float[]>> rows, int width, int height)
    {
        var mosaic = new float[rows.Count * height, rows[0].Count * width];
        for (var row = 0; row < mosaic.GetLength(0); row++)
        {
            for (var column = 0; column < mosaic.GetLength(1); column++)
                mosaic[row, column] = rows[row / height][column / width][(row % height * width) + (column % width)];
        }
        return mosaic;
    }

    private static DynamicObj.DynamicObj Axis(string? title, IReadOnlyList<string> names, bool labelled) => PictureStyle
        .Axis(title).With("tickvals", Enumerable.Range(0, names.Count).Select(i => i + 0.5).ToArray())
        .With("ticktext", names.ToArray())
        .With("range", new[] { 0, names.Count }).With("showgrid", false).With("showline", false).With("ticks", "")
        .With("showticklabels", labelled).With("fixedrange", true).With("tickangle", 0)
        .With("tickfont", Json.Of(("size", PictureStyle.SmallFontSize)));
}
