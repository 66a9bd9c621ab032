using System.Globalization;
using System.Net;
using System.Text.Json;
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
    private readonly Dictionary<string, int> _places;

    internal SweepTable(IReadOnlyList<string> columns, IReadOnlyList<string[]> rows) => (Columns, Rows, _places) =
        (columns, rows, columns.Distinct().ToDictionary(name => name, name => Array.IndexOf([.. columns], name)));

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
        Groups(parameter).Select(group => (string[])[Encoded(group.Key), $"{group.Count()}",
            .. Results.Select(result => $"{Mean(group, result)}")]));

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
                    title = new { text = WebUtility.HtmlEncode(result) },
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
        return Html(shown.Prepend("run"), Rows.Select(row => shown.Select(name => Encoded(row[_places[name]]))
            .Prepend($"<a href=\"runs/{Encoded(row[0])}/{Encoded(row[1])}\">{Encoded(row[0])}</a>")));
    }

    /// <summary>How many runs and results there are.</summary>
    public override string ToString() =>
        $"{Rows.Count} runs, {Rows.Count(row => row[_places["state"]] == RunRecord.Done)} of them done, of {Results.Count} results over {string.Join(", ", Parameters)}";

    internal static double? Number(string text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    private static Display.Html Html(IEnumerable<string> heading, IEnumerable<IEnumerable<string>> rows)
    {
        return new($"<table>{Row(heading.Select(Encoded), "th")}{string.Concat(rows.Select(row => Row(row, "td")))}"
            + "</table>");

        static string Row(IEnumerable<string> cells, string tag) =>
            $"<tr>{string.Concat(cells.Select(cell => $"<{tag}>{cell}</{tag}>"))}</tr>";
    }

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);

    private IEnumerable<string> Between(string first, string last) =>
        Columns.SkipWhile(name => name != first).Skip(1).TakeWhile(name => name != last);

    private IEnumerable<IGrouping<string, string[]>> Groups(string parameter) =>
        !Parameters.Contains(parameter)
            ? throw new ArgumentException($"{parameter} is none of {string.Join(", ", Parameters)}.", nameof(parameter))
            : Rows.Where(row => row[_places["state"]] == RunRecord.Done).GroupBy(row => row[_places[parameter]])
            .OrderBy(group => Number(group.Key)).ThenBy(group => group.Key, StringComparer.Ordinal);

    private MeanOfRuns? Mean(IEnumerable<string[]> rows, string result) =>
        MeanOfRuns.Of([.. rows.Select(row => Number(row[_places[result]])).OfType<double>()]);
}

/// <summary>The mean of independent runs with half of its 95 % interval, NaN for fewer than two.</summary>
internal readonly record struct MeanOfRuns(double Mean, double? Half)
{
    // Student's t of 97.5 % for 1 to 6 degrees of freedom; above by the normal quantile's expansion (Abramowitz and
    // Stegun 26.7.5), right to .002.
    private static readonly double[] Few = [12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469];

    public static MeanOfRuns? Of(IReadOnlyList<double> values)
    {
        if (values.Count == 0)
            return null;
        var mean = values.Average();
        var variance = values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1);
        return new(mean, values.Count == 1 ? null : Quantile(values.Count - 1) * Math.Sqrt(variance / values.Count));
    }

    public override string ToString() => Half is null
        ? FormattableString.Invariant($"{Mean:G4}") : FormattableString.Invariant($"{Mean:G4} ± {Half:G2}");

    internal static double Quantile(int freedom)
    {
        const double z = 1.959964, z3 = z * z * z, z5 = z3 * z * z, z7 = z5 * z * z;
        double n = freedom;
        return freedom <= Few.Length ? Few[freedom - 1]
            : z + ((z3 + z) / (4 * n)) + (((5 * z5) + (16 * z3) + (3 * z)) / (96 * n * n))
                + (((3 * z7) + (19 * z5) + (17 * z3) - (15 * z)) / (384 * n * n * n));
    }
}
