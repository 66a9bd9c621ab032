using Gsr.Analysis;
using Gsr.Analysis.Pictures;
using Plotly.NET;

namespace Gsr.Experiments.OwnData;

/// <summary>Pictures of cells, of at most 5,000 drawn at random.</summary>
public static class CellPicture
{
    private const int Most = 5_000;

    /// <summary>Cells on the first two principal components of values [cells, values], coloured by class.</summary>
    /// <param name="values">What the components are taken of.</param>
    /// <param name="classes">One per cell, from 0.</param>
    /// <param name="title">Above the picture.</param>
    /// <param name="names">Of the classes; their numbers from 1 where null.</param>
    public static GenericChart Pca(
        float[,] values, IReadOnlyList<int> classes, string title, IReadOnlyList<string>? names = null)
    {
        Arguments.Length(classes.Count, values.GetLength(0), nameof(classes), "cell");
        var cells = CellSample.Of(classes.Count, Most);
        return ClassScatter.Pca(Doubles(values.SelectRows(cells)), [.. cells.Select(cell => classes[cell])], title,
            names ?? [.. Enumerable.Range(1, classes.Max() + 1).Select(number => $"class {number}")]);
    }

    /// <summary>Mean values of each class, [classes, values], of all cells.</summary>
    /// <param name="values">[cells, values], such as activations of modules.</param>
    /// <param name="classes">One per cell, from 0.</param>
    /// <param name="count">How many classes; one without cells is NaN.</param>
    public static double[,] Means(float[,] values, IReadOnlyList<int> classes, int count)
    {
        Arguments.Length(classes.Count, values.GetLength(0), nameof(classes), "cell");
        var (means, sizes) = (new double[count, values.GetLength(1)], new int[count]);
        for (var cell = 0; cell < classes.Count; cell++)
        {
            sizes[classes[cell]]++;
            for (var j = 0; j < values.GetLength(1); j++) means[classes[cell], j] += values[cell, j];
        }

        return Matrices.Of(count, values.GetLength(1), (c, j) => means[c, j] / sizes[c]);
    }

    private static double[,] Doubles(float[,] values) =>
        Matrices.Of(values.GetLength(0), values.GetLength(1), (i, j) => (double)values[i, j]);
}
