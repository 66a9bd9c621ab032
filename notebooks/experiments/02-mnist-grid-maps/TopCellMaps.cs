using Gsr.Analysis.Pictures;
using Plotly.NET;

namespace Gsr.Experiments.GridMaps;

/// <summary>One example of <see cref="TopCellMaps"/>.</summary>
/// <param name="Caption">Beneath its column; lines are separated by &lt;br&gt;.</param>
/// <param name="Image">The input, row by row, any range of grey values.</param>
/// <param name="Activation">One value per node of the grid, row by row; NaN where there is none.</param>
/// <param name="TopCells">Numbers of the nodes to mark, such as the most active 10 %.</param>
public sealed record SampleMap(
    string Caption, IReadOnlyList<float> Image, IReadOnlyList<double> Activation, IReadOnlyList<int> TopCells);

/// <summary>
/// Single examples: the input above, its activation map beneath with the most active cells outlined (the paper's
/// normal, transitional and wrong digits).
/// </summary>
public static class TopCellMaps
{
    private const double LargestMap = 130;
    private const int Gap = 14;

    /// <summary>
    /// One column per example; shapes are rows and columns, (28, 28) for the images of MNIST, and node (r, c) of the
    /// grid is number r * columns + c.
    /// </summary>
    public static GenericChart Draw(
        IReadOnlyList<SampleMap> samples, (int Rows, int Columns) imageShape, (int Rows, int Columns) gridShape,
        string title)
    {
        var lines = samples.Max(s => s.Caption.Split("<br>").Length);
        var margins = new Margins(10, PanelGrid.Top(title, 0), 84, 12 + (16 * lines));
        var side = PanelGrid.Side(samples.Count, margins, Gap, LargestMap);
        var panels = new PanelGrid(title, 2, samples.Count, side, margins, Gap, 6);
        // Maps of different examples differ in height; each is shown on its own range, as the marked cells are its own.
        var bar = PictureStyle.RelativeBar("each map's range", side).With("yanchor", "bottom").With("y", 0);
        panels.Set("coloraxis", PictureStyle.ColorAxis(0, 1, diverging: false, bar));
        for (var column = 0; column < samples.Count; column++)
        {
            var (image, map) = (column + 1, samples.Count + column + 1);
            panels.AddCellAxes(0, column, image, imageShape.Rows, imageShape.Columns);
            panels.Add(Picture(samples[column].Image, imageShape.Columns), image);
            panels.AddCellAxes(1, column, map, gridShape.Rows, gridShape.Columns);
            AddMap(panels, samples[column], map, gridShape);
            panels.Caption(map, samples[column].Caption);
        }

        return panels.Build();
    }

    /// <summary>White strokes on black as the data set has them, in 256 greys: whole numbers are short.</summary>
    private static Trace Picture(IReadOnlyList<float> image, int columns)
    {
        var (low, high) = Cells.Range(image.Select(value => (double)value));
        int[][] grey = [.. image.Select(value => (int)Math.Round(255 * (value - low) / (high - low))).Chunk(columns)];
        return Json.Trace("heatmap",
            ("z", grey), ("zmin", 0), ("zmax", 255), ("showscale", false), ("hoverinfo", "skip"),
            ("colorscale", new object[][] { [0, "#000000"], [1, "#ffffff"] }));
    }

    private static void AddMap(PanelGrid panels, SampleMap sample, int number, (int Rows, int Columns) shape)
    {
        var z = Cells.Map(shape, cell => sample.Activation[cell]);
        var (low, high) = Cells.Range(sample.Activation);
        var shares = Cells.Map(shape, cell => Math.Round((sample.Activation[cell] - low) / (high - low), 3));
        panels.Add(Cells.HeatMap(shares, "node (%{y},%{x})<br>activation: %{customdata}")
            .With("customdata", z).With("coloraxis", "coloraxis"), number);
        if (Cells.Missing(z, "node (%{y},%{x}): no value") is { } missing) panels.Add(missing, number);
        var (x, y) = Outline([.. sample.TopCells], shape);
        // White on black shows on every colour of the scale, whatever eyes look at it.
        panels.Add(Line(x, y, "#000000", 5), number);
        panels.Add(Line(x, y, "#ffffff", 2), number);
    }

    /// <summary>
    /// Every side of a marked cell that no other marked cell shares: the border of the marked region, in cells.
    /// </summary>
    private static (double?[] X, double?[] Y) Outline(HashSet<int> cells, (int Rows, int Columns) shape)
    {
        var x = new List<double?>();
        var y = new List<double?>();
        foreach (var cell in cells.Order())
        {
            var (row, column) = (cell / shape.Columns, cell % shape.Columns);
            foreach (var (down, right) in ((int, int)[])[(-1, 0), (1, 0), (0, -1), (0, 1)])
            {
                if (Marked(row + down, column + right)) continue;
                var (middleX, middleY) = (column + (0.5 * right), row + (0.5 * down));
                var (alongX, alongY) = (0.5 * down, 0.5 * right);
                x.AddRange([middleX - alongX, middleX + alongX, null]);
                y.AddRange([middleY - alongY, middleY + alongY, null]);
            }
        }

        return ([.. x], [.. y]);

        bool Marked(int row, int column) =>
            column >= 0 && column < shape.Columns && cells.Contains((row * shape.Columns) + column);
    }

    private static Trace Line(double?[] x, double?[] y, string color, double width) => Json.Trace("scatter",
        ("x", x), ("y", y), ("mode", "lines"), ("hoverinfo", "skip"), ("showlegend", false), ("cliponaxis", false),
        ("line", Json.Of(("color", color), ("width", width))));
}
