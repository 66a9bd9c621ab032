using System.Globalization;
using Plotly.NET;

namespace Gsr.Analysis.Pictures;

/// <summary>Two quantities against the weight α of the penalty: what it costs and what it gives, in one plot.</summary>
public static class Sweep
{
    private const int Height = 320;

    /// <summary>
    /// Draws each seed and, from three seeds on, the mean's 95 % interval (t) at every α, ascending; α = 0 stands apart at
    /// the left. The quantities have the left and the right axis.
    /// </summary>
    /// <exception cref="ArgumentException">Sizes differ, a value is not finite, or an α out of order.</exception>
    /// <example><code>
    /// Sweep.Draw([0, 1e-3, 1e-2], new("test accuracy (%)", accuracy), new("Moran's I", moran))
    /// </code></example>
    public static GenericChart Draw(
        IReadOnlyList<double> alphas, SweepSeries left, SweepSeries right, string? title = null)
    {
        Arguments.NotEmpty(alphas, nameof(alphas), "weight");
        Arguments.Finite(alphas, nameof(alphas));
        Arguments.Require(alphas[0] >= 0 && alphas.Zip(alphas.Skip(1)).All(pair => pair.First < pair.Second),
            nameof(alphas), $"alphas is {string.Join(", ", alphas)}; weights are ascending and not negative.");
        Check(left, alphas.Count, nameof(left));
        Check(right, alphas.Count, nameof(right));

        var places = Places(alphas);
        var figure = new PanelGrid(title, 1, 1, Height, new Margins(72, PanelGrid.Top(title, 26), 72, 50));
        var x = PictureStyle.Axis("penalty weight α")
            .With("tickvals", places).With("ticktext", alphas.Select(Label).ToArray())
            .With("range", Span(places)).With("showgrid", false);
        figure.AddAxes(0, 0, 1, x, Coloured(left.Name, 0));
        figure.Set("yaxis2", Coloured(right.Name, 1)
            .With("overlaying", "y").With("side", "right").With("showgrid", false).With("anchor", "x"));
        figure.SetLegend();
        if (alphas[0] == 0 && alphas.Count > 1)
            figure.Set("shapes", new[] { Divider((places[0] + places[1]) / 2) });

        AddSeries(figure, alphas, places, left, 0, "y");
        AddSeries(figure, alphas, places, right, 1, "y2");
        return figure.Build();
    }

    /// <summary>Decades are 1 apart; 0, which has no logarithm, one decade below the smallest weight.</summary>
    internal static double[] Places(IReadOnlyList<double> alphas)
    {
        double[] positive = [.. alphas.Where(alpha => alpha > 0).Select(Math.Log10)];
        var zero = positive.Length == 0 ? 0 : positive[0] - 1;
        return [.. alphas.Select(alpha => Rounding.Significant(alpha == 0 ? zero : Math.Log10(alpha)))];
    }

    /// <summary>The ends of the horizontal axis.</summary>
    internal static double[] Span(double[] places) =>
        [Math.Round(places[0] - 0.4, 4), Math.Round(places[^1] + 0.4, 4)];

    internal static string Label(double alpha)
    {
        if (alpha == 0) return "0";
        var exponent = (int)Math.Floor(Math.Log10(alpha) + 1e-9);
        var mantissa = Math.Round(alpha / Math.Pow(10, exponent), 3);
        if (exponent is >= 0 and <= 2) return alpha.ToString("G4", CultureInfo.InvariantCulture);
        var power = $"10<sup>{(exponent < 0 ? "−" : "")}{Math.Abs(exponent)}</sup>";
        return mantissa == 1 ? power : string.Create(CultureInfo.InvariantCulture, $"{mantissa}·{power}");
    }

