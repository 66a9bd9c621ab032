using System.Globalization;
using Plotly.NET;

namespace Gsr.Analysis.Pictures;

/// <summary>Points of a plane, coloured, shaped and named by class.</summary>
public static class ClassScatter
{
    private const int Height = 460;
    private const int MaximalPoints = 1500;

    /// <summary>
    /// Finite points [n, 2] as they are, with the class of each, from 0; of more than 1,500 points as many are chosen
    /// at random, always the same, and a note in the corner says so.
    /// </summary>
    /// <exception cref="ArgumentException">Sizes differ, a value is not finite, or a label has no class.</exception>
    /// <example><code>
    /// ClassScatter.Draw(codes2d, labels, "Two nodes of the code", xName: "node 1", yName: "node 2")
    /// </code></example>
    public static GenericChart Draw(
        double[,] points, IReadOnlyList<int> labels, string? title = null, IReadOnlyList<string>? classNames = null,
        string xName = "x", string yName = "y")
    {
        var (n, columns) = Arguments.Matrix(points, nameof(points));
        ArgumentNullException.ThrowIfNull(labels);
        Arguments.Require(columns == 2, nameof(points), $"points is {Cells.Size(points)}; expected [n, 2].");
        Arguments.Length(labels.Count, n, nameof(labels), "point");
        Arguments.Require(labels.All(label => label >= 0 && label < (classNames?.Count ?? int.MaxValue)),
            nameof(labels), $"labels runs from {labels.Min()} to {labels.Max()}; classes count from 0, one name each.");

        var drawn = Drawn(n);
        var figure = new PanelGrid(
            title, 1, 1, Height, new Margins(60, PanelGrid.Top(title, drawn.Length < n ? 14 : 0), 96, 48));
        if (drawn.Length < n)
        {
            var note = string.Create(
                CultureInfo.InvariantCulture, $"{drawn.Length:N0} of {n:N0} points, drawn at random");
            figure.Annotate(1, note, 1, 1, "right", "bottom", 0, 3, PictureStyle.SmallFontSize);
        }
        figure.AddAxes(0, 0, 1, PictureStyle.Axis(xName), PictureStyle.Axis(yName));
        figure.Set("legend", Json.Of(
            ("title", Json.Of(("text", "class"))), ("itemsizing", "constant"), ("bgcolor", "rgba(0,0,0,0)")));
        foreach (var group in drawn.GroupBy(i => labels[i]).OrderBy(group => group.Key))
        {
            var name = classNames is null ? group.Key.ToString(CultureInfo.InvariantCulture) : classNames[group.Key];
            int[] members = [.. group];
            figure.Add(Points(points, members, group.Key, name, xName, yName));
            figure.Annotate(Name(points, members, group.Key, name));
        }
        return figure.Build();
    }

    /// <summary>
    /// The first two principal components of data [n, features], finite, of 2 to 2,048 features, taken over all
    /// examples and drawn as by <see cref="Draw"/>.
    /// </summary>
    /// <exception cref="ArgumentException">As <see cref="Draw"/> and <see cref="PrincipalComponents.Of"/>.</exception>
    /// <example><code>ClassScatter.Pca(codes, labels, "Codes of the autoencoder")</code></example>
    public static GenericChart Pca(
        double[,] data, IReadOnlyList<int> labels, string? title = null, IReadOnlyList<string>? classNames = null)
    {
        var components = PrincipalComponents.Of(data);
        return Draw(components.Scores, labels, title, classNames, AxisName(0), AxisName(1));

        string AxisName(int k) => string.Create(
            CultureInfo.InvariantCulture,
            $"principal component {k + 1} ({100 * components.VarianceShares[k]:F1} % of variance)");
    }

    /// <summary>Ascending numbers of the points drawn: all, or a uniform choice without repetition.</summary>
    private static int[] Drawn(int count)
    {
        var all = Enumerable.Range(0, count);
        return count <= MaximalPoints ? [.. all] : [.. all.Shuffled(new Random(0)).Take(MaximalPoints).Order()];
    }

    private static Trace Points(double[,] points, int[] members, int label, string name, string xName, string yName) =>
        Json.Trace("scatter",
        ("x", Rounding.All(members.Select(i => points[i, 0]))), ("y", Rounding.All(members.Select(i => points[i, 1]))),
        ("customdata", members), ("mode", "markers"), ("name", name),
        ("marker", Json.Of(
            ("color", PictureStyle.Color(label)), ("symbol", PictureStyle.Symbol(label)),
            ("size", 5), ("opacity", 0.75))),
        ("hovertemplate", $"class {name}, point %{{customdata}}<br>{xName}: %{{x}}<br>{yName}: %{{y}}<extra></extra>"));

    /// <summary>The class's name at the median of its points; ten colours are too many for a legend.</summary>
    private static DynamicObj.DynamicObj Name(double[,] points, int[] members, int label, string name)
    {
        return Json.Of(("text", $"<b>{name}</b>"), ("x", Median(0)), ("y", Median(1)), ("showarrow", false),
            ("bgcolor", PictureStyle.Color(label)), ("borderpad", 3),
            ("font", Json.Of(
                ("color", PictureStyle.LetteringOn(PictureStyle.Color(label))), ("size", PictureStyle.FontSize))));

        double Median(int axis)
        {
            double[] sorted = [.. members.Select(i => points[i, axis]).Order()];
            return Rounding.Significant((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2);
        }
    }
}
