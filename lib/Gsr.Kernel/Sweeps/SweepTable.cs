using System.Globalization;
using System.Text.Json;
using Gsr.Kernel.Display;
using Gsr.Kernel.Outputs;
using Gsr.Kernel.Sessions.Execution;
using Microsoft.VisualBasic.FileIO;

namespace Gsr.Kernel.Sweeps;

/// <summary>
/// The table of a sweep, one row a run: run, notebook, the parameters, state, the results, seconds, memory_mb, host,
/// exit. What a result's replicates were spread over is in NAME.sd and NAME.n.
/// </summary>
/// <example><code>
/// var table = SweepTable.Read("table.csv");
/// table.Draw("ALPHA");
/// </code></example>
public sealed class SweepTable
{
    private static readonly double[] Few = [12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469];

    private readonly Dictionary<string, int> _places;

    internal SweepTable(IReadOnlyList<string> columns, IReadOnlyList<string[]> rows) => (Columns, Rows, _places) =
        (columns, rows, columns.Index().ToDictionary(column => column.Item, column => column.Index));

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The runs, a text for each column; "" where there is none.</summary>
    public IReadOnlyList<string[]> Rows { get; }

    /// <summary>The parameters that have more than one value.</summary>
    public IReadOnlyList<string> Parameters => [.. Between("notebook", "state").Where(name =>
        Rows.Select(row => row[_places[name]]).Distinct().Skip(1).Any())];

    /// <summary>The results that are numbers.</summary>
    public IReadOnlyList<string> Results => [.. Between("state", "seconds").Where(name =>
        !(name.EndsWith(".sd", StringComparison.Ordinal) || name.EndsWith(".n", StringComparison.Ordinal))
        && Rows.Any(row => Number(row[_places[name]]) is not null))];

    /// <summary>Reads table.csv.</summary>
    /// <param name="path">The file that <c>gsr sweep --collect</c> wrote.</param>
    public static SweepTable Read(string path)
    {
        using var parser = new TextFieldParser(path) { Delimiters = [","], TrimWhiteSpace = false };
        var columns = parser.ReadFields() ?? [];
        var rows = new List<string[]>();
        while (parser.ReadFields() is { } row)
            rows.Add(row);
        return new SweepTable(columns, rows);
    }

    /// <summary>For each value of a parameter the mean of every result with its 95 % interval.</summary>
    /// <param name="parameter">One of <see cref="Parameters"/>.</param>
    public Display.Html Over(string parameter) => Html(
        [parameter, "runs", .. Results],
        Groups(parameter).Select(group => (string[])[Text.Escape(group.Key), $"{group.Count()}",
            .. Results.Select(result => Mean(group, result) is not { } mean ? ""
                : FormattableString.Invariant($"{mean.Mean:G4}{(mean.Half is null ? "" : " ± ")}{mean.Half:G2}"))]));

    /// <summary>Shows a chart of each result over the values of a parameter, with the mean's 95 % interval.</summary>
    /// <param name="parameter">One of <see cref="Parameters"/>.</param>
    /// <param name="most">How many results are drawn, in their order.</param>
    public void Draw(string parameter, int most = 12)
    {
        var groups = Groups(parameter).ToList();
        var values = groups.ConvertAll(group => Number(group.Key));
        var axis = values.TrueForAll(value => value > 0) && values.Max() >= 100 * values.Min() ? "log" : "-";
        foreach (var result in Results.Take(most))
        {
            var means = groups.ConvertAll(group => Mean(group, result));
            var figure = JsonSerializer.SerializeToNode(new
            {
                data = new[]
                {
                    new
                    {
                        type = "scatter", mode = "lines+markers",
                        x = groups.Select(group => (object?)Number(group.Key) ?? group.Key),
                        y = means.Select(mean => mean?.Mean),
                        error_y = new { array = means.Select(mean => mean?.Half) },
                    },
                },
                layout = new
                {
                    title = new { text = Text.Escape(result) },
                    xaxis = new { title = new { text = parameter }, type = axis },
                },
            })!;
            CellCommands.display(new MimeBundle().Add("text/plain", $"Chart: {result} over {parameter}")
                .Add("application/vnd.plotly.v1+json", figure));
        }
    }

    /// <summary>The runs with links to their notebooks.</summary>
    public Display.Html Runs()
    {
        string[] shown = [.. Between("notebook", "state"), "state", .. Results.Take(6), "seconds", "host"];
        return Html(shown.Prepend("run"), Rows.Select(row => shown.Select(name => Text.Escape(row[_places[name]]))
            .Prepend($"<a href=\"runs/{Text.Escape(row[0])}/{Text.Escape(row[1])}\">{Text.Escape(row[0])}</a>")));
    }

    /// <summary>How many runs and results there are.</summary>
    public override string ToString() =>
        $"{Rows.Count} runs, {Rows.Count(row => row[_places["state"]] == RunRecord.Done)} of them done, of "
            + $"{Results.Count} results over {string.Join(", ", Parameters)}";

    internal static double? Number(string text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    private static Display.Html Html(IEnumerable<string> heading, IEnumerable<IEnumerable<string>> rows)
    {
        return new($"<table>{Row(heading.Select(Text.Escape), "th")}{string.Concat(rows.Select(row => Row(row, "td")))}"
            + "</table>");

        static string Row(IEnumerable<string> cells, string tag) =>
            $"<tr>{string.Concat(cells.Select(cell => $"<{tag}>{cell}</{tag}>"))}</tr>";
    }

    private IEnumerable<string> Between(string first, string last) =>
        Columns.SkipWhile(name => name != first).Skip(1).TakeWhile(name => name != last);

    private IEnumerable<IGrouping<string, string[]>> Groups(string parameter) =>
        !Parameters.Contains(parameter)
            ? throw new ArgumentException($"{parameter} is none of {string.Join(", ", Parameters)}.", nameof(parameter))
            : Rows.Where(row => row[_places["state"]] == RunRecord.Done).GroupBy(row => row[_places[parameter]])
            .OrderBy(group => Number(group.Key)).ThenBy(group => group.Key, StringComparer.Ordinal);

    // Of independent runs the mean with half of its 95 % interval, null for one run.
    private (double Mean, double? Half)? Mean(IEnumerable<string[]> runs, string result)
    {
        double[] values = [.. runs.Select(row => Number(row[_places[result]])).OfType<double>()];
        if (values.Length == 0)
            return null;
        var (mean, freedom) = (values.Average(), values.Length - 1);
        var squares = values.Sum(value => (value - mean) * (value - mean));
        return (mean, freedom == 0 ? null : Quantile(freedom) * Math.Sqrt(squares / freedom / values.Length));
    }

    // Student's t of 97.5 %, for more than 6 degrees of freedom by its expansion (Abramowitz and Stegun, 26.7.5).
    internal static double Quantile(int freedom) => freedom <= Few.Length ? Few[freedom - 1]
        : 1.959964 + ((2.372271 + ((2.822499 + (2.555850 / freedom)) / freedom)) / freedom);
}
