using System.Globalization;
using Plotly.NET;

namespace Gsr.Analysis.Pictures;

/// <summary>Points of a plane, coloured, shaped and named by class.</summary>
public static class ClassScatter
{
    private const int Height = 460;

    /// <summary>Points as they are.</summary>
    /// <param name="points">[n, 2], finite.</param>
    /// <param name="labels">The class of each point, from 0.</param>
    /// <param name="title">Above the figure; if points are left out, a note in the corner says so.</param>
    /// <param name="classNames">One per class; "0", "1", .. by default.</param>
    /// <param name="xName">Names the horizontal axis.</param>
    /// <param name="yName">Names the vertical axis.</param>
    /// <param name="maximalPoints">If there are more, a random choice of so many is drawn; 1,500 by default.</param>
    /// <param name="seed">Of that choice; the same seed draws the same points.</param>
    /// <exception cref="ArgumentException">Sizes differ, a value is not finite, or a label has no class.</exception>
    /// <example><code>
    /// ClassScatter.Draw(codes2d, labels, "Two nodes of the code", xName: "node 1", yName: "node 2")
    /// </code></example>
    public static GenericChart Draw(
        double[,] points, IReadOnlyList<int> labels, string? title = null, IReadOnlyList<string>? classNames = null,
        string xName = "x", string yName = "y", int maximalPoints = 1500, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximalPoints, 1);
        int n = points.GetLength(0);
        Arguments.Require(n > 0 && points.GetLength(1) == 2, nameof(points),
            $"points is {Cells.Size(points)}; expected [n, 2] with at least one point.");
        Arguments.Length(labels.Count, n, nameof(labels), "point");
        for (int i = 0; i < n; i++)
        {
            Arguments.Require(double.IsFinite(points[i, 0]) && double.IsFinite(points[i, 1]), nameof(points),
                $"points[{i}] is ({points[i, 0]}, {points[i, 1]}); every value is finite.");
            Arguments.Require(labels[i] >= 0 && labels[i] < (classNames?.Count ?? int.MaxValue), nameof(labels),
                $"labels[{i}] is {labels[i]}; classes are numbered from 0, one name each.");
        }

        int[] drawn = Drawn(n, maximalPoints, seed);
        var figure = new PanelGrid(
            title, 1, 1, Height, new Margins(60, PanelGrid.Top(title, drawn.Length < n ? 14 : 0), 96, 48));
        if (drawn.Length < n)
        {
            string note = string.Create(
                CultureInfo.InvariantCulture, $"{drawn.Length:N0} of {n:N0} points, drawn at random");
            figure.Annotate(1, note, 1, 1, "right", "bottom", 0, 3, PictureStyle.SmallFontSize);
        }
        figure.AddAxes(0, 0, 1, PictureStyle.Axis(xName), PictureStyle.Axis(yName));
        figure.Set("legend", Json.Of(
            ("title", Json.Of(("text", "class"))), ("itemsizing", "constant"), ("bgcolor", "rgba(0,0,0,0)")));
        foreach (var group in drawn.GroupBy(i => labels[i]).OrderBy(group => group.Key))
        {
            string name = classNames is null ? group.Key.ToString(CultureInfo.InvariantCulture) : classNames[group.Key];
            int[] members = [.. group];
            figure.Add(Points(points, members, group.Key, name, xName, yName));
            figure.Annotate(Name(points, members, group.Key, name));
        }
        return figure.Build();
    }

    /// <summary>The first two principal components of a matrix, which are taken over all examples.</summary>
    /// <param name="data">[n, features], finite, 2 to 2,048 features.</param>
    /// <param name="labels">The class of each example, from 0.</param>
    /// <param name="title">Above the figure; if points are left out, a note in the corner says so.</param>
    /// <param name="classNames">One per class; "0", "1", .. by default.</param>
    /// <param name="maximalPoints">If there are more, a random choice of so many is drawn; 1,500 by default.</param>
    /// <param name="seed">Of that choice; the same seed draws the same points.</param>
    /// <exception cref="ArgumentException">As <see cref="Draw"/> and <see cref="PrincipalComponents.Of"/>.</exception>
    /// <example><code>ClassScatter.Pca(codes, labels, "Codes of the autoencoder")</code></example>
    public static GenericChart Pca(
        double[,] data, IReadOnlyList<int> labels, string? title = null, IReadOnlyList<string>? classNames = null,
        int maximalPoints = 1500, int seed = 0)
    {
        var components = PrincipalComponents.Of(data);
        return Draw(components.Scores, labels, title, classNames, AxisName(0), AxisName(1), maximalPoints, seed);

        string AxisName(int k) => string.Create(
            CultureInfo.InvariantCulture,
            $"principal component {k + 1} ({100 * components.VarianceShares[k]:F1} % of variance)");
    }

    /// <summary>Ascending numbers of the points drawn: all, or a uniform choice without repetition.</summary>
    internal static int[] Drawn(int count, int maximal, int seed)
    {
        int[] all = [.. Enumerable.Range(0, count)];
        if (count <= maximal) return all;
        new Random(seed).Shuffle(all);
        int[] chosen = all[..maximal];
        Array.Sort(chosen);
        return chosen;
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
