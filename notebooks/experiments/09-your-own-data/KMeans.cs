using System.Numerics;
using System.Runtime.InteropServices;

namespace Gsr.Experiments.OwnData;

/// <summary>
/// Groups of points around centres such that the squared distances to the own centre are small: Lloyd's iteration
/// (1982) from centres drawn by k-means++ (Arthur and Vassilvitskii 2007), the best of several starts.
/// </summary>
public sealed class KMeans
{
    private const int MostIterations = 50;
    private readonly float[][] _centres;

    private KMeans(float[][] centres, int[] classes, double within) =>
        (_centres, Classes, Within) = (centres, classes, within);

    /// <summary>The class of each point, from 0; where points repeat there may be fewer classes than asked for.</summary>
    public int[] Classes { get; }

    /// <summary>The sum of squared distances from the points to their centres.</summary>
    public double Within { get; }

    /// <summary>Finds so many groups.</summary>
    /// <param name="points">[points, coordinates], finite.</param>
    /// <param name="count">How many, 1 to the number of points.</param>
    /// <param name="seed">Of the first centres.</param>
    /// <param name="starts">How often it starts anew; the best is kept.</param>
    /// <exception cref="ArgumentException">A value is not finite, or the number is out of range.</exception>
    public static KMeans Fit(float[,] points, int count, int seed, int starts = 4)
    {
        var (rows, _) = StandardColumns.Size(points, nameof(points));
        Arguments.Require(count >= 1 && count <= rows, nameof(count),
            $"count is {count}; {rows} points have 1 to {rows} groups.");
        foreach (var value in points)
            Arguments.Require(float.IsFinite(value), nameof(points), $"points holds {value}; give finite values.");
        var random = new Random(seed);
        return Enumerable.Range(0, Math.Max(1, starts)).Select(_ => Once(points, count, random))
            .MinBy(found => found.Within)!;
    }

    /// <summary>The class whose centre is nearest, for other points of the same coordinates.</summary>
    public int[] Assign(float[,] points)
    {
        var (rows, columns) = StandardColumns.Size(points, nameof(points));
        Arguments.Length(columns, _centres[0].Length, nameof(points), "coordinate of the fitted points");
        var classes = new int[rows];
        Parallel.For(0, rows, i => classes[i] = Nearest(Row(points, i), _centres).Class);
        return classes;
    }

    private static KMeans Once(float[,] points, int count, Random random)
    {
        var rows = points.GetLength(0);
        var (centres, classes, within) = (Spread(points, count, random), new int[rows], 0.0);
        Array.Fill(classes, -1);
        for (var (moved, iteration) = (true, 0); moved && iteration < MostIterations; iteration++)
        {
            (moved, within) = (false, 0);
            for (var i = 0; i < rows; i++)
            {
                var (nearest, distance) = Nearest(Row(points, i), centres);
                within += distance;
                moved |= classes[i] != nearest;
                classes[i] = nearest;
            }

            if (moved) centres = Means(points, classes, centres);
        }

        return new KMeans(centres, classes, within);
    }

    /// <summary>Each centre is a point, drawn with a chance that grows by its squared distance to those before.</summary>
    private static float[][] Spread(float[,] points, int count, Random random)
    {
        var rows = points.GetLength(0);
        var (centres, distances) = (new float[count][], new double[rows]);
        Array.Fill(distances, double.MaxValue);
        centres[0] = Row(points, random.Next(rows)).ToArray();
        for (var c = 1; c < count; c++)
        {
            double sum = 0;
            for (var i = 0; i < rows; i++)
                sum += distances[i] = Math.Min(distances[i], Distance(Row(points, i), centres[c - 1]));
            var (drawn, left) = (0, random.NextDouble() * sum);
            while (drawn < rows - 1 && (left -= distances[drawn]) >= 0) drawn++;
            centres[c] = Row(points, drawn).ToArray();
        }

        return centres;
    }

    /// <summary>A centre without points stays where it is.</summary>
    private static float[][] Means(float[,] points, int[] classes, float[][] before)
    {
        var sums = Array.ConvertAll(before, centre => new double[centre.Length]);
        var sizes = new int[before.Length];
        for (var i = 0; i < classes.Length; i++)
        {
            var row = Row(points, i);
            var sum = sums[classes[i]];
            sizes[classes[i]]++;
            for (var j = 0; j < sum.Length; j++) sum[j] += row[j];
        }

        return [.. sums.Select((sum, c) => sizes[c] == 0 ? before[c]
            : Array.ConvertAll(sum, value => (float)(value / sizes[c])))];
    }

    private static (int Class, float Distance) Nearest(ReadOnlySpan<float> point, float[][] centres)
    {
        var (best, least) = (0, float.MaxValue);
        for (var c = 0; c < centres.Length; c++)
        {
            var distance = Distance(point, centres[c]);
            if (distance < least) (best, least) = (c, distance);
        }

        return (best, least);
    }

    private static float Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var (i, sums) = (0, Vector<float>.Zero);
        for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var difference = new Vector<float>(a[i..]) - new Vector<float>(b[i..]);
            sums += difference * difference;
        }

        var sum = Vector.Sum(sums);
        for (; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }

    private static ReadOnlySpan<float> Row(float[,] points, int row) =>
        MemoryMarshal.CreateReadOnlySpan(ref points[row, 0], points.GetLength(1));
}
