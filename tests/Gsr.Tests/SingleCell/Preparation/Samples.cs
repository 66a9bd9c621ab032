using Gsr.SingleCell;

namespace Gsr.Tests.SingleCell.Preparation;

/// <summary>Small matrices written out in the tests, and random ones in both forms.</summary>
internal static class Samples
{
    public static AnnotatedMatrix Of(string[] genes, params float[][] cells) => new(
        new DenseMatrix(cells.Length, genes.Length, [.. cells.SelectMany(row => row)]),
        new AnnotationTable(Enumerable.Range(0, cells.Length).Select(i => $"cell{i}")),
        new AnnotationTable(genes));

    public static AnnotatedMatrix Sparse(this AnnotatedMatrix matrix) =>
        matrix.WithValues(RandomMatrix.Sparse((DenseMatrix)matrix.Values));

    /// <summary>The same random counts in both forms.</summary>
    public static AnnotatedMatrix[] Both(int seed, int cells, int genes, double density)
    {
        var dense = RandomMatrix.Annotated(RandomMatrix.Dense(new Random(seed), cells, genes, density));
        return [dense, dense.Sparse()];
    }

    public static double[] Row(this ExpressionMatrix matrix, int row) =>
        [.. Enumerable.Range(0, matrix.Columns).Select(column => (double)matrix[row, column])];

    public static double[] ColumnOf(this ExpressionMatrix matrix, int column) =>
        Array.ConvertAll(matrix.Column(column), v => (double)v);

    public static double Variance(this IReadOnlyCollection<double> values)
    {
        double mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1);
    }

    public static void Near(IEnumerable<double> expected, IEnumerable<double> actual, double tolerance)
    {
        double[] wanted = [.. expected], found = [.. actual];
        Assert.Equal(wanted.Length, found.Length);
        for (int i = 0; i < wanted.Length; i++)
        {
            Assert.True(
                Math.Abs(wanted[i] - found[i]) <= tolerance || (double.IsNaN(wanted[i]) && double.IsNaN(found[i])),
                $"value {i} is {found[i]:R}; expected {wanted[i]:R}");
        }
    }

    /// <summary>A file of GSR_DATA; skips the test, in sight, where that is not set.</summary>
    public static string RealFile(string path)
    {
        string? folder = Environment.GetEnvironmentVariable("GSR_DATA");
        if (string.IsNullOrEmpty(folder)) Assert.Skip("GSR_DATA is not set: the real single-cell files were not read.");
        return Path.Combine(folder, path);
    }
}
