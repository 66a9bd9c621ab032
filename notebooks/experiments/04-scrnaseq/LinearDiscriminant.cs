using Gsr.Analysis;
using MathNet.Numerics.LinearAlgebra;

namespace Gsr.Experiments.ScRnaSeq;

/// <summary>
/// Linear discriminant analysis with equal priors (Fisher 1936): a cell is of the class of largest
/// μᵀS⁻¹x - ½ μᵀS⁻¹μ, with μ the class's mean and S the covariance within classes, both of the training cells.
/// </summary>
public static class LinearDiscriminant
{
    /// <summary>
    /// The mean over classes of the share of their cells that are told right, each cell by the others' folds;
    /// 1 / classes by chance. Folds are drawn within each class. There may be no feature.
    /// </summary>
    /// <param name="features">[cells, features].</param>
    /// <param name="classes">The class of each cell, from 0, every one with at least as many cells as folds.</param>
    /// <param name="folds">Parts that are told in turn; default 5.</param>
    /// <exception cref="ArgumentException">Sizes differ, or a class has fewer cells than folds.</exception>
    public static double BalancedAccuracy(double[,] features, IReadOnlyList<int> classes, int folds = 5)
    {
        var (cells, count) = (features.GetLength(0), features.GetLength(1));
        Arguments.Length(classes.Count, cells, nameof(classes), "cell");
        int[][] members = [.. Enumerable.Range(0, classes.Max() + 1).Select(c =>
            Enumerable.Range(0, cells).Where(cell => classes[cell] == c).Shuffled(new Random(c)))];
        Arguments.Require(members.All(own => own.Length >= folds), nameof(classes),
            $"classes has one of {members.Min(own => own.Length)} cells; {folds} folds need as many in each.");
        if (count == 0) return 1.0 / members.Length;

        var right = new double[members.Length];
        for (var fold = 0; fold < folds; fold++)
        {
            var tell = Fit(features, [.. members.Select(own => own.Where((_, i) => i % folds != fold).ToArray())]);
            for (var c = 0; c < members.Length; c++)
                right[c] += members[c].Where((_, i) => i % folds == fold).Count(cell => tell(features.Row(cell)) == c);
        }

        return right.Zip(members, (hits, own) => hits / own.Length).Average();
    }

    private static Func<double[], int> Fit(double[,] features, int[][] members)
    {
        var count = features.GetLength(1);
        var within = Matrix<double>.Build.Dense(count, count);
        var means = members.Select(own =>
        {
            var values = Matrix<double>.Build.DenseOfArray(features.SelectRows(own));
            var mean = values.ColumnSums() / own.Length;
            var centred = Matrix<double>.Build.Dense(own.Length, count, (i, j) => values[i, j] - mean[j]);
            within += centred.TransposeThisAndMultiply(centred);
            return mean;
        }).ToArray();
        within /= members.Sum(own => own.Length);
        // A little of the mean variance on the diagonal, where features are copies of each other.
        var ridge = 1e-6 * within.Trace() / count + double.Epsilon;
        var solver = (within + (ridge * Matrix<double>.Build.DenseIdentity(count))).Cholesky();
        var weights = means.Select(mean => solver.Solve(mean)).ToArray();
        var offsets = means.Zip(weights, (mean, weight) => -0.5 * mean.DotProduct(weight)).ToArray();
        return row =>
        {
            var cell = Vector<double>.Build.Dense(row);
            return Enumerable.Range(0, weights.Length).MaxBy(c => weights[c].DotProduct(cell) + offsets[c]);
        };
    }
}
