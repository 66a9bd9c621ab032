using System.Numerics;
using Gsr.Analysis;

namespace Gsr.Experiments;

/// <summary>
/// Where on a graph an example's activation lies: the mean position of the nodes that are active above their own mean,
/// c = Σ aᵢ pᵢ / Σ aᵢ with aᵢ = max(0, (zᵢ - mean zᵢ) / sd zᵢ). In units of each node's standard deviation, since the
/// scale of activations is free, and above the mean, since so is their offset.
/// </summary>
public static class ActivationCentroid
{
    /// <summary>
    /// The centroid of each example of activations [examples, nodes], from a position per node, such as its place along
    /// a component, 0 .. 1; NaN leaves a node out, and so are nodes that do not vary. An example with no node above its
    /// mean has the mean position of the nodes.
    /// </summary>
    /// <exception cref="ArgumentException">Sizes do not match, or no varying node has a position.</exception>
    public static double[] Of<T>(T[,] activations, IReadOnlyList<double> positions)
        where T : struct, IFloatingPointIeee754<T>
    {
        var excess = ExcessActivations.Of(activations);
        var (examples, nodes) = (excess.GetLength(0), excess.GetLength(1));
        Arguments.Length(positions.Count, nodes, nameof(positions), "node");
        // A node that varies lies above its mean in some example.
        int[] used = [.. Enumerable.Range(0, nodes)
            .Where(i => !double.IsNaN(positions[i]) && excess.Column(i).Any(value => value > T.Zero))];
        Arguments.NotEmpty(used, nameof(positions), "position of a node that varies");

        var middle = used.Average(i => positions[i]);
        var centroids = new double[examples];
        for (var e = 0; e < examples; e++)
        {
            double weight = 0, moment = 0;
            foreach (var i in used)
            {
                var active = double.CreateChecked(excess[e, i]);
                weight += active;
                moment += active * positions[i];
            }

            centroids[e] = weight > 0 ? moment / weight : middle;
        }

        return centroids;
    }
}
