using Plotly.NET;

namespace Gsr.Analysis.Pictures;

/// <summary>Heat maps of cells, the drawing that the grid pictures share.</summary>
internal static class Cells
{
    /// <summary>One row of a [maps, cells] matrix as rows of a grid, rounded; NaN becomes a gap.</summary>
    internal static double?[][] Map(double[,] maps, int row, (int Rows, int Columns) shape) =>
        Map(shape, cell => maps[row, cell]);

    /// <summary>The size of a matrix as messages show it, "[rows, columns]".</summary>
    internal static string Size(double[,] matrix) => $"[{matrix.GetLength(0)}, {matrix.GetLength(1)}]";

    /// <summary>The size that matrices of several panels share; they hold no infinity.</summary>
    internal static (int Rows, int Columns) SharedSize(
        IReadOnlyList<(string Name, double[,] Values)> panels, string argument, string member, string what)
    {
        Arguments.NotEmpty(panels, argument, what);
        for (var i = 0; i < panels.Count; i++)
        {
            var (values, at) = (panels[i].Values, $"{argument}[{i}].{member}");
            ArgumentNullException.ThrowIfNull(values, at);
            var first = Size(panels[0].Values);
            Arguments.Require(values.Length > 0 && Size(values) == first, at,
                $"{at} is {Size(values)}; expected at least one row and one column, and {first} as the first.");
            Arguments.NoInfinity(values, at);
        }
        return (panels[0].Values.GetLength(0), panels[0].Values.GetLength(1));
    }

    internal static double?[][] Map((int Rows, int Columns) shape, Func<int, double> valueOf) =>
    [
        .. Enumerable.Range(0, shape.Rows).Select(r => Rounding.AllOrGap(
            Enumerable.Range(0, shape.Columns).Select(c => valueOf((r * shape.Columns) + c)))),
    ];

    /// <summary>A heat map with 1 px between cells where cells are large enough to spare it.</summary>
    internal static Trace HeatMap(object z, string hover, bool gaps = false) => Json.Trace("heatmap",
        ("z", z), ("hovertemplate", hover + "<extra></extra>"), ("hoverongaps", false),
        ("xgap", gaps ? 1 : null), ("ygap", gaps ? 1 : null));

    /// <summary>The cells that have no value, in the neutral colour; null where every cell has one.</summary>
    internal static Trace? Missing(double?[][] z, string hover, bool gaps = false)
    {
        if (z.All(row => row.All(value => value is not null))) return null;
        int?[][] missing = [.. z.Select(row => row.Select(value => value is null ? 0 : (int?)null).ToArray())];
        return HeatMap(missing, hover, gaps)
            .With("colorscale", new object[][] { [0, PictureStyle.Neutral], [1, PictureStyle.Neutral] })
            .With("showscale", false);
    }

    /// <summary>Smallest and largest value without NaN; widened where they are equal or there is none.</summary>
    internal static (double Low, double High) Range(IEnumerable<double> values)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (var value in values.Where(value => !double.IsNaN(value)))
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (low > high) return (0, 1);
        return low < high ? (low, high) : (low, low + Math.Max(1e-6, Math.Abs(low)));
    }

    /// <summary>The same, but as far below 0 as above it where a value is negative.</summary>
    internal static (double Low, double High) SignedRange(IEnumerable<double> values)
    {
        var (low, high) = Range(values);
        var reach = Math.Max(Math.Abs(low), Math.Abs(high));
        return low < 0 ? (-reach, reach) : (low, high);
    }
}
