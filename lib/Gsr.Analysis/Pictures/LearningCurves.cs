using Plotly.NET;

namespace Gsr.Analysis.Pictures;

/// <summary>Loss and penalty against the training step, for several runs.</summary>
public static class LearningCurves
{
    /// <summary>Points that a line keeps, evenly over the steps: twice the pixels of a half-wide panel.</summary>
    internal const int MaximalPoints = 300;
    private const double Height = 270;

    /// <summary>One quantity, with its unit, on a logarithmic axis by default.</summary>
    /// <inheritdoc cref="Compare"/>
    /// <example><code>LearningCurves.Draw([new("GSR", steps, loss)], "reconstruction loss")</code></example>
    public static GenericChart Draw(
        IReadOnlyList<Curve> curves, string quantity, string? title = null, bool logarithmic = true,
        string stepName = "step") =>
        Compare([new CurvePanel(quantity, curves, logarithmic)], title, stepName);

    /// <summary>Several quantities side by side; a run has one colour and one entry in the legend.</summary>
    /// <exception cref="ArgumentException">Lengths do not match, or a value cannot be drawn.</exception>
    /// <example><code>LearningCurves.Compare([new("loss", losses), new("penalty zᵀLz", penalties)])</code></example>
    public static GenericChart Compare(IReadOnlyList<CurvePanel> panels, string? title = null, string stepName = "step")
    {
        Arguments.NotEmpty(panels, nameof(panels), "quantity");
        for (var i = 0; i < panels.Count; i++)
        {
            Arguments.NotEmpty(panels[i].Curves, $"panels[{i}].Curves", "curve");
            for (var j = 0; j < panels[i].Curves.Count; j++)
                Check(panels[i].Curves[j], panels[i].Logarithmic, $"panels[{i}].Curves[{j}]");
        }
        string[] names = [.. panels.SelectMany(panel => panel.Curves).Select(curve => curve.Name).Distinct()];
        var legend = names.Length > 1;
        var figure = new PanelGrid(title, 1, panels.Count, Height,
            new Margins(66, PanelGrid.Top(title, legend ? 26 : 0), 16, 48), gapX: 84);
        figure.SetLegend();
        figure.Set("showlegend", legend);

        var shown = new HashSet<string>();
        for (var i = 0; i < panels.Count; i++)
        {
            var panel = panels[i];
            figure.AddAxes(0, i, i + 1, PictureStyle.Axis(stepName), panel.Logarithmic
                ? PictureStyle.Axis(panel.Quantity).With("type", "log").With("exponentformat", "power")
                    .With("dtick", Decades(panel) < 1.2 ? null : 1)
                : PictureStyle.Axis(panel.Quantity));
            foreach (var curve in panel.Curves)
            {
                var run = Array.IndexOf(names, curve.Name);
                var kept = Kept(curve.Steps.Count, MaximalPoints);
                if (curve.Spread is not null)
                    figure.Add(Band(curve, Kept(curve.Steps.Count, MaximalPoints / 2), run, panel.Logarithmic), i + 1);
                figure.Add(Line(curve, kept, run, panel, stepName).With("showlegend", shown.Add(curve.Name)), i + 1);
            }
        }
        return figure.Build();
    }

    /// <summary>At most so many indices, evenly spaced, the first and the last among them.</summary>
    internal static int[] Kept(int count, int maximal) => count <= maximal
        ? [.. Enumerable.Range(0, count)]
        : [.. Enumerable.Range(0, maximal).Select(i => (int)((long)i * (count - 1) / (maximal - 1)))];

    private static Trace Line(Curve curve, int[] kept, int run, CurvePanel panel, string stepName) =>
        Json.Trace("scatter",
        ("x", Rounding.Counts([.. kept.Select(i => curve.Steps[i])])),
        ("y", Rounding.AllOrGap(kept.Select(i => Drawable(curve.Values[i], panel.Logarithmic)))),
        ("mode", "lines"), ("name", curve.Name), ("legendgroup", curve.Name),
        ("line", Json.Of(("color", PictureStyle.Color(run)), ("width", 2), ("dash", PictureStyle.Dash(run)))),
        ("hovertemplate", $"{curve.Name}, {stepName} %{{x}}<br>{panel.Quantity}: %{{y}}<extra></extra>"));

    /// <summary>A closed polygon over the steps that have a value, with half the line's points.</summary>
    private static Trace Band(Curve curve, int[] kept, int run, bool logarithmic)
    {
        int[] there = [.. kept.Where(i => !double.IsNaN(Drawable(curve.Values[i], logarithmic)))];
        var floor = logarithmic ? there.Select(i => curve.Values[i]).DefaultIfEmpty(1).Min() / 10
            : double.NegativeInfinity;
        var outline = there.Select(i => (Step: curve.Steps[i], Value: curve.Values[i] + curve.Spread![i]))
            .Concat(there.Reverse()
                .Select(i => (Step: curve.Steps[i], Value: Math.Max(floor, curve.Values[i] - curve.Spread![i]))))
            .ToArray();
        return Json.Trace("scatter",
            ("x", Rounding.Counts([.. outline.Select(p => p.Step)])), ("y", Rounding.All(outline.Select(p => p.Value))),
            ("mode", "lines"), ("fill", "toself"), ("fillcolor", PictureStyle.Faded(PictureStyle.Color(run), 0.22)),
            ("line", Json.Of(("width", 0))), ("hoverinfo", "skip"), ("showlegend", false), ("legendgroup", curve.Name));
    }

    private static double Drawable(double value, bool logarithmic) => logarithmic && value <= 0 ? double.NaN : value;

    private static double Decades(CurvePanel panel)
    {
        double[] values = [.. panel.Curves.SelectMany(curve => curve.Values).Where(value => value > 0)];
        return Math.Log10(values.Max() / values.Min());
    }

    private static void Check(Curve curve, bool logarithmic, string argument)
    {
        Arguments.NotEmpty(curve.Steps, argument + ".Steps", "step");
        Arguments.Finite(curve.Steps, argument + ".Steps");
        Arguments.Length(curve.Values.Count, curve.Steps.Count, argument + ".Values", "step");
        Arguments.Finite([.. curve.Values.Where(value => !double.IsNaN(value))], argument + ".Values");
        Arguments.Require(curve.Values.Any(value => logarithmic ? value > 0 : !double.IsNaN(value)), argument,
            $"{argument} ({curve.Name}) has no {(logarithmic ? "positive value for a logarithmic axis" : "value")}.");
        if (curve.Spread is null) return;
        Arguments.Length(curve.Spread.Count, curve.Steps.Count, argument + ".Spread", "step");
        Arguments.Finite(curve.Spread, argument + ".Spread");
    }
}
