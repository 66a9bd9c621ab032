using System.Numerics;

namespace Gsr.Experiments;

/// <summary>
/// Activations above each node's mean, in units of its standard deviation: what is active, in a code of any offset and
/// scale.
/// </summary>
public static class ExcessActivations
{
    /// <summary>
    /// a = max(0, (z - mean) / sd) of activations [examples, nodes], node by node, with the standard deviation of the
    /// examples (n); 0 everywhere for a node that does not vary. Computed in double, kept in the type of the input.
    /// </summary>
    /// <exception cref="ArgumentException">The matrix is empty or holds a value that is not finite.</exception>
    public static T[,] Of<T>(T[,] activations)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(activations);
        var (examples, nodes) = (activations.GetLength(0), activations.GetLength(1));
        Arguments.Require(examples > 0 && nodes > 0, nameof(activations),
            $"activations is {examples}x{nodes}; give at least one row and one column.");
        var excess = new T[examples, nodes];
        for (var node = 0; node < nodes; node++)
        {
            // Shifted by the first example, so that a node that does not vary is exactly 0.
            var origin = Value(0, node);
            double sum = 0, squares = 0;
            for (var e = 0; e < examples; e++)
            {
                var value = Value(e, node) - origin;
                sum += value;
                squares += value * value;
            }

            var mean = sum / examples;
            var variance = (squares / examples) - (mean * mean);
            if (!(variance > 0)) continue;
            var scale = 1 / Math.Sqrt(variance);
            for (var e = 0; e < examples; e++)
                excess[e, node] = T.CreateChecked(Math.Max(0, (Value(e, node) - origin - mean) * scale));
        }

        return excess;

        double Value(int example, int node)
        {
            var value = double.CreateChecked(activations[example, node]);
            Arguments.Require(double.IsFinite(value), nameof(activations),
                $"activations[{example}, {node}] is {value}; every value must be finite.");
            return value;
        }
    }
}
