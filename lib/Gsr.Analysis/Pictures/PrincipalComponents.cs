using MathNet.Numerics.LinearAlgebra;

namespace Gsr.Analysis.Pictures;

/// <summary>
/// The directions of largest variance of a data matrix, from the eigenvectors of its covariance matrix
/// C = (X - μ)ᵀ(X - μ) / (n - 1).
/// </summary>
public sealed class PrincipalComponents
{
    /// <summary>The covariance of so many features is decomposed in about ten seconds; more belong to another method.</summary>
    private const int MaximalFeatures = 2048;

    private PrincipalComponents(double[,] scores, double[,] directions, double[] shares) =>
        (Scores, Directions, VarianceShares) = (scores, directions, Array.AsReadOnly(shares));

    /// <summary>[n, components]: each example's coordinates, centred.</summary>
    public double[,] Scores { get; }

    /// <summary>
    /// [features, components]: unit vectors in columns; the entry of largest magnitude is positive, so that signs are stable.
    /// </summary>
    public double[,] Directions { get; }

    /// <summary>Each component's share of the total variance, descending; 0 for data without any variance.</summary>
    public IReadOnlyList<double> VarianceShares { get; }

    /// <summary>The leading components of a matrix.</summary>
    /// <param name="data">[n, features], finite, at least two examples, at most 2,048 features.</param>
    /// <param name="components">How many, from 1 to the number of features; 2 by default.</param>
    /// <exception cref="ArgumentException">A size or a value is out of these bounds.</exception>
    /// <example><code>PrincipalComponents.Of(codes).VarianceShares[0]</code></example>
    public static PrincipalComponents Of(double[,] data, int components = 2)
    {
        ArgumentNullException.ThrowIfNull(data);
        int n = data.GetLength(0), features = data.GetLength(1);
        if (n < 2 || features is < 1 or > MaximalFeatures)
        {
            throw new ArgumentException(
                $"data is [{n}, {features}]; give at least 2 examples and 1 to {MaximalFeatures} features.", nameof(data));
        }
        if (components < 1 || components > features)
        {
            throw new ArgumentOutOfRangeException(nameof(components), components,
                $"components is {components}; choose 1 to {features}, the number of features.");
        }
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < features; j++)
            {
                if (!double.IsFinite(data[i, j]))
                    throw new ArgumentException($"data[{i}, {j}] is {data[i, j]}; every value is finite.", nameof(data));
            }
        }

        var centred = Matrix<double>.Build.DenseOfArray(data);
        for (int j = 0; j < features; j++)
            centred.SetColumn(j, centred.Column(j) - centred.Column(j).Average());
        var decomposition = (centred.TransposeThisAndMultiply(centred) / (n - 1)).Evd(Symmetricity.Symmetric);

        // Eigenvalues come in ascending order; what lies below zero is rounding.
        double[] variances = [.. decomposition.EigenValues.Select(value => Math.Max(0, value.Real)).Reverse()];
        double total = variances.Sum();
        var directions = Matrix<double>.Build.Dense(features, components,
            (i, k) => decomposition.EigenVectors[i, features - 1 - k]);
        for (int k = 0; k < components; k++)
        {
            if (directions.Column(k)[directions.Column(k).AbsoluteMaximumIndex()] < 0)
                directions.SetColumn(k, -directions.Column(k));
        }
        return new PrincipalComponents((centred * directions).ToArray(), directions.ToArray(),
            [.. variances.Take(components).Select(variance => total > 0 ? variance / total : 0)]);
    }
}
