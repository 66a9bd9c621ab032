using MathNet.Numerics.LinearAlgebra;

namespace Gsr.Experiments.OwnData;

/// <summary>
/// Inputs with the same chance as the data, and no cells in them: the principal components of the inputs, each permuted
/// over the cells on its own, turned back. Means, covariance and each component's distribution stay; what components
/// have in common beyond it, such as types of cells, goes.
/// </summary>
/// <remarks>
/// Of genes shuffled one by one nothing is left but a flat spectrum, of which networks learn one module at most: a null
/// that cannot succeed.
/// </remarks>
public static class MatchedNull
{
    /// <summary>The null's inputs [cells, inputs].</summary>
    /// <param name="inputs">[cells, inputs], finite, at least two cells.</param>
    /// <param name="seed">Of the orders.</param>
    public static float[,] Of(float[,] inputs, int seed)
    {
        var (cells, count) = StandardColumns.Size(inputs, nameof(inputs));
        Arguments.AtLeast(cells, 2, nameof(inputs), "one cell cannot be permuted.");
        var means = new double[count];
        for (var i = 0; i < cells; i++)
            for (var j = 0; j < count; j++) means[j] += inputs[i, j] / (double)cells;
        Arguments.Finite(means, nameof(inputs));
        var axes = Axes(inputs, means);
        var (random, row) = (new Random(seed), new double[count]);
        int[] order = [.. Enumerable.Range(0, cells)];
        var scores = new float[cells, count];
        for (var i = 0; i < cells; i++)
        {
            for (var j = 0; j < count; j++) row[j] = inputs[i, j] - means[j];
            for (var c = 0; c < count; c++) scores[i, c] = (float)Dot(axes[c], row);
        }

        var permuted = new float[cells, count];
        for (var c = 0; c < count; c++)
        {
            random.Shuffle(order);
            for (var i = 0; i < cells; i++)
                for (var j = 0; j < count; j++) permuted[i, j] += (float)(axes[c][j] * scores[order[i], c]);
        }

        for (var i = 0; i < cells; i++)
            for (var j = 0; j < count; j++) permuted[i, j] += (float)means[j];
        return permuted;
    }

    /// <summary>The eigenvectors of the covariance.</summary>
    private static double[][] Axes(float[,] inputs, double[] means)
    {
        var count = means.Length;
        var covariance = new double[count, count];
        var row = new double[count];
        for (var i = 0; i < inputs.GetLength(0); i++)
        {
            for (var j = 0; j < count; j++) row[j] = inputs[i, j] - means[j];
            for (var j = 0; j < count; j++)
                for (var k = 0; k <= j; k++) covariance[j, k] += row[j] * row[k];
        }

        for (var j = 0; j < count; j++)
            for (var k = 0; k < j; k++) covariance[k, j] = covariance[j, k];
        var vectors = Matrix<double>.Build.DenseOfArray(covariance).Evd(Symmetricity.Symmetric).EigenVectors;
        return [.. vectors.EnumerateColumns().Select(axis => axis.ToArray())];
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
