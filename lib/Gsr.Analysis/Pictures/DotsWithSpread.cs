using Plotly.NET;

namespace Gsr.Analysis.Pictures;

/// <summary>Every seed as a dot, with the mean and its interval, per condition, beside a reference and a null.</summary>
public static class DotsWithSpread
{
    private const double LineHeight = 44;

    /// <summary>One metric: its conditions from top to bottom.</summary>
    /// <inheritdoc cref="Compare"/>
    /// <example><code>
    /// DotsWithSpread.Draw([new("GSR", shares, Reference: 0.99, Null: (0.28, 0.39))], "own-pair share")
    /// </code></example>
    public static GenericChart Draw(
        IReadOnlyList<DotGroup> groups, string metric, string? title = null, string referenceName = "paper",
        string nullName = "null", string dotName = "seed", bool independent = true) =>
        Compare([new DotPanel(metric, groups)], title, referenceName, nullName, dotName, independent);

    /// <summary>
    /// Several metrics side by side, each with the conditions of the first, in its order. The legend says what a
    /// reference, a null and a dot are. The mean has its 95 % interval (t) where dots are independent and at least three.
    /// </summary>
    /// <param name="panels">The metrics, from left to right.</param>
    /// <param name="title">Above all panels; none by default.</param>
    /// <param name="referenceName">What a reference is, in the legend.</param>
    /// <param name="nullName">What a null is, in the legend.</param>
    /// <param name="dotName">What one value is, in the legend.</param>
    /// <param name="independent">
    /// False where two dots may share a network, as all pairs of seeds do: an interval over them would be too short.
    /// </param>
    /// <exception cref="ArgumentException">Conditions differ, there is no value, or a value is not finite.</exception>
    /// <example><code>DotsWithSpread.Compare([new("own-pair share", shares), new("live nodes", live)])</code></example>
    public static GenericChart Compare(
        IReadOnlyList<DotPanel> panels, string? title = null, string referenceName = "paper", string nullName = "null",
        string dotName = "seed", bool independent = true)
    {
        Arguments.NotEmpty(panels, nameof(panels), "metric");
        for (var i = 0; i < panels.Count; i++) Check(panels[i], panels[0], $"panels[{i}].Groups");

        string[] names = [.. panels[0].Groups.Select(group => group.Name)];
        var height = Math.Max(90, names.Length * LineHeight);
        var left = Math.Clamp(16 + (7 * names.Max(name => name.Length)), 50, 220);
        var figure = new PanelGrid(
            title, 1, panels.Count, height, new Margins(left, PanelGrid.Top(title, 26), 16, 50), gapX: 28);
        figure.SetLegend();
        var shown = new HashSet<object>();
        for (var i = 0; i < panels.Count; i++)
        {
            var vertical = PictureStyle.Axis(null)
                .With("tickvals", Enumerable.Range(0, names.Length).ToArray()).With("ticktext", names)
                .With("range", new[] { names.Length - 0.4, -0.6 }).With("ticks", "").With("showline", false)
                .With("showticklabels", i == 0).With("fixedrange", true).With("automargin", false);
            figure.AddAxes(0, i, i + 1, PictureStyle.Axis(panels[i].Metric), vertical);
            foreach (var trace in Traces(panels[i], referenceName, nullName, dotName, independent))
            {
                figure.Add(trace, i + 1);
                var name = trace.GetPropertyValue("name");
                trace.With("legendgroup", name).With("showlegend", shown.Add(name));
            }
        }
        return figure.Build();
    }

    private static IEnumerable<Trace> Traces(
        DotPanel panel, string referenceName, string nullName, string dotName, bool independent)
    {
        var groups = panel.Groups;
        int[] banded = [.. Indices(groups, group => group.Null is not null)];
        if (banded.Length > 0) yield return NullBands(panel, banded, nullName);
        int[] referenced = [.. Indices(groups, group => group.Reference is not null)];
        if (referenced.Length > 0)
        {
            yield return Json.Trace("scatter",
                ("x", Rounding.All(referenced.Select(i => groups[i].Reference!.Value))), ("y", referenced),
                ("mode", "markers"), ("name", referenceName),
                ("marker", Json.Of(
                    ("symbol", "line-ns"), ("size", 26),
                    ("line", Json.Of(("color", PictureStyle.Color(3)), ("width", 2.5))))),
                ("text", referenced.Select(i => groups[i].Name).ToArray()),
                ("hovertemplate", $"%{{text}}, {referenceName}: %{{x}}<extra></extra>"));
        }
        yield return Dots(panel, dotName);
        yield return Means(panel, independent);
    }

