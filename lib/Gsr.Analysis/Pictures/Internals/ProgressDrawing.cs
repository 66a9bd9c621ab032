using System.Globalization;
using System.Net;
using System.Text;
using System.Xml;
using Gsr.Training;

namespace Gsr.Analysis.Pictures;

/// <summary>
/// Draws the state of a training: a line of text, a bar, and under it a panel for each curve whose width is the whole
/// training, so that a curve ends below the end of the bar.
/// </summary>
internal static class ProgressDrawing
{
    private const int Width = 720, BarHeight = 6, PanelHeight = 104, Gap = 20, MostPanels = 6, PanelsPerRow = 3;

    /// <summary>Room above and below a curve for its name and for the axis.</summary>
    private const int Top = 34, Bottom = 6;

    /// <summary>A curve whose values span more than this factor is drawn on a logarithmic scale.</summary>
    private const double Wide = 10;

    private const int LongestName = 28;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static string Html(string line, TrainingStatus status, TrainingHistory rows)
    {
        var curves = Curves(rows);
        var panelRows = (curves.Count + PanelsPerRow - 1) / PanelsPerRow;
        var height = BarHeight + (panelRows * (PanelHeight + 10));
        var html = new StringBuilder();
        html.Append("<div><div style=\"font-size:.85em;font-variant-numeric:tabular-nums;margin-bottom:.3em\">")
            .Append(Escaped(line.Replace("  ", " · "))).Append("</div>\n");
        html.Append("<svg xmlns=\"http://www.w3.org/2000/svg\"")
            .Append(Culture, $" viewBox=\"0 0 {Width} {height}\" width=\"{Width}\" height=\"{height}\" role=\"img\"")
            .Append(" style=\"max-width:100%;height:auto\" fill=\"currentColor\" font-size=\"12\"")
            .Append(Culture, $" font-family=\"system-ui,sans-serif\"><title>{Escaped(line)}</title>\n");
        var done = status.Steps > 0 ? Math.Clamp(status.Step / (double)status.Steps, 0, 1) : 1;
        html.Append(Culture, $"<rect width=\"{Width}\" height=\"{BarHeight}\" rx=\"3\" opacity=\"0.15\"/>");
        html.Append(Culture, $"<rect width=\"{Number(Width * done)}\" height=\"{BarHeight}\" rx=\"3\"")
            .Append(Culture, $" fill=\"{PictureStyle.Color(0)}\"/>\n");
        for (var i = 0; i < curves.Count; i++)
        {
            var columns = Math.Min(curves.Count, PanelsPerRow);
            var width = (Width - ((columns - 1) * Gap)) / columns;
            var (x, y) = (i % PanelsPerRow * (width + Gap), BarHeight + 10 + (i / PanelsPerRow * (PanelHeight + 10)));
            html.Append(Culture, $"<g transform=\"translate({x},{y})\">");
            var (name, values) = curves[i];
            Panel(html, name, rows.Steps, values, Math.Max(1, status.Steps), width, PictureStyle.Color(i));
            html.Append("</g>\n");
        }

        return html.Append("</svg></div>").ToString();
    }

    private static List<(string Name, IReadOnlyList<double> Values)> Curves(TrainingHistory rows)
    {
        if (rows.Steps.Count == 0) return [];
        var terms = rows.TermNames.Select(name => (name, rows.Term(name))).ToList();
        // A loss of one term is that term.
        return terms.Count == 1 ? terms : [("loss", rows.Losses), .. terms.Take(MostPanels - 1)];
    }

    private static void Panel(
        StringBuilder html, string name, IReadOnlyList<long> steps, IReadOnlyList<double> values, long lastStep,
        int width, string color)
    {
        var finite = values.Where(double.IsFinite).ToList();
        var (low, high) = finite.Count > 0 ? (finite.Min(), finite.Max()) : (double.NaN, double.NaN);
        var logarithmic = low > 0 && high / low > Wide;
        html.Append(Culture, $"<text y=\"11\" font-weight=\"600\">{Escaped(Shortened(name))}</text>");
        html.Append(Culture, $"<text x=\"{width}\" y=\"11\" text-anchor=\"end\">{Value(values[^1])}</text>");
        var range = finite.Count == 0 ? "no finite value" : low < high
            ? $"{Value(low)} to {Value(high)}{(logarithmic ? ", log" : "")}" : Value(low);
        html.Append(Culture, $"<text y=\"26\" font-size=\"10\" opacity=\"0.7\">{range}</text>");
        html.Append(Culture, $"<path d=\"M0 {PanelHeight}H{width}\" stroke=\"currentColor\" opacity=\"0.3\"/>");
        html.Append(Culture, $"<path fill=\"none\" stroke=\"{color}\" stroke-width=\"1.6\" stroke-linejoin=\"round\"")
            .Append(" stroke-linecap=\"round\" d=\"");
        var isGap = true;
        for (var i = 0; i < values.Count; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                isGap = true;
                continue;
            }

            var x = width * Math.Clamp(steps[i] / (double)lastStep, 0, 1);
            var y = Top + ((PanelHeight - Top - Bottom) * (1 - Share(values[i], low, high, logarithmic)));
            html.Append(isGap ? 'M' : 'L').Append(Number(x)).Append(' ').Append(Number(y));
            // A value between two gaps is a dot.
            if (isGap) html.Append("h0");
            isGap = false;
        }

        html.Append("\"/>");
    }

    /// <summary>Where a value lies between the lowest (0) and the highest (1).</summary>
    private static double Share(double value, double low, double high, bool logarithmic)
    {
        if (low == high) return 0.5;
        if (logarithmic) return (Math.Log(value) - Math.Log(low)) / (Math.Log(high) - Math.Log(low));
        // Halves where the difference itself overflows.
        return double.IsFinite(high - low) ? (value - low) / (high - low)
            : ((value / 2) - (low / 2)) / ((high / 2) - (low / 2));
    }

    private static string Number(double value) => value.ToString("0.#", Culture);

    private static string Value(double value) => value.ToString("g3", Culture);

    private static string Shortened(string name) => name.Length <= LongestName ? name : name[..(LongestName - 1)] + "…";

    /// <summary>As XML takes it, which has no way to write most control characters.</summary>
    private static string Escaped(string text) => WebUtility.HtmlEncode(
        string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c) ? c : '\uFFFD')));
}
