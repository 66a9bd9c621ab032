using Gsr.Analysis.Pictures;
using Plotly.NET;

namespace Gsr.Experiments.Costs;

/// <summary>One way, such as a kind of penalty, over the weights of a <see cref="SweepPanel"/>.</summary>
/// <param name="Name">In the legend; one name has one colour in all panels.</param>
/// <param name="Values">One array per weight, with the value of each seed; finite, at least one.</param>
public sealed record SweepLine(string Name, IReadOnlyList<IReadOnlyList<double>> Values);

/// <summary>One quantity of <see cref="SweepCurves"/>.</summary>
/// <param name="Quantity">Names the vertical axis, with its unit.</param>
/// <param name="Lines">The ways, one curve each.</param>
/// <param name="Without">The values of the seeds without a penalty, drawn as a level with a band of ± sd; none by default.</param>
/// <param name="Range">The ends of the vertical axis, where a collapse at one weight would flatten all else; by default all is in sight.</param>
public sealed record SweepPanel(
    string Quantity, IReadOnlyList<SweepLine> Lines, IReadOnlyList<double>? Without = null, (double Low, double High)? Range = null);

/// <summary>
/// Several ways against the weight of their penalty, one panel per quantity: what <see cref="Sweep"/> does for one way and
/// two quantities.
/// </summary>
public static class SweepCurves
{
    private const int Height = 260;

    /// <summary>More labels than this along one axis run into each other: every second or third is left out.</summary>
    private const int MostLabels = 6;

    /// <summary>Draws mean ± sd over seeds, and each seed, at every weight.</summary>
    /// <param name="weights">Ascending and positive: the axis is logarithmic.</param>
    /// <param name="panels">From left to right.</param>
    /// <param name="title">Above the figure; none by default.</param>
    /// <param name="withoutName">What the level is, in the legend.</param>
    /// <param name="parameter">Names the horizontal axes.</param>
    /// <exception cref="ArgumentException">Sizes do not match, a value is not finite, or a weight is out of order.</exception>
    /// <example><code>
    /// SweepCurves.Draw([1e-3, 1e-2], [new("test MSE", [new("L1", errors)], Without: none), new("Moran's I", [new("L1", morans)])])
    /// </code></example>
    public static GenericChart Draw(
        IReadOnlyList<double> weights, IReadOnlyList<SweepPanel> panels, string? title = null, string withoutName = "no penalty",
        string parameter = "penalty weight α")
    {
        Arguments.NotEmpty(weights, nameof(weights), "weight");
        Arguments.NotEmpty(panels, nameof(panels), "quantity");
        Check(weights);
        double[] places = Sweep.Places(weights);
        double[] range = [Math.Round(places[0] - 0.4, 4), Math.Round(places[^1] + 0.4, 4)];
        int[] labelled = [.. Enumerable.Range(0, places.Length).Where(i => i % ((places.Length + MostLabels - 1) / MostLabels) == 0)];
        string[] names = [.. panels.SelectMany(panel => panel.Lines).Select(line => line.Name).Distinct()];
        var figure = new PanelGrid(title, 1, panels.Count, Height, new Margins(72, PanelGrid.Top(title, 26), 16, 50), gapX: 78);
        figure.Set("legend", Legends.Above(Height));
        for (int p = 0; p < panels.Count; p++)
        {
            Check(panels[p], weights.Count, $"panels[{p}]");
            var x = PictureStyle.Axis(parameter).With("range", range).With("showgrid", false)
                .With("tickvals", labelled.Select(i => places[i]).ToArray()).With("ticktext", labelled.Select(i => Sweep.Label(weights[i])).ToArray());
            var y = PictureStyle.Axis(panels[p].Quantity)
                .With("range", panels[p].Range is var (low, high) ? Rounding.All([low, high]) : null);
            figure.AddAxes(0, p, p + 1, x, y);
            if (panels[p].Without is { } without)
                foreach (var trace in Level(without, range, withoutName, p == 0)) figure.Add(trace, p + 1);
            foreach (var line in panels[p].Lines)
            {
                int index = Array.IndexOf(names, line.Name);
                // Nudged apart, so that the error bars do not cover each other.
                double[] nudged = Rounding.All(places.Select(place => place + (0.09 * (index - ((names.Length - 1) / 2.0)))));
                foreach (var trace in Traces(line, nudged, index, weights, p == 0)) figure.Add(trace, p + 1);
            }
        }

        return figure.Build();
    }