    private static Trace NullBands(DotPanel panel, int[] banded, string nullName)
    {
        (double Low, double High)[] bands = [.. banded.Select(i => panel.Groups[i].Null!.Value)];
        return Json.Trace("bar",
            ("orientation", "h"), ("base", Rounding.All(bands.Select(band => band.Low))),
            ("x", Rounding.All(bands.Select(band => band.High - band.Low))), ("y", banded), ("width", 0.7),
            ("name", nullName), ("marker", Json.Of(("color", PictureStyle.Neutral))),
            ("customdata", bands.Select(band => Rounding.All([band.Low, band.High])).ToArray()),
            ("text", banded.Select(i => panel.Groups[i].Name).ToArray()), ("textposition", "none"),
            ("hovertemplate", $"%{{text}}, {nullName}: %{{customdata[0]}} to %{{customdata[1]}}<extra></extra>"));
    }

    private static Trace Dots(DotPanel panel, string dotName)
    {
        // Seeds are stacked a little so that equal values do not hide each other; the pattern is fixed, not random.
        static double Offset(int seed) => 0.22 + (0.07 * (seed % 3));
        return Json.Trace("scatter",
            ("x", Rounding.All(panel.Groups.SelectMany(group => group.Values))),
            ("y", Rounding.All(
                panel.Groups.SelectMany((group, i) => group.Values.Select((_, seed) => i + Offset(seed) - 0.02)))),
            ("text", panel.Groups.SelectMany(
                group => group.Values.Select((_, seed) => $"{group.Name}, {dotName} {seed + 1}")).ToArray()),
            ("mode", "markers"), ("name", $"one {dotName}"),
            ("marker", Json.Of(("color", PictureStyle.Color(0)), ("size", 5), ("opacity", 0.6))),
            ("hovertemplate", "%{text}: %{x}<extra></extra>"));
    }

    private static Trace Means(DotPanel panel, bool independent)
    {
        (double Mean, double Half)[] summaries = [.. panel.Groups.Select(group => MeanInterval.Of(group.Values))];
        var halves = Rounding.All(summaries.Select(s => independent ? s.Half : 0));
        return Json.Trace("scatter",
            ("x", Rounding.All(summaries.Select(s => s.Mean))), ("y", Enumerable.Range(0, summaries.Length).ToArray()),
            ("mode", "markers"), ("name", independent ? MeanInterval.Name : "mean"), ("customdata", halves),
            ("text", panel.Groups.Select(g => g.Name).ToArray()),
            ("error_x", Json.Of(("array", halves), ("thickness", 2), ("width", 6))),
            ("marker", Json.Of(("color", PictureStyle.Color(0)), ("size", 10), ("symbol", "diamond"))),
            ("hovertemplate", "%{text}: %{x}" + (independent ? " ± %{customdata}" : "") + "<extra></extra>"));
    }

    private static IEnumerable<int> Indices(IReadOnlyList<DotGroup> groups, Func<DotGroup, bool> holds) =>
        Enumerable.Range(0, groups.Count).Where(i => holds(groups[i]));

    private static void Check(DotPanel panel, DotPanel first, string argument)
    {
        Arguments.NotEmpty(panel.Groups, argument, "condition");
        Arguments.Require(Names(panel).SequenceEqual(Names(first)), argument,
            $"{argument} are {string.Join(", ", Names(panel))}; every metric has the conditions of the first, "
            + $"{string.Join(", ", Names(first))}.");
        for (var i = 0; i < panel.Groups.Count; i++)
        {
            var (_, values, reference, band) = panel.Groups[i];
            Arguments.NotEmpty(values, $"{argument}[{i}].Values", "seed");
            Arguments.Finite(values, $"{argument}[{i}].Values");
            Arguments.Finite(reference is { } level ? [level] : [], $"{argument}[{i}].Reference");
            Arguments.Finite(band is var (low, high) ? [low, high] : [], $"{argument}[{i}].Null");
        }
    }

    private static IEnumerable<string> Names(DotPanel panel) => panel.Groups.Select(group => group.Name);
}
