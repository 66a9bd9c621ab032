using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Pages.Pictures;

/// <summary>
/// Puts a picture beside each chart of a notebook, in the same output, for those who show the notebook and run no script:
/// GitHub, mail, print. The chart's data stay for those who draw it themselves.
/// </summary>
internal static class ChartPictures
{
    private const string Chart = "application/vnd.plotly.v1+json", Png = "image/png", Html = "text/html";

    /// <summary>Adds the missing pictures to a notebook, without saving it; a chart that has one keeps it.</summary>
    /// <exception cref="IOException">The browser cannot be started.</exception>
    public static async Task<PictureTally> AddAsync(Notebook notebook, ChartPainter painter, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var charts = (
            from entry in notebook.Cells.Where(CellSource.HasCode).Select((cell, i) => (cell, number: i + 1))
            from output in entry.cell.Outputs.OfType<JsonObject>()
            where output["data"] is JsonObject data && data[Chart] is not null && !data.ContainsKey(Png)
            select (entry.number, output, figure: output["data"]![Chart]!)).ToList();
        if (charts.Count == 0)
            return new PictureTally(0, [], clock.Elapsed);
        var pictures = await painter.DrawAsync([.. charts.Select(chart => chart.figure)], cancellationToken);
        var problems = new List<string>();
        foreach (var ((number, output, _), picture) in charts.Zip(pictures))
        {
            if (picture.Base64 is null)
            {
                problems.Add($"no picture of a chart in cell {number}: {picture.Problem}");
                continue;
            }
            var data = output["data"]!.AsObject();
            data.SetSorted(Png, picture.Base64);
            // GitHub and nbconvert take HTML before a picture; of HTML that is a script GitHub leaves a blank.
            if (MultilineText.Join(data[Html])?.Contains("<script", StringComparison.OrdinalIgnoreCase) == true)
                data.Remove(Html);
            // The size at which it is meant, as Jupyter reads it: there are more pixels in it.
            output.Child("metadata").SetSorted(Png, new JsonObject { ["height"] = picture.Height, ["width"] = picture.Width });
        }
        return new PictureTally(charts.Count - problems.Count, problems, clock.Elapsed);
    }
}

/// <summary>How many charts were drawn, a line for each that could not be, and the wall-clock time.</summary>
internal sealed record PictureTally(int Drawn, IReadOnlyList<string> Problems, TimeSpan Elapsed)
{
    /// <summary>Such as "5 charts drawn as pictures in 3.2 s".</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Drawn} {(Drawn == 1 ? "chart" : "charts")} drawn as pictures in {Elapsed.TotalSeconds:0.0} s");
}
