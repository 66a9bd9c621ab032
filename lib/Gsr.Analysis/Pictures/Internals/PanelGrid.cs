using System.Globalization;
using Microsoft.FSharp.Collections;
using Plotly.NET;

namespace Gsr.Analysis.Pictures;

/// <summary>
/// A figure of equal panels in rows and columns, laid out in px at the nominal width and kept in proportion at others.
/// Every panel has its own pair of axes, numbered from 1 in the order of adding.
/// </summary>
internal sealed class PanelGrid
{
    /// <summary>What a slider takes below the panels, in px.</summary>
    internal const int SliderHeight = 74;

    private readonly List<Trace> _traces = [];
    private readonly List<DynamicObj.DynamicObj> _annotations = [];
    private readonly Layout _layout;
    private readonly int _rows;
    private readonly int _columns;
    private readonly double _gapX;
    private readonly double _gapY;

    /// <summary>Panels of the given height in px; their width is what the columns leave each other.</summary>
    internal PanelGrid(
        string? title, int rows, int columns, double panelHeight, Margins margins, double gapX = 12, double gapY = 12)
    {
        (_rows, _columns) = (rows, columns);
        var innerHeight = (rows * panelHeight) + ((rows - 1) * gapY);
        double innerWidth = PictureStyle.Width - margins.Left - margins.Right;
        _gapX = gapX / innerWidth;
        _gapY = gapY / innerHeight;
        InnerHeight = innerHeight;
        _layout = PictureStyle.Layout(title, (int)Math.Ceiling(innerHeight) + margins.Top + margins.Bottom, margins);
    }

    /// <summary>Height in px of all panels and the gaps between them.</summary>
    internal double InnerHeight { get; }

    internal IReadOnlyList<Trace> Traces => _traces;

    /// <summary>The space above the panels: with or without a title, and what each column's heading takes.</summary>
    internal static int Top(string? title, int heading) => (string.IsNullOrEmpty(title) ? 10 : 44) + heading;

    /// <summary>The side of square panels that fit into the nominal width, no larger than asked.</summary>
    internal static double Side(int columns, Margins margins, double gapX, double largest) =>
        Math.Min(largest, PanelWidth(columns, margins, gapX));

    /// <summary>The width of a panel in px at the nominal width of the figure.</summary>
    internal static double PanelWidth(int columns, Margins margins, double gapX) =>
        (PictureStyle.Width - margins.Left - margins.Right - ((columns - 1) * gapX)) / columns;

    /// <summary>Adds the axes of the panel at a row and column from 0; traces drawn there take its number.</summary>
    internal void AddAxes(int row, int column, int number, DynamicObj.DynamicObj x, DynamicObj.DynamicObj y)
    {
        double width = (1 - ((_columns - 1) * _gapX)) / _columns, height = (1 - ((_rows - 1) * _gapY)) / _rows;
        double left = column * (width + _gapX), top = 1 - (row * (height + _gapY));
        _layout.With("xaxis" + Suffix(number), x
            .With("domain", Domain(left, left + width)).With("anchor", "y" + Suffix(number)));
        _layout.With("yaxis" + Suffix(number), y
            .With("domain", Domain(top - height, top)).With("anchor", "x" + Suffix(number)));
    }

    /// <summary>Adds axes for a map of cells: row 0 on top, square cells, nothing drawn but the cells.</summary>
    internal void AddCellAxes(int row, int column, int number, int cellRows, int cellColumns)
    {
        AddAxes(row, column, number,
            Json.Of(("visible", false), ("fixedrange", true), ("constrain", "domain"),
                ("constraintoward", _columns == 1 ? "left" : null), ("range", new[] { -0.5, cellColumns - 0.5 })),
            Json.Of(("visible", false), ("fixedrange", true), ("constrain", "domain"),
                ("range", new[] { cellRows - 0.5, -0.5 }), ("scaleanchor", "x" + Suffix(number))));
    }

