namespace Gsr.Analysis.Pictures;

/// <summary>
/// The look that all pictures share. Paper and plot are transparent, and all lettering is one mid-grey that has a
/// contrast of about 4 : 1 on white and on #1e1e1e alike, so that one figure serves light and dark notebooks.
/// </summary>
internal static class PictureStyle
{
    /// <summary>Lettering, axis lines and outlines.</summary>
    internal const string Foreground = "#7e7e7e";

    /// <summary>Cells without a value, and classes without a colour: faint on any background.</summary>
    internal const string Neutral = "rgba(127,127,127,0.35)";

    /// <summary>Grid lines.</summary>
    internal const string GridLine = "rgba(127,127,127,0.25)";

    /// <summary>Name of the sequential scale, perceptually uniform and safe for the colour-blind.</summary>
    internal const string Sequential = "Viridis";

    /// <summary>The width in px that figures are composed for; they adapt to the width they are given.</summary>
    internal const int Width = 900;

    internal const int FontSize = 12;
    internal const int SmallFontSize = 11;
    internal const int TitleFontSize = 15;
    internal const string FontFamily = "system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";

    /// <summary>
    /// Ten colours in the hues of Okabe and Ito (2008), black replaced and three added, then moved so that any two stay
    /// at least 19 CIELAB units apart for normal, protanopic, deuteranopic and tritanopic sight, and each is visible
    /// on white and on #1e1e1e.
    /// </summary>
    internal static readonly string[] Palette =
    [
        "#1d5acc", "#d77811", "#019957", "#b83704", "#42cfe2", "#a060b9", "#eab600", "#a04380", "#bbbc65", "#9c94ff",
    ];

    private static readonly string[] Symbols =
    [
        "circle", "square", "diamond", "triangle-up", "cross", "x", "triangle-down", "pentagon", "star", "hexagon",
    ];

    private static readonly string[] Dashes = ["solid", "dash", "dot", "dashdot", "longdash"];

    /// <summary>The colour of a class or a run, from 0; from the eleventh on they repeat.</summary>
    internal static string Color(int index) => Palette[index % Palette.Length];

    internal static string Symbol(int index) => Symbols[index % Symbols.Length];

    internal static string Dash(int index) => Dashes[index % Dashes.Length];

    /// <summary>A palette colour with the given opacity, as bands need it.</summary>
    internal static string Faded(string color, double opacity)
    {
        var (red, green, blue) = Channels(color);
        return FormattableString.Invariant($"rgba({red},{green},{blue},{opacity})");
    }

    /// <summary>Black or white, whichever reads better on a palette colour.</summary>
    internal static string LetteringOn(string color)
    {
        var (red, green, blue) = Channels(color);
        return (0.299 * red) + (0.587 * green) + (0.114 * blue) > 140 ? "#111111" : "#ffffff";
    }

    private static (int Red, int Green, int Blue) Channels(string color)
    {
        var packed = Convert.ToInt32(color[1..], 16);
        return (packed >> 16, (packed >> 8) & 255, packed & 255);
    }

    /// <summary>Blue below the middle, orange above, a light neutral at it.</summary>
    internal static object[][] Diverging { get; } =
    [
        [0.0, "#0b4f94"], [0.25, "#5c9bd1"], [0.5, "#efece6"], [0.75, "#e39a4a"], [1.0, "#a84b00"],
    ];

    /// <summary>The title at the left edge, fonts and backgrounds, without Plotly's template.</summary>
    internal static Plotly.NET.Layout Layout(string? title, int height, Margins margins)
    {
        var layout = new Plotly.NET.Layout()
            .With("height", height)
            .With("autosize", true)
            .With("margin",
                Json.Of(("l", margins.Left), ("r", margins.Right), ("t", margins.Top), ("b", margins.Bottom)))
            .With("font", Json.Of(("family", FontFamily), ("size", FontSize), ("color", Foreground)))
            .With("paper_bgcolor", "rgba(0,0,0,0)")
            .With("plot_bgcolor", "rgba(0,0,0,0)")
            .With("hoverlabel", Json.Of(("align", "left")));
        if (!string.IsNullOrEmpty(title))
        {
            layout.With("title", Json.Of(
                ("text", title), ("x", 0), ("xanchor", "left"), ("y", 1), ("yanchor", "top"), ("yref", "container"),
                ("pad", Json.Of(("l", 8), ("t", 10))), ("font", Json.Of(("size", TitleFontSize)))));
        }
        return layout;
    }

    /// <summary>An axis that names what it shows, with its unit in the title.</summary>
    internal static DynamicObj.DynamicObj Axis(string? title) => Json.Of(
        ("title", title is null ? null : Json.Of(("text", title), ("standoff", 8))),
        ("gridcolor", GridLine), ("zeroline", false), ("showline", true), ("linecolor", Foreground),
        ("ticks", "outside"), ("ticklen", 4), ("tickcolor", Foreground), ("automargin", true));

    /// <summary>A colour scale that several panels share, with its one colour bar.</summary>
    internal static DynamicObj.DynamicObj ColorAxis(
        double low, double high, bool diverging, DynamicObj.DynamicObj? bar) => Json.Of(
        ("cmin", Rounding.Significant(low)), ("cmax", Rounding.Significant(high)),
        ("colorscale", diverging ? Diverging : Sequential), ("showscale", bar is not null), ("colorbar", bar));

    /// <summary>A bar of the panels' height; the title along it is broken where it would be cut off.</summary>
    internal static DynamicObj.DynamicObj ColorBar(string title, double height) => Json.Of(
        ("title", Json.Of(
            ("text", Broken(title, (int)(height / 7.5))), ("side", "right"), ("font", Json.Of(("size", FontSize))))),
        ("thickness", 12), ("outlinewidth", 0),
        ("lenmode", "pixels"), ("len", Math.Round(height)), ("xpad", 8), ("ypad", 0), ("nticks", 5));

    /// <summary>A bar that only says low and high, for maps that have a range each.</summary>
    internal static DynamicObj.DynamicObj RelativeBar(string title, double height) => ColorBar(title, height)
        .With("tickvals", new[] { 0, 1 }).With("ticktext", new[] { "low", "high" });

    private static string Broken(string text, int width)
    {
        int[] spaces = [.. Enumerable.Range(0, text.Length).Where(i => text[i] == ' ')];
        if (text.Length <= width || spaces.Length == 0) return text;
        var middle = spaces.MinBy(i => Math.Abs((2 * i) - text.Length));
        return text[..middle] + "<br>" + text[(middle + 1)..];
    }
}
