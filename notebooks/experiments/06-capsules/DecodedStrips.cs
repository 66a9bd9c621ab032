using Gsr.Analysis.Pictures;
using Plotly.NET;

namespace Gsr.Experiments.Capsules;

/// <summary>One model of <see cref="DecodedStrips"/>.</summary>
/// <param name="Name">Above its panel.</param>
/// <param name="Images">[position of the slider][row][step]: images of one size, row by row, 0 black to 1 white.</param>
public sealed record StripPanel(string Name, IReadOnlyList<IReadOnlyList<IReadOnlyList<float[]>>> Images);

/// <summary>
/// Images that change step by step, one strip per row, models side by side, with a slider from one thing that is changed to the next:
/// what a dimension of a capsule means, decoded for every digit.
/// </summary>
public static class DecodedStrips
{
    private const int SliderHeight = 74;
    private const int Gap = 16;

    /// <summary>Draws the panels; at first at the slider's first position.</summary>
    /// <param name="panels">The models, from left to right, all with the same numbers of positions, rows and steps.</param>
    /// <param name="imageWidth">Pixels in a row of an image; divides their number.</param>
    /// <param name="rowNames">One per strip.</param>
    /// <param name="stepNames">One per step of a strip.</param>
    /// <param name="positionNames">One per position of the slider.</param>
    /// <param name="title">Above the figure; none by default.</param>
    /// <param name="rowTitle">What a row is.</param>
    /// <param name="stepTitle">What changes along a strip.</param>
    /// <param name="sliderName">What the slider moves along.</param>
    /// <exception cref="ArgumentException">Sizes do not match, or a pixel is not finite.</exception>
    /// <example><code>
    /// DecodedStrips.Compare([new("GSR", images)], 28, digits, ["-0.25", "0", "0.25"], ["0", "1"], sliderName: "dimension")
    /// </code></example>
    public static GenericChart Compare(
        IReadOnlyList<StripPanel> panels, int imageWidth, IReadOnlyList<string> rowNames, IReadOnlyList<string> stepNames,
        IReadOnlyList<string> positionNames, string? title = null, string rowTitle = "digit", string stepTitle = "change",
        string sliderName = "dimension")
    {
        Arguments.NotEmpty(panels, nameof(panels), "model");
        Arguments.NotEmpty(rowNames, nameof(rowNames), "row");
        Arguments.NotEmpty(stepNames, nameof(stepNames), "step");
        Arguments.NotEmpty(positionNames, nameof(positionNames), "position");
        ArgumentOutOfRangeException.ThrowIfLessThan(imageWidth, 1);
        var height = Check(panels, imageWidth, rowNames.Count, stepNames.Count, positionNames.Count);

        var margins = new Margins(52, PanelGrid.Top(title, 20), 12, SliderHeight + 46);
        double width = (PictureStyle.Width - margins.Left - margins.Right - ((panels.Count - 1) * Gap)) / (double)panels.Count;
        var side = Math.Min(width / stepNames.Count, 44) * height / imageWidth;
        var grid = new PanelGrid(title, 1, panels.Count, side * rowNames.Count, margins, Gap);
        var sources = panels.Select(panel => panel.Images.Select(rows => GreyPng.DataUri(Mosaic(rows, imageWidth, height))).ToArray()).ToArray();
        for (int i = 0; i < panels.Count; i++)
        {
            grid.AddAxes(0, i, i + 1, Axis(stepTitle, stepNames, true), Axis(i == 0 ? rowTitle : null, rowNames, i == 0)
                .With("range", new[] { rowNames.Count, 0 }));
            // A figure without a trace draws no axes.
            grid.Add(Json.Trace("scatter", ("x", new[] { 0 }), ("y", new[] { 0 }), ("mode", "markers"), ("hoverinfo", "skip"),
                ("showlegend", false), ("marker", Json.Of(("opacity", 0)))), i + 1);
            grid.Heading(i + 1, panels[i].Name);
        }

        grid.Set("images", panels.Select((_, i) => Json.Of(
            ("source", sources[i][0]), ("xref", "x" + PanelGrid.Suffix(i + 1)), ("yref", "y" + PanelGrid.Suffix(i + 1)),
            ("x", 0), ("y", 0), ("sizex", stepNames.Count), ("sizey", rowNames.Count), ("sizing", "stretch"), ("layer", "below"))).ToArray());
        if (positionNames.Count > 1) grid.Set("sliders", new[] { Slider(sources, positionNames, sliderName) });
        return grid.Build();
    }

