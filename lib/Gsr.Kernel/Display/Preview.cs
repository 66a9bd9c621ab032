using System.Collections;
using System.Globalization;
using System.Text;
using Deedle;

namespace Gsr.Kernel.Display;

/// <summary>A variable as a table of variables shows it, and as it is seen closely.</summary>
internal static class Preview
{
    private const int Longest = 80, MostCells = 64;

    /// <summary>The lengths of what has some: tensors, arrays, frames, collections.</summary>
    public static string Shape(object? value) => value switch
    {
        null or string => "",
        IFrame frame => FrameFormat.Summary(frame)["Frame: ".Length..],
        Array array => string.Join(" × ", Enumerable.Range(0, array.Rank).Select(array.GetLength)),
        ICollection collection => Text.Count(collection.Count),
        _ => string.Join(" × ", TensorFormat.Shape(value) ?? []),
    };

    /// <summary>The value in one line; empty for a query, which would run.</summary>
    public static string Line(object? value)
    {
        var isQuery = value is IEnumerable and not (string or ICollection)
            && value.GetType().GetProperty("Count") is null && !value.GetType().Name.Contains("Series");
        return isQuery ? "" : Text.Cut(
            MimeFormatter.Format(value).Data["text/plain"].ToString().ReplaceLineEndings(" "), Longest);
    }

    /// <summary>HTML without scripts: statistics and a heat map of numbers, else what a cell would show.</summary>
    public static string Html(object? value)
    {
        var bundle = MimeFormatter.Format(value).Data;
        var plain = $"<pre>{Text.Escape(bundle["text/plain"].ToString())}</pre>";
        if (TensorFormat.Numbers(value) is var (shape, numbers))
            return Statistics(shape, numbers) + HeatMap(shape, numbers) + plain;
        if (bundle.TryGetValue("image/svg+xml", out var drawing))
            return drawing.ToString();
        if (bundle.TryGetValue("image/png", out var picture))
            return $"<img src=\"data:image/png;base64,{picture}\">";
        return bundle.TryGetValue("text/html", out var html)
            && !bundle.ContainsKey("application/vnd.plotly.v1+json") ? html.ToString() : plain;
    }

    private static string Statistics(long[] shape, double[] numbers)
    {
        var finite = Array.FindAll(numbers, double.IsFinite);
        var (count, mean) = (shape.Aggregate(1L, (a, b) => a * b), finite.Length == 0 ? 0 : finite.Average());
        List<(string Name, string Text)> rows = [("shape", string.Join(" × ", shape)), ("numbers", Text.Count(count))];
        if (finite.Length > 0)
        {
            var sd = Math.Sqrt(finite.Average(x => (x - mean) * (x - mean)));
            rows.AddRange([("smallest", Number(finite.Min())), ("largest", Number(finite.Max())),
                ("mean", Number(mean)), ("sd", Number(sd)), ("zeros", Text.Count(finite.Count(x => x == 0)))]);
        }
        if (finite.Length < numbers.Length)
            rows.Add(("not finite", Text.Count(numbers.Length - finite.Length)));
        if (numbers.Length < count)
            rows.Add(("looked at", $"the first {Text.Count(numbers.Length)}"));
        var lines = rows.Select(row => $"<tr><th>{row.Name}</th><td>{row.Text}</td></tr>");
        return $"<table>{string.Concat(lines)}</table>";
    }

    // Blue for what is below zero, red for what is above; of more than 64 rows or columns every second, third, ...
    private static string HeatMap(long[] shape, double[] numbers)
    {
        var columns = shape.Length == 0 ? 1 : (int)shape[^1];
        var rows = Math.Min(shape.Length < 2 ? 1 : (int)shape[^2], columns == 0 ? 0 : numbers.Length / columns);
        var (down, across) = ((rows + MostCells - 1) / MostCells, (columns + MostCells - 1) / MostCells);
        var most = numbers.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        var cells = new StringBuilder();
        for (var row = 0; row < rows; row += down)
        {
            for (var column = 0; column < columns; column += across)
            {
                var x = numbers[row * columns + column];
                var (strength, hue) = (most > 0 ? Math.Abs(x) / most : 0, x < 0 ? "33,102,172" : "178,24,43");
                var fill = $"rgba({hue},{Number(double.IsFinite(x) ? Math.Round(strength, 2) : 0)})";
                cells.Append($"<rect x=\"{column / across}\" y=\"{row / down}\" width=\"1\" height=\"1\" ")
                    .Append($"fill=\"{fill}\"><title>[{row}, {column}] {Number(x)}</title></rect>");
            }
        }
        if (cells.Length == 0)
            return "";
        var (width, height) = ((columns + across - 1) / across, (rows + down - 1) / down);
        var scale = Math.Clamp(640 / Math.Max(width, height), 4, 24);
        return $"<svg width=\"{width * scale}\" height=\"{height * scale}\" viewBox=\"0 0 {width} {height}\" "
            + $"shape-rendering=\"crispEdges\">{cells}</svg>";
    }

    private static string Number(double x) => x.ToString("G5", CultureInfo.InvariantCulture);
}
