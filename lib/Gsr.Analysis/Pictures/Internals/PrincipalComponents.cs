using MathNet.Numerics.LinearAlgebra;

namespace Gsr.Analysis.Pictures;

/// <summary>
/// The two directions of largest variance, from the eigenvectors of the covariance matrix C = (X - μ)ᵀ(X - μ) / (n -
/// 1).
/// </summary>
internal static class PrincipalComponents
{
    /// <summary>The covariance of so many features takes about ten seconds to decompose.</summary>
    private const int MaximalFeatures = 2048;

    /// <summary>The first two components.</summary>
    /// <param name="data">[n, features], finite, at least two examples, 2 to 2,048 features.</param>
    /// <returns>
    /// Each example's coordinates, [n, 2], centred, and each component's share of the total variance, 0 without any
    /// variance. The entry of largest magnitude of each direction is positive, so that signs are stable.
    /// </returns>
    internal static (double[,] Scores, double[] VarianceShares) Of(double[,] data)
    {
        var (n, features) = Arguments.Matrix(data, nameof(data));
        if (n < 2 || features is < 2 or > MaximalFeatures)
        {
            throw new ArgumentException(
                $"data is [{n}, {features}]; give at least 2 examples and 2 to {MaximalFeatures} features.",
                nameof(data));
        }

        var centred = Matrix<double>.Build.DenseOfArray(data);
        for (var j = 0; j < features; j++)
            centred.SetColumn(j, centred.Column(j) - centred.Column(j).Average());
        var decomposition = (centred.TransposeThisAndMultiply(centred) / (n - 1)).Evd(Symmetricity.Symmetric);

        // Eigenvalues come in ascending order; what lies below zero is rounding.
        double[] variances = [.. decomposition.EigenValues.Select(value => Math.Max(0, value.Real)).Reverse()];
        var total = variances.Sum();
        var directions = Matrix<double>.Build.Dense(features, 2,
            (i, k) => decomposition.EigenVectors[i, features - 1 - k]);
        for (var k = 0; k < 2; k++)
        {
            if (directions.Column(k)[directions.Column(k).AbsoluteMaximumIndex()] < 0)
                directions.SetColumn(k, -directions.Column(k));
        }
        return ((centred * directions).ToArray(),
            [.. variances.Take(2).Select(variance => total > 0 ? variance / total : 0)]);
    }
}
