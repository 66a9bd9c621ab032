namespace Gsr.Experiments.Subclusters;

/// <summary>Activations brought to a common scale, so that nodes and models of any scale and sign can be compared.</summary>
public static class NormalisedActivations
{
    /// <summary>
    /// Maps each node's activations to 0 .. 1: its low percentile to 0, its high one to 1, what lies beyond to the ends.
    /// Percentiles rather than the extremes, which single examples would set.
    /// </summary>
    /// <param name="activations">[examples, nodes], finite.</param>
    /// <param name="low">The share of examples below 0, default .01.</param>
    /// <param name="high">The share of examples below 1, default .99.</param>
    /// <returns>[examples, nodes]; a node that does not vary between the percentiles is 0 everywhere.</returns>
    /// <exception cref="ArgumentException">The matrix is empty or holds a value that is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The shares are not 0 ≤ low &lt; high ≤ 1.</exception>
    public static double[,] Of(double[,] activations, double low = 0.01, double high = 0.99)
    {
        var (examples, nodes) = Arguments.Matrix(activations, nameof(activations));
        if (!(low >= 0 && low < high && high <= 1))
            throw new ArgumentOutOfRangeException(nameof(low), low, $"low is {low} and high is {high}; they must be 0 ≤ low < high ≤ 1.");
        var normalised = new double[examples, nodes];
        var column = new double[examples];
        for (var node = 0; node < nodes; node++)
        {
            for (var i = 0; i < examples; i++) column[i] = activations[i, node];
            Array.Sort(column);
            var bottom = column[(int)Math.Round(low * (examples - 1))];
            var range = column[(int)Math.Round(high * (examples - 1))] - bottom;
            if (range <= 0) continue;
            for (var i = 0; i < examples; i++)
                normalised[i, node] = Math.Clamp((activations[i, node] - bottom) / range, 0, 1);
        }

        return normalised;
    }
}
