namespace Gsr.Metrics;

/// <summary>
/// The effective dimension (participation ratio) of activations, (Σλ)² / Σλ² over the eigenvalues λ of their
/// covariance: N for N independent nodes of equal variance, 1 where all move together.
/// </summary>
public static class EffectiveDimension
{
    /// <summary>From the eigenvalues of a covariance.</summary>
    /// <param name="eigenvalues">Finite and non-negative, but for rounding; in any order.</param>
    /// <returns>0 where all are zero (or there are none), else 1 .. their number.</returns>
    /// <exception cref="ArgumentException">An eigenvalue is negative or not finite.</exception>
    public static double OfEigenvalues(ReadOnlySpan<double> eigenvalues)
    {
        double largest = 0;
        foreach (double value in eigenvalues)
            largest = Math.Max(largest, Math.Abs(value));
        double sum = 0, squares = 0;
        for (int k = 0; k < eigenvalues.Length; k++)
        {
            if (!double.IsFinite(eigenvalues[k]) || eigenvalues[k] < -1e-9 * largest)
            {
                throw new ArgumentException(
                    $"eigenvalues[{k}] is {eigenvalues[k]}; a covariance has finite, non-negative eigenvalues.",
                    nameof(eigenvalues));
            }
            sum += eigenvalues[k];
            squares += eigenvalues[k] * eigenvalues[k];
        }
        return squares == 0 ? 0 : sum * sum / squares;
    }

    /// <summary>
    /// From activations, as (tr C)² / tr C² of their covariance C, which is the same and needs no eigenvalues.
    /// </summary>
    /// <param name="activations">[examples, nodes], finite.</param>
    /// <returns>0 where no node varies, else 1 .. min(nodes, examples - 1).</returns>
    /// <exception cref="ArgumentException">The matrix is empty or an entry is not finite.</exception>
    public static double OfActivations(double[,] activations)
    {
        var (examples, nodes) = Arguments.Matrix(activations, nameof(activations));
        double[,] centred = Centred(activations, examples, nodes);
        double trace = 0, squares = 0;
        for (int i = 0; i < nodes; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double product = 0;
                for (int e = 0; e < examples; e++)
                    product += centred[e, i] * centred[e, j];
                trace += i == j ? product : 0;
                squares += (i == j ? 1 : 2) * product * product;
            }
        }
        return squares == 0 ? 0 : trace * trace / squares;
    }

    private static double[,] Centred(double[,] activations, int examples, int nodes)
    {
        var centred = new double[examples, nodes];
        for (int j = 0; j < nodes; j++)
        {
            // Shifting by the first example keeps a constant node exactly zero.
            double mean = 0;
            for (int e = 0; e < examples; e++)
                mean += (activations[e, j] - activations[0, j]) / examples;
            for (int e = 0; e < examples; e++)
                centred[e, j] = activations[e, j] - activations[0, j] - mean;
        }
        return centred;
    }
}