    /// <summary>All strips as one image, so that a position of the slider changes one property of each panel.</summary>
    private static float[,] Mosaic(IReadOnlyList<IReadOnlyList<float[]>> rows, int width, int height)
    {
        var mosaic = new float[rows.Count * height, rows[0].Count * width];
        for (int row = 0; row < mosaic.GetLength(0); row++)
        {
            for (int column = 0; column < mosaic.GetLength(1); column++)
                mosaic[row, column] = rows[row / height][column / width][(row % height * width) + (column % width)];
        }
        return mosaic;
    }

    private static DynamicObj.DynamicObj Axis(string? title, IReadOnlyList<string> names, bool labelled) => PictureStyle.Axis(title)
        .With("tickvals", Enumerable.Range(0, names.Count).Select(i => i + 0.5).ToArray()).With("ticktext", names.ToArray())
        .With("range", new[] { 0, names.Count }).With("showgrid", false).With("showline", false).With("ticks", "")
        .With("showticklabels", labelled).With("fixedrange", true).With("tickangle", 0)
        .With("tickfont", Json.Of(("size", PictureStyle.SmallFontSize)));

    /// <summary>Each step replaces the panels' images; no frames, so that every front end can draw it.</summary>
    private static DynamicObj.DynamicObj Slider(string[][] sources, IReadOnlyList<string> names, string sliderName) => Json.Of(
        ("active", 0), ("x", 0), ("len", 1), ("pad", Json.Of(("t", 40), ("b", 6))),
        ("currentvalue", Json.Of(("prefix", sliderName + ": "), ("xanchor", "left"))),
        ("bordercolor", PictureStyle.Foreground), ("bgcolor", PictureStyle.Neutral), ("tickcolor", PictureStyle.Foreground),
        ("steps", names.Select((name, position) => Json.Of(
            ("label", name), ("method", "relayout"),
            ("args", new object[]
            {
                Json.Of([.. sources.Select((source, panel) => ($"images[{panel}].source", (object?)source[position]))]),
            }))).ToArray()));

    /// <summary>Checks all sizes; returns the height of an image.</summary>
    private static int Check(IReadOnlyList<StripPanel> panels, int width, int rows, int steps, int positions)
    {
        int? pixels = null;
        for (int i = 0; i < panels.Count; i++)
        {
            Arguments.Length(panels[i].Images.Count, positions, $"panels[{i}].Images", "position of the slider");
            for (int position = 0; position < positions; position++)
            {
                Arguments.Length(panels[i].Images[position].Count, rows, $"panels[{i}].Images[{position}]", "row");
                for (int row = 0; row < rows; row++)
                {
                    string argument = $"panels[{i}].Images[{position}][{row}]";
                    Arguments.Length(panels[i].Images[position][row].Count, steps, argument, "step");
                    for (int step = 0; step < steps; step++)
                    {
                        float[] image = panels[i].Images[position][row][step];
                        pixels ??= image.Length;
                        Arguments.Length(image.Length, pixels.Value, $"{argument}[{step}]", "pixel");
                        int wrong = Array.FindIndex(image, value => !float.IsFinite(value));
                        if (wrong >= 0)
                            throw new ArgumentException($"{argument}[{step}][{wrong}] is {image[wrong]}; a pixel is finite.", argument);
                    }
                }
            }
        }
        if (pixels == 0 || pixels % width != 0)
            throw new ArgumentException($"Images of {pixels} pixels have no rows of {width}; give the width of an image.", nameof(width));
        return pixels!.Value / width;
    }
}
