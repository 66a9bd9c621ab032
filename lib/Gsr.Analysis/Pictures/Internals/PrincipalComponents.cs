using MathNet.Numerics.LinearAlgebra;

namespace Gsr.Analysis.Pictures;

/// <summary>The two directions of largest variance: eigenvectors of the covariance (X - μ)ᵀ(X - μ) / (n - 1).</summary>
internal static class PrincipalComponents
{
    /// <summary>The covariance of so many features takes about ten seconds to decompose.</summary>
    private const int MaximalFeatures = 2048;

    /// <summary>
    /// The coordinates [n, 2] of data [n, features], centred, and each component's share of the total variance, 0
    /// without any. The entry of largest magnitude of each direction is positive, so that signs are stable.
    /// </summary>
    internal static (double[,] Scores, double[] VarianceShares) Of(double[,] data)
    {
        var (n, features) = Arguments.Matrix(data, nameof(data));
        Arguments.Require(n >= 2 && features is >= 2 and <= MaximalFeatures, nameof(data),
            $"data is [{n}, {features}]; give at least 2 examples and 2 to {MaximalFeatures} features.");

        var centred = Matrix<double>.Build.DenseOfArray(data);
        for (var j = 0; j < features; j++)
            centred.SetColumn(j, centred.Column(j) - centred.Column(j).Average());
        var decomposition = (centred.TransposeThisAndMultiply(centred) / (n - 1)).Evd(Symmetricity.Symmetric);

        // Eigenvalues come in ascending order; what lies below zero is rounding.
        double[] variances = [.. decomposition.EigenValues.Select(value => Math.Max(0, value.Real)).Reverse()];
        var total = variances.Sum();
        var directions = Matrix<double>.Build.Dense(features, 2,
            (i, k) => decomposition.EigenVectors[i, features - 1 - k]);
        foreach (var (k, direction) in directions.EnumerateColumns().Index().ToArray())
            if (direction[direction.AbsoluteMaximumIndex()] < 0) directions.SetColumn(k, -direction);
        return ((centred * directions).ToArray(),
            [.. variances.Take(2).Select(variance => total > 0 ? variance / total : 0)]);
    }
}