    /// <summary>Adds the axes of a graph in a figure of one row: equal scales, y downwards.</summary>
    internal void AddHiddenAxes(int number, GraphFrame frame)
    {
        AddAxes(0, number - 1, number, Hidden(frame.Left, frame.Left + frame.Width),
            Hidden(frame.Top + frame.Height, frame.Top).With("scaleanchor", "x" + Suffix(number)));

        static DynamicObj.DynamicObj Hidden(double from, double to) => Json.Of(("visible", false),
            ("range", new[] { Rounding.Significant(from), Rounding.Significant(to) }), ("constrain", "domain"));
    }

    /// <summary>
    /// Adds a slider below the panels; a step calls a method of Plotly's. There are no frames, so that every front end
    /// can draw it.
    /// </summary>
    internal void AddSlider(
        string prefix, string method, IEnumerable<(string Name, object[] Arguments)> steps, int pad = 18,
        int active = 0) =>
        Set("sliders", new[]
        {
            Json.Of(("active", active), ("x", 0), ("len", 1), ("pad", Json.Of(("t", pad), ("b", 6))),
                ("currentvalue", Json.Of(("prefix", prefix), ("xanchor", "left"))),
                ("bordercolor", PictureStyle.Foreground), ("bgcolor", PictureStyle.Neutral),
                ("tickcolor", PictureStyle.Foreground),
                ("steps", steps.Select(step => Json.Of(
                    ("label", step.Name), ("method", method), ("args", step.Arguments))).ToArray())),
        });

    internal void Add(Trace trace, int number = 1)
    {
        if (number > 1) trace.With("xaxis", "x" + Suffix(number)).With("yaxis", "y" + Suffix(number));
        _traces.Add(trace);
    }

    /// <summary>Lettering above the middle of a panel.</summary>
    internal void Heading(int number, string text, int size = PictureStyle.FontSize) =>
        Annotate(number, text, 0.5, 1, "center", "bottom", 0, 3, size);

    /// <summary>Lettering left of a panel, for the name of its row; lines are separated by &lt;br&gt;.</summary>
    internal void RowHeading(int number, string text) =>
        Annotate(number, text, 0, 0.5, "right", "middle", -10, 0, PictureStyle.FontSize);

    /// <summary>Lettering below the middle of a panel.</summary>
    internal void Caption(int number, string text) =>
        Annotate(number, text, 0.5, 0, "center", "top", 0, -4, PictureStyle.SmallFontSize);

    internal void Annotate(
        int number, string text, double x, double y, string xAnchor, string yAnchor, int shiftX, int shiftY, int size)
    {
        _annotations.Add(Json.Of(
            ("text", text), ("xref", $"x{Suffix(number)} domain"), ("yref", $"y{Suffix(number)} domain"), ("x", x),
            ("y", y), ("xanchor", xAnchor), ("yanchor", yAnchor), ("xshift", shiftX == 0 ? null : shiftX),
            ("yshift", shiftY == 0 ? null : shiftY), ("showarrow", false),
            ("align", xAnchor == "right" ? "right" : null),
            ("font", size == PictureStyle.FontSize ? null : Json.Of(("size", size)))));
    }

    internal void Annotate(DynamicObj.DynamicObj annotation) => _annotations.Add(annotation);

    /// <summary>One line above the panels, from the left, so that they keep the figure's width.</summary>
    internal void SetLegend() => Set("legend", Json.Of(
        ("orientation", "h"), ("x", 0), ("xanchor", "left"), ("y", Math.Round(1 + (4 / InnerHeight), 4)),
        ("yanchor", "bottom"), ("bgcolor", "rgba(0,0,0,0)")));

    internal void Set(string property, object? value) => _layout.With(property, value);

    internal GenericChart Build()
    {
        if (_annotations.Count > 0) _layout.With("annotations", _annotations.ToArray());
        var config = new Config().With("responsive", true).With("displaylogo", false);
        return GenericChart.NewMultiChart(ListModule.OfSeq(_traces), _layout, config, Defaults.DefaultDisplayOptions);
    }

    internal static string Suffix(int number) => number == 1 ? "" : number.ToString(CultureInfo.InvariantCulture);

    private static double[] Domain(double low, double high) =>
        [Math.Round(Math.Clamp(low, 0, 1), 4), Math.Round(Math.Clamp(high, 0, 1), 4)];
}