    private static IEnumerable<Trace> Level(IReadOnlyList<double> values, double[] range, string name, bool inLegend)
    {
        var (mean, sd) = MeanAndSd.Of(values);
        yield return Json.Trace("scatter",
            ("x", new[] { range[0], range[1], range[1], range[0] }),
            ("y", Rounding.All([mean - sd, mean - sd, mean + sd, mean + sd])), ("mode", "lines"), ("fill", "toself"),
            ("fillcolor", PictureStyle.Neutral), ("line", Json.Of(("width", 0))), ("hoverinfo", "skip"), ("showlegend", false));
        yield return Json.Trace("scatter",
            ("x", range), ("y", Rounding.All([mean, mean])), ("mode", "lines"), ("name", name), ("showlegend", inLegend),
            ("line", Json.Of(("color", PictureStyle.Foreground), ("width", 1.5), ("dash", "dot"))),
            ("hovertemplate", $"{name}: %{{y}} ± {Rounding.Significant(sd).ToString(System.Globalization.CultureInfo.InvariantCulture)}<extra></extra>"));
    }

    private static IEnumerable<Trace> Traces(SweepLine line, double[] x, int index, IReadOnlyList<double> weights, bool inLegend)
    {
        string color = PictureStyle.Color(index), symbol = PictureStyle.Symbol(index);
        (double Mean, double Sd)[] summaries = [.. line.Values.Select(MeanAndSd.Of)];
        yield return Json.Trace("scatter",
            ("x", line.Values.SelectMany((seeds, i) => seeds.Select(_ => x[i])).ToArray()),
            ("y", Rounding.All(line.Values.SelectMany(seeds => seeds))), ("mode", "markers"), ("showlegend", false),
            ("marker", Json.Of(("color", color), ("size", 4), ("opacity", 0.45), ("symbol", symbol))),
            ("hovertemplate", $"{line.Name}, one seed: %{{y}}<extra></extra>"));
        yield return Json.Trace("scatter",
            ("x", x), ("y", Rounding.All(summaries.Select(s => s.Mean))), ("mode", "lines+markers"),
            ("name", line.Name + ", mean ± sd"), ("legendgroup", line.Name), ("showlegend", inLegend),
            ("customdata", Rounding.All(summaries.Select(s => s.Sd))), ("text", weights.Select(Sweep.Label).ToArray()),
            ("error_y", Json.Of(("array", Rounding.All(summaries.Select(s => s.Sd))), ("thickness", 1.5), ("width", 4))),
            ("line", Json.Of(("color", color), ("width", 1.5), ("dash", PictureStyle.Dash(index)))),
            ("marker", Json.Of(("color", color), ("size", 7), ("symbol", symbol))),
            ("hovertemplate", $"{line.Name} at %{{text}}: %{{y}} ± %{{customdata}}<extra></extra>"));
    }

    private static void Check(IReadOnlyList<double> weights)
    {
        Arguments.Finite(weights, nameof(weights));
        for (int i = 0; i < weights.Count; i++)
        {
            if (weights[i] <= 0 || (i > 0 && weights[i] <= weights[i - 1]))
                throw new ArgumentException($"weights[{i}] is {weights[i]}; weights are ascending and positive: 0 belongs into Without.", nameof(weights));
        }
    }

    private static void Check(SweepPanel panel, int count, string argument)
    {
        ArgumentNullException.ThrowIfNull(panel, argument);
        Arguments.NotEmpty(panel.Lines, argument + ".Lines", "way");
        if (panel.Range is var (low, high) && !(low < high && double.IsFinite(high - low)))
            throw new ArgumentException($"{argument}.Range is {panel.Range}; give a finite lower end first.", argument + ".Range");
        if (panel.Without is { } without)
        {
            Arguments.NotEmpty(without, argument + ".Without", "seed");
            Arguments.Finite(without, argument + ".Without");
        }

        for (int l = 0; l < panel.Lines.Count; l++)
        {
            Arguments.Length(panel.Lines[l].Values.Count, count, $"{argument}.Lines[{l}].Values", "weight");
            for (int i = 0; i < count; i++)
            {
                Arguments.NotEmpty(panel.Lines[l].Values[i], $"{argument}.Lines[{l}].Values[{i}]", "seed");
                Arguments.Finite(panel.Lines[l].Values[i], $"{argument}.Lines[{l}].Values[{i}]");
            }
        }
    }
}
