using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Outputs;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Pages.Pictures;

/// <summary>A chart as a PNG in base64 with its size in CSS pixels; without one, the problem.</summary>
internal sealed record Picture(string? Base64, int Width, int Height, string Problem);

/// <summary>Draws charts as pictures, all of them in one browser as long as none of them brings it down.</summary>
internal sealed class ChartPainter(string program)
{
    /// <summary>The size of a chart that gives none: the width of a notebook's column, Plotly's own height.</summary>
    private const int Width = 900, Height = 450;

    /// <summary>Device pixels for a CSS pixel: lettering stays sharp on today's screens.</summary>
    private const string Scale = "1.5";

    private const string Policy = "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; "
        + "style-src 'unsafe-inline'; img-src data: blob:; font-src data:";

    /// <summary>After so many charts that never end the rest are left alone.</summary>
    private const int MostHung = 3;

    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G'];

    /// <summary>How long the browser may take to start, and to draw one chart.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(120);

    public int Starts { get; private set; }

    /// <returns>A picture, or its problem, for each figure.</returns>
    public async Task<IReadOnlyList<Picture>> DrawAsync(
        IReadOnlyList<JsonNode> figures, CancellationToken cancellationToken)
    {
        var pictures = new Picture?[figures.Count];
        var hung = 0;
        // A browser whose chart never ends is given up with that chart; another one takes the charts after it.
        for (var next = 0; next < figures.Count && hung < MostHung; hung++)
            next = await DrawAsync(figures, next, pictures, cancellationToken);
        return [.. pictures.Select(picture => picture
            ?? Undrawn($"left alone after {MostHung} charts that could not be drawn"))];
    }

    /// <returns>The chart after the one that brought the browser down; the number of charts when none did.</returns>
    private async Task<int> DrawAsync(
        IReadOnlyList<JsonNode> figures, int first, Picture?[] pictures, CancellationToken cancellationToken)
    {
        Starts++;
        await using var browser = BrowserConsole.Open(program, Page(figures, first));
        var begun = -1;
        var base64 = new StringBuilder();
        while (true)
        {
            string? line;
            try
            {
                line = await browser.ReadAsync(Patience, cancellationToken);
            }
            catch (TimeoutException)
            {
                if (begun < 0)
                    throw new IOException($"{program} did not answer within {Patience.TotalSeconds:0} s");
                pictures[begun] = Undrawn($"it was not drawn within {Patience.TotalSeconds:0} s");
                return begun + 1;
            }
            if (line is null)
            {
                if (begun < 0)
                    throw new IOException($"{program} ended at once: {browser.LastWords}");
                pictures[begun] = Undrawn("it ended the browser");
                return begun + 1;
            }
            var words = line.Split(' ', 3);
            if (words is [_, "end"])
                return figures.Count;
            if (!int.TryParse(words[0], CultureInfo.InvariantCulture, out var number)
                || number < first || number >= figures.Count || words.Length < 2)
                continue;
            switch (words[1])
            {
                case "begin":
                    begun = number;
                    base64.Clear();
                    break;
                case "data" when words.Length == 3:
                    base64.Append(words[2]);
                    break;
                case "done" when words.Length == 3:
                    pictures[number] = Finished(base64.ToString(), words[2]);
                    break;
                case "failed":
                    pictures[number] = Undrawn(words.Length == 3 ? words[2] : "plotly.js failed");
                    break;
            }
        }
    }

    private static Picture Undrawn(string problem) => new(null, 0, 0, problem);

    private static Picture Finished(string base64, string size)
    {
        var bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, bytes, out var length)
            || !bytes.AsSpan(0, length).StartsWith(Signature))
            return Undrawn("what came from the browser is no PNG");
        var numbers = size.Split(' ')
            .Select(number => int.TryParse(number, CultureInfo.InvariantCulture, out var pixels) ? pixels : 0).ToList();
        return new Picture(base64, numbers[0], numbers[^1], "");
    }

    private static string Page(IReadOnlyList<JsonNode> figures, int first)
    {
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<meta charset=\"utf-8\">\n");
        // A figure can name images; none of them may be fetched, be it from the network or from the user's files.
        html.Append($"<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy}\">\n");
        html.Append($"<body data-width=\"{Width}\" data-height=\"{Height}\" data-scale=\"{Scale}\">\n");
        for (var i = first; i < figures.Count; i++)
        {
            // "<" is the one character by which JSON could end the script element that carries it.
            var json = figures[i].ToJsonString(JsonObjects.Compact).Replace("<", "\\u003c", StringComparison.Ordinal);
            html.Append($"<script type=\"application/json\" data-figure=\"{i}\">{json}</script>\n");
        }
        return html.Append($"<script>{PageAssets.Plotly}</script>\n<script>\n{PageAssets.PictureScript}</script>\n")
            .ToString();
    }
}

/// <summary>Puts a picture beside each chart of a notebook, for readers without scripts: GitHub, mail, print.</summary>
internal static class ChartPictures
{
    private const string Chart = "application/vnd.plotly.v1+json", Png = "image/png", Html = "text/html";

    /// <summary>Adds the missing pictures to a notebook, without saving it; a chart that has one keeps it.</summary>
    public static async Task<PictureTally> AddAsync(
        Notebook notebook, ChartPainter painter, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var charts = (
            from entry in notebook.Cells.Where(CellSource.HasCode).Select((cell, i) => (cell, number: i + 1))
            from output in entry.cell.Outputs.OfType<JsonObject>()
            where output["data"] is JsonObject data && data[Chart] is not null
            select (entry.number, output, data: output["data"]!.AsObject())).ToList();
        var missing = charts.Where(chart => !chart.data.ContainsKey(Png)).ToList();
        var pictures = missing.Count == 0 ? []
            : await painter.DrawAsync([.. missing.Select(chart => chart.data[Chart]!)], cancellationToken);
        var problems = new List<string>();
        foreach (var ((number, output, data), picture) in missing.Zip(pictures))
        {
            if (picture.Base64 is null)
            {
                problems.Add($"no picture of a chart in cell {number}: {picture.Problem}");
                continue;
            }
            data.SetSorted(Png, picture.Base64);
            // The size at which it is meant, as Jupyter reads it: there are more pixels in it.
            output.Child("metadata")
                .SetSorted(Png, new JsonObject { ["height"] = picture.Height, ["width"] = picture.Width });
        }
        // GitHub and nbconvert take HTML before a picture; of HTML that is a script GitHub leaves a blank. The chart
        // itself stays, from which front ends and pages draw what can be turned and pointed at.
        foreach (var (_, _, data) in charts.Where(chart => chart.data.ContainsKey(Png)))
        {
            if (MultilineText.Join(data[Html])?.Contains("<script", StringComparison.OrdinalIgnoreCase) == true)
                data.Remove(Html);
        }
        return new PictureTally(missing.Count - problems.Count, problems, clock.Elapsed);
    }
}

/// <summary>How many charts were drawn, a line for each that could not be, and the wall-clock time.</summary>
internal sealed record PictureTally(int Drawn, IReadOnlyList<string> Problems, TimeSpan Elapsed)
{
    /// <summary>Such as "5 charts drawn as pictures in 3.2 s".</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Drawn} {(Drawn == 1 ? "chart" : "charts")} drawn as pictures in {Elapsed.TotalSeconds:0.0} s");
}
