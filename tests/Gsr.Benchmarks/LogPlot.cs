using System.Globalization;
using System.Text;

namespace Gsr.Benchmarks;

/// <summary>Lines on two logarithmic axes, as a picture that browsers and GitHub show.</summary>
internal static class LogPlot
{
    private const int Width = 760, Height = 440, Left = 70, Right = 300, Top = 16, Bottom = 52;
    private static readonly string[] Colours = ["#d95f02", "#7570b3", "#1b9e77", "#e7298a", "#555555"];

    /// <summary>Each line's name stands at its end, apart from the others.</summary>
    public static string Svg(string xTitle, string yTitle, double[] x, (string Name, double[] Values)[] lines)
    {
        var logs = lines.SelectMany(line => line.Values).Select(Math.Log10).ToArray();
        var (fromX, toX) = (Math.Floor(Math.Log10(x.Min()) + 1e-9), Math.Ceiling(Math.Log10(x.Max()) - 1e-9));
        var (fromY, toY) = (Math.Floor(logs.Min()), Math.Ceiling(logs.Max()));
        var svg = new StringBuilder();
        Add($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" width="{Width}" """);
        Add($"""    font-family="sans-serif" font-size="13">""");
        Add($"""<rect width="{Width}" height="{Height}" fill="white"/>""");
        for (var d = fromX; d <= toX; d++)
        {
            Add($"""<path d="M{X(d):0.#} {Top}V{Height - Bottom}" stroke="#ddd"/>""");
            Add($"""<text x="{X(d):0.#}" y="{Height - Bottom + 18}" text-anchor="middle">{Power(d)}</text>""");
        }

        for (var d = fromY; d <= toY; d++)
        {
            Add($"""<path d="M{Left} {Y(d):0.#}H{Width - Right}" stroke="#ddd"/>""");
            Add($"""<text x="{Left - 8}" y="{Y(d) + 4:0.#}" text-anchor="end">{Power(d)}</text>""");
        }

        Add($"""<text x="{(Left + Width - Right) / 2}" y="{Height - 10}" text-anchor="middle">{xTitle}</text>""");
        Add($"""<text transform="translate(16 {Height / 2}) rotate(-90)" text-anchor="middle">{yTitle}</text>""");
        var free = double.NegativeInfinity;
        foreach (var (k, (name, values)) in lines.Index().OrderByDescending(line => line.Item.Values[^1]))
        {
            var points = values.Select((v, i) => FormattableString.Invariant(
                $"{X(Math.Log10(x[i])):0.#},{Y(Math.Log10(v)):0.#}")).ToArray();
            var all = string.Join(" ", points);
            Add($"""<polyline points="{all}" fill="none" stroke="{Colours[k]}" stroke-width="2"/>""");
            foreach (var point in points.Select(p => p.Split(',')))
                Add($"""<circle cx="{point[0]}" cy="{point[1]}" r="3" fill="{Colours[k]}"/>""");
            free = Math.Max(free + 17, Y(Math.Log10(values[^1])) + 4);
            Add($"""<text x="{Width - Right + 10}" y="{free:0.#}" fill="{Colours[k]}">{name}</text>""");
        }

        return Add($"</svg>").ToString();

        StringBuilder Add(FormattableString line) => svg.AppendLine(line.ToString(CultureInfo.InvariantCulture));

        double X(double log) => Left + ((log - fromX) / (toX - fromX) * (Width - Left - Right));

        double Y(double log) => Height - Bottom - ((log - fromY) / (toY - fromY) * (Height - Top - Bottom));
    }

    private static string Power(double exponent) =>
        Math.Pow(10, exponent).ToString("#,0.####", CultureInfo.InvariantCulture);
}
