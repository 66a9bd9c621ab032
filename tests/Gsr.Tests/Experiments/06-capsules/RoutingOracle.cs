namespace Gsr.Tests.Experiments.Capsules;

/// <summary>
/// Routing by agreement of one example as plain loops, as procedure 1 of Sabour, Frosst and Hinton 2017 is written.
/// </summary>
internal sealed class RoutingOracle(int below, int belowDimensions, int above, int dimensions, int iterations)
{
    /// <summary>
    /// s [above · dimensions] and the last couplings [below, above]; these are given where they are to be constants.
    /// </summary>
    public (double[] Sums, double[,] Couplings) Run(double[] u, double[] w, double[,]? fixedCouplings = null)
    {
        var logits = new double[below, above];
        var (sums, couplings) = (new double[above * dimensions], fixedCouplings ?? new double[below, above]);
        for (var r = 1; r <= iterations; r++)
        {
            if (fixedCouplings is null) couplings = Softmax(logits);
            for (var j = 0; j < above; j++)
            {
                for (var d = 0; d < dimensions; d++)
                {
                    sums[(j * dimensions) + d] = 0;
                    for (var i = 0; i < below; i++) sums[(j * dimensions) + d] += couplings[
                        i, j] * Prediction(u, w, i, j, d);
                }

                var square = Enumerable.Range(0, dimensions)
                    .Sum(d => sums[(j * dimensions) + d] * sums[(j * dimensions) + d]);
                var factor = Math.Sqrt(square) / (1 + square);
                for (var i = 0; i < below; i++)
                    logits[i, j] += Enumerable.Range(0, dimensions)
                        .Sum(d => Prediction(u, w, i, j, d) * factor * sums[(j * dimensions) + d]);
            }
        }

        return (sums, couplings);
    }

    private double[,] Softmax(double[,] logits)
    {
        var couplings = new double[below, above];
        for (var i = 0; i < below; i++)
        {
            var total = Enumerable.Range(0, above).Sum(j => Math.Exp(logits[i, j]));
            for (var j = 0; j < above; j++) couplings[i, j] = Math.Exp(logits[i, j]) / total;
        }

        return couplings;
    }

    private double Prediction(double[] u, double[] w, int i, int j, int d) => Enumerable.Range(0, belowDimensions)
        .Sum(k => u[(i * belowDimensions) + k] * w[
            (((i * belowDimensions) + k) * above * dimensions) + (j * dimensions) + d]);
}
