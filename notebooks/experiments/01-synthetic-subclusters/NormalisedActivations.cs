namespace Gsr.Experiments.Subclusters;

/// <summary>Activations on a common scale, so that nodes and models of any scale and sign can be compared.</summary>
public static class NormalisedActivations
{
    /// <summary>
    /// Maps each node's activations [examples, nodes] to 0 .. 1: the 1st percentile of the examples to 0, the 99th to
    /// 1, what lies beyond to the ends. Percentiles rather than the extremes, which single examples would set. A node
    /// that does not vary between them is 0 everywhere.
    /// </summary>
    /// <exception cref="ArgumentException">The matrix is empty or holds a value that is not finite.</exception>
    public static double[,] Of(double[,] activations)
    {
        var (examples, nodes) = Arguments.Matrix(activations, nameof(activations));
        var normalised = new double[examples, nodes];
        var column = new double[examples];
        for (var node = 0; node < nodes; node++)
        {
            for (var i = 0; i < examples; i++) column[i] = activations[i, node];
            Array.Sort(column);
            var bottom = column[(int)Math.Round(0.01 * (examples - 1))];
            var range = column[(int)Math.Round(0.99 * (examples - 1))] - bottom;
            if (range <= 0) continue;
            for (var i = 0; i < examples; i++)
                normalised[i, node] = Math.Clamp((activations[i, node] - bottom) / range, 0, 1);
        }

        return normalised;
    }
}
