using Gsr.Analysis.Pictures;
using Plotly.NET;

namespace Gsr.Experiments.Costs;

/// <summary>
/// A kind of penalty over the weights of a <see cref="SweepPanel"/>: per weight the values of its seeds.
/// </summary>
public sealed record SweepLine(string Name, IReadOnlyList<Replicates> Values);

/// <summary>One quantity of <see cref="SweepCurves"/>.</summary>
/// <param name="Quantity">Names the vertical axis, with its unit.</param>
/// <param name="Lines">The penalties, one curve each.</param>
/// <param name="Without">The values of the seeds without a penalty, a level with its interval.</param>
/// <param name="Range">The ends of the vertical axis, where a collapse at one weight would flatten all else.</param>
public sealed record SweepPanel(string Quantity, IReadOnlyList<SweepLine> Lines, Replicates Without,
    (double Low, double High)? Range = null);

/// <summary>
/// Several penalties against their weight, one panel per quantity: what <see cref="Sweep"/> does for one penalty and
/// two quantities.
/// </summary>
public static class SweepCurves
{
    private const int Height = 260;

    /// <summary>More labels than this along one axis run into each other: every second or third is left out.</summary>
    private const int MostLabels = 6;

    /// <summary>
    /// Draws the mean with its 95 % interval, and each seed, at every weight, on a logarithmic axis; panels from left
    /// to right.
    /// </summary>
    /// <exception cref="ArgumentException">Sizes do not match, or a value is not finite.</exception>
    public static GenericChart Draw(IReadOnlyList<double> weights, IReadOnlyList<SweepPanel> panels, string title)
    {
        foreach (var values in panels.SelectMany(panel => panel.Lines).Select(line => line.Values))
        {
            Arguments.Length(values.Count, weights.Count, nameof(panels), "weight");
            Arguments.Finite([.. values.SelectMany(seeds => seeds.Values)], nameof(panels));
        }

        var places = Sweep.Places(weights);
        var range = Sweep.Span(places);
        var step = (places.Length + MostLabels - 1) / MostLabels;
        int[] labelled = [.. Enumerable.Range(0, places.Length).Where(i => i % step == 0)];
        string[] names = [.. panels.SelectMany(panel => panel.Lines).Select(line => line.Name).Distinct()];
        var margins = new Margins(72, PanelGrid.Top(title, 26), 16, 50);
        var figure = new PanelGrid(title, 1, panels.Count, Height, margins, gapX: 78);
        figure.SetLegend();
        for (var p = 0; p < panels.Count; p++)
        {
            var x = PictureStyle.Axis("penalty weight α").With("range", range).With("showgrid", false)
                .With("tickvals", labelled.Select(i => places[i]).ToArray())
                .With("ticktext", labelled.Select(i => Sweep.Label(weights[i])).ToArray());
            var y = PictureStyle.Axis(panels[p].Quantity)
                .With("range", panels[p].Range is var (low, high) ? Rounding.All([low, high]) : null);
            figure.AddAxes(0, p, p + 1, x, y);
            foreach (var trace in Level(panels[p].Without, range, p == 0)) figure.Add(trace, p + 1);
            foreach (var line in panels[p].Lines)
            {
                var index = Array.IndexOf(names, line.Name);
                // Nudged apart, so that the error bars do not cover each other.
                var shift = 0.09 * (index - ((names.Length - 1) / 2.0));
                var nudged = Rounding.All(places.Select(place => place + shift));
                foreach (var trace in Traces(line, nudged, index, weights, p == 0)) figure.Add(trace, p + 1);
            }
        }

        return figure.Build();
    }

    private static IEnumerable<Trace> Level(Replicates values, double[] range, bool inLegend)
    {
        var (mean, half) = MeanInterval.Of(values.Values);
        yield return Json.Trace("scatter",
            ("x", new[] { range[0], range[1], range[1], range[0] }),
            ("y", Rounding.All([mean - half, mean - half, mean + half, mean + half])), ("mode", "lines"),
            ("fill", "toself"),
            ("fillcolor", PictureStyle.Neutral), ("line", Json.Of(("width", 0))), ("hoverinfo", "skip"),
            ("showlegend", false));
        yield return Json.Trace("scatter",
            ("x", range), ("y", Rounding.All([mean, mean])), ("mode", "lines"), ("name", "no penalty"),
            ("showlegend", inLegend),
            ("line", Json.Of(("color", PictureStyle.Foreground), ("width", 1.5), ("dash", "dot"))),
            ("hovertemplate", FormattableString.Invariant(
                $"no penalty: %{{y}} ± {Rounding.Significant(half)}<extra></extra>")));
    }

    private static IEnumerable<Trace> Traces(
        SweepLine line, double[] x, int index, IReadOnlyList<double> weights, bool inLegend)
    {
        var (color, symbol) = (PictureStyle.Color(index), PictureStyle.Symbol(index));
        var halves = Rounding.All(line.Values.Select(seeds => MeanInterval.Of(seeds.Values).Half));
        yield return Json.Trace("scatter",
            ("x", line.Values.SelectMany((seeds, i) => seeds.Values.Select(_ => x[i])).ToArray()),
            ("y", Rounding.All(line.Values.SelectMany(seeds => seeds.Values))), ("mode", "markers"),
            ("showlegend", false),
            ("marker", Json.Of(("color", color), ("size", 4), ("opacity", 0.45), ("symbol", symbol))),
            ("hovertemplate", $"{line.Name}, one seed: %{{y}}<extra></extra>"));
        yield return Json.Trace("scatter",
            ("x", x), ("y", Rounding.All(line.Values.Select(seeds => seeds.Mean))), ("mode", "lines+markers"),
            ("name", $"{line.Name}, {MeanInterval.Name}"), ("legendgroup", line.Name), ("showlegend", inLegend),
            ("customdata", halves), ("text", weights.Select(Sweep.Label).ToArray()),
            ("error_y", Json.Of(("array", halves), ("thickness", 1.5), ("width", 4))),
            ("line", Json.Of(("color", color), ("width", 1.5), ("dash", PictureStyle.Dash(index)))),
            ("marker", Json.Of(("color", color), ("size", 7), ("symbol", symbol))),
            ("hovertemplate", $"{line.Name} at %{{text}}: %{{y}} ± %{{customdata}}<extra></extra>"));
    }
}