    private static void AddSeries(
        PanelGrid figure, IReadOnlyList<double> alphas, double[] places, SweepSeries series, int index, string axis)
    {
        string color = PictureStyle.Color(index == 0 ? 0 : 3), symbol = index == 0 ? "circle" : "square";
        // Nudged apart, so that the two quantities' error bars do not cover each other.
        var shift = index == 0 ? -0.04 : 0.04;
        var x = Rounding.All(places.Select(place => place + shift));
        (double Mean, double Half)[] summaries = [.. series.Values.Select(MeanInterval.Of)];
        var means = Rounding.All(summaries.Select(s => s.Mean));
        var halves = Rounding.All(summaries.Select(s => s.Half));
        var first = alphas[0] == 0 ? 1 : 0;

        figure.Add(Json.Trace("scatter",
            ("x", series.Values.SelectMany((seeds, i) => seeds.Select(_ => x[i])).ToArray()),
            ("y", Rounding.All(series.Values.SelectMany(seeds => seeds))), ("yaxis", axis), ("mode", "markers"),
            ("marker", Json.Of(("color", color), ("size", 4), ("opacity", 0.45), ("symbol", symbol))),
            ("showlegend", false), ("hovertemplate", $"{series.Name}, one seed: %{{y}}<extra></extra>")));
        if (alphas.Count - first > 1)
        {
            figure.Add(Json.Trace("scatter",
                ("x", x[first..]), ("y", means[first..]), ("yaxis", axis), ("mode", "lines"), ("hoverinfo", "skip"),
                ("showlegend", false),
                ("line", Json.Of(("color", color), ("width", 1.5), ("dash", index == 0 ? "solid" : "dash")))));
        }
        figure.Add(Json.Trace("scatter",
            ("x", x), ("y", means), ("yaxis", axis), ("mode", "markers"),
            ("name", $"{series.Name}, {MeanInterval.Name}"),
            ("customdata", halves), ("text", alphas.Select(Label).ToArray()),
            ("error_y", Json.Of(("array", halves), ("thickness", 1.5), ("width", 5))),
            ("marker", Json.Of(("color", color), ("size", 9), ("symbol", symbol))),
            ("hovertemplate", $"{series.Name} at α = %{{text}}: %{{y}} ± %{{customdata}}<extra></extra>")));
        if (series.Reference is { } level)
        {
            figure.Add(Json.Trace("scatter",
                ("x", Span(places)), ("y", Rounding.All([level, level])), ("yaxis", axis), ("mode", "lines"),
                ("showlegend", false),
                ("line", Json.Of(("color", color), ("width", 1), ("dash", "dot"))),
                ("hovertemplate", $"{series.Name}, paper: %{{y}}<extra></extra>")));
            figure.Annotate(Json.Of(
                ("text", $"paper {Rounding.Significant(level).ToString(CultureInfo.InvariantCulture)}"),
                ("xref", "paper"), ("x", index == 0 ? 0.01 : 0.99), ("xanchor", index == 0 ? "left" : "right"),
                ("yref", axis), ("y", Rounding.Significant(level)), ("yanchor", "bottom"), ("showarrow", false),
                ("font", Json.Of(("color", color), ("size", PictureStyle.SmallFontSize)))));
        }
    }

    private static DynamicObj.DynamicObj Coloured(string name, int index)
    {
        var color = PictureStyle.Color(index == 0 ? 0 : 3);
        return PictureStyle.Axis(null)
            .With("title", Json.Of(("text", name), ("standoff", 8), ("font", Json.Of(("color", color)))));
    }

    private static DynamicObj.DynamicObj Divider(double x) => Json.Of(
        ("type", "line"), ("xref", "x"), ("yref", "paper"), ("x0", Math.Round(x, 4)), ("x1", Math.Round(x, 4)),
        ("y0", 0), ("y1", 1), ("line", Json.Of(("color", PictureStyle.GridLine), ("width", 1), ("dash", "dash"))));

    private static void Check(SweepSeries series, int count, string argument)
    {
        ArgumentNullException.ThrowIfNull(series, argument);
        Arguments.Finite(series.Reference is { } level ? [level] : [], argument + ".Reference");
        Arguments.Length(series.Values.Count, count, argument + ".Values", "weight α");
        for (var i = 0; i < count; i++)
        {
            Arguments.NotEmpty(series.Values[i], $"{argument}.Values[{i}]", "seed");
            Arguments.Finite(series.Values[i], $"{argument}.Values[{i}]");
        }
    }
}
