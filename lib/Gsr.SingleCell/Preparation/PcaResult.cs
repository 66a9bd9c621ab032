namespace Gsr.SingleCell.Preparation;

/// <summary>
/// Principal components, by descending variance. In each one the loading of largest absolute value is positive.
/// Components beyond the rank of the data have variance 0, and their scores and loadings are 0.
/// </summary>
public sealed class PcaResult
{
    internal PcaResult(
        double[,] scores, double[,] loadings, double[] means, double[] variances, double totalVariance, double residual)
    {
        (Scores, Loadings, Means, Variances) = (scores, loadings, means, variances);
        (TotalVariance, Residual) = (totalVariance, residual);
        VarianceRatios = Array.ConvertAll(variances, variance => totalVariance > 0 ? variance / totalVariance : 0);
        for (var component = 0; component < variances.Length; component++) SetSign(component);
    }

    /// <summary>Number of components.</summary>
    public int Components => Variances.Count;

    /// <summary>Coordinates of the cells, [cells, components]: (x - mean)ᵀ loading; not a copy.</summary>
    public double[,] Scores { get; }

    /// <summary>Directions, [genes, components], orthonormal columns; not a copy.</summary>
    public double[,] Loadings { get; }

    /// <summary>Mean of each gene.</summary>
    public IReadOnlyList<double> Means { get; }

    /// <summary>Variance of the scores of each component, with n - 1 in the denominator.</summary>
    public IReadOnlyList<double> Variances { get; }

    /// <summary>Each component's share of <see cref="TotalVariance"/>.</summary>
    public IReadOnlyList<double> VarianceRatios { get; }

    /// <summary>Sum of the variances of all genes.</summary>
    public double TotalVariance { get; }

    /// <summary>
    /// ‖Sv - λv‖ / λ₁ of the component that converged least, with S the matrix whose eigenvectors were sought; 0 by the
    /// exact method, at most 1e-9 by Krylov's unless it ended after 2,000 products, whatever it came to by the
    /// randomised one.
    /// </summary>
    public double Residual { get; }

    /// <summary>For example "50 components of 2638 cells x 1838 genes, 12.3 % of the variance".</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Components} components of {Scores.GetLength(0)} cells x {Means.Count} genes, ")
        + FormattableString.Invariant($"{100 * VarianceRatios.Sum():0.#} % of the variance");

    /// <summary>Whether the loading of largest absolute value is negative.</summary>
    internal static bool PointsDown(double[,] loadings, int component)
    {
        var peak = 0;
        // By a margin, so that loadings that are equal but for rounding do not decide the sign.
        for (var gene = 1; gene < loadings.GetLength(0); gene++)
        {
            if (Math.Abs(loadings[gene, component]) > Math.Abs(loadings[peak, component]) * (1 + 1e-6)) peak = gene;
        }
        return loadings[peak, component] < 0;
    }

    private void SetSign(int component)
    {
        if (!PointsDown(Loadings, component)) return;
        for (var gene = 0; gene < Means.Count; gene++) Loadings[gene, component] = -Loadings[gene, component];
        for (var cell = 0; cell < Scores.GetLength(0); cell++)
            Scores[cell, component] = -Scores[cell, component];
    }
}
