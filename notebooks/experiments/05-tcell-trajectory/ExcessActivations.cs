namespace Gsr.Experiments.TCells;

/// <summary>
/// Activations above each node's mean, in units of its standard deviation: what is active, in a code of any offset and
/// scale.
/// </summary>
public static class ExcessActivations
{
    /// <summary>
    /// a = max(0, (z - mean) / sd) of activations [examples, nodes], node by node, with the standard deviation of the
    /// examples (n); 0 everywhere for a node that does not vary.
    /// </summary>
    /// <exception cref="ArgumentException">The matrix is empty or holds a value that is not finite.</exception>
    public static double[,] Of(double[,] activations)
    {
        var (examples, nodes) = Arguments.Matrix(activations, nameof(activations));
        var excess = new double[examples, nodes];
        for (var node = 0; node < nodes; node++)
        {
            // Shifted by the first example, so that a node that does not vary is exactly 0.
            var origin = activations[0, node];
            double sum = 0, squares = 0;
            for (var e = 0; e < examples; e++)
            {
                var value = activations[e, node] - origin;
                sum += value;
                squares += value * value;
            }

            var mean = sum / examples;
            var variance = (squares / examples) - (mean * mean);
            if (!(variance > 0)) continue;
            var scale = 1 / Math.Sqrt(variance);
            for (var e = 0; e < examples; e++)
                excess[e, node] = Math.Max(0, (activations[e, node] - origin - mean) * scale);
        }

        return excess;
    }
}
