using MathNet.Numerics.LinearAlgebra;

namespace Gsr.Experiments.Disentanglement;

/// <summary>
/// Steps of the lasso's descent for features that nearly say the same, as the neurons that a graph ties: coordinate by coordinate
/// their weights would creep. Where no sign changes the objective is a quadratic form, whose minimum solves G w = c - λ sign(w)
/// over the weights that are not 0. A step towards it, no farther than to the first weight that becomes 0, lowers the objective;
/// it is followed by one with the weights that are left, until the minimum is reached.
/// </summary>
internal static class LassoOrthant
{
    /// <summary>Takes the steps, in place.</summary>
    /// <param name="correlations">G, positive definite.</param>
    /// <param name="products">c.</param>
    /// <param name="weights">w.</param>
    /// <param name="lambda">λ.</param>
    public static void Approach(double[,] correlations, double[] products, double[] weights, double lambda)
    {
        while (true)
        {
            int[] active = [.. Enumerable.Range(0, weights.Length).Where(j => weights[j] != 0)];
            if (active.Length == 0) return;
            var minimum = Minimum(correlations, products, weights, lambda, active);
            var (step, zero) = (1.0, -1);
            for (var a = 0; a < active.Length; a++)
            {
                var weight = weights[active[a]];
                if (Math.Sign(minimum[a]) == Math.Sign(weight)) continue;
                var reached = weight / (weight - minimum[a]);
                if (reached <= step) (step, zero) = (reached, active[a]);
            }

            for (var a = 0; a < active.Length; a++) weights[active[a]] += step * (minimum[a] - weights[active[a]]);
            if (zero < 0) return;
            weights[zero] = 0;
        }
    }

    private static Vector<double> Minimum(double[,] correlations, double[] products, double[] weights, double lambda, int[] active)
    {
        var matrix = Matrix<double>.Build.Dense(active.Length, active.Length, (a, b) => correlations[active[a], active[b]]);
        var right = Vector<double>.Build.Dense(active.Length, a => products[active[a]] - (lambda * Math.Sign(weights[active[a]])));
        return matrix.Cholesky().Solve(right);
    }
}
