namespace Gsr.Experiments.TCells;

/// <summary>
/// Where on a graph an example's activation lies: the mean position of the nodes that are active above their own mean,
/// c = Σ aᵢ pᵢ / Σ aᵢ with aᵢ = max(0, (zᵢ - mean zᵢ) / sd zᵢ). In units of each node's spread, since the scale of
/// activations is free, and above the mean, since so is their offset.
/// </summary>
/// <example><code>
/// double[] centroids = ActivationCentroid.Of(codes, NodeOrder.PositionsInLargestComponent(graph));
/// double moves = RankCorrelation.Spearman(centroids, trajectory);
/// </code></example>
public static class ActivationCentroid
{
    /// <summary>The centroid of each example.</summary>
    /// <param name="activations">[examples, nodes], finite; mean and spread of a node are taken over these examples.</param>
    /// <param name="positions">One per node, such as its place along a component, 0 .. 1; NaN leaves a node out.</param>
    /// <returns>
    /// One per example, within the range of the positions; of an example with no node above its mean, the mean position of the
    /// nodes. Nodes that do not vary count nowhere.
    /// </returns>
    /// <exception cref="ArgumentException">Sizes do not match, a value is not finite, or no varying node has a position.</exception>
    public static double[] Of(double[,] activations, IReadOnlyList<double> positions)
    {
        ArgumentNullException.ThrowIfNull(positions);
        var excess = ExcessActivations.Of(activations);
        var (examples, nodes) = (excess.GetLength(0), excess.GetLength(1));
        Arguments.Length(positions.Count, nodes, nameof(positions), "node");
        for (var i = 0; i < nodes; i++)
            if (double.IsInfinity(positions[i])) throw new ArgumentException($"positions[{i}] is {positions[i]}; give a finite place, or NaN for none.", nameof(positions));
        int[] used = [.. Enumerable.Range(0, nodes).Where(i => !double.IsNaN(positions[i]) && Varies(excess, i))];
        if (used.Length == 0) throw new ArgumentException("positions has none for a node that varies: no centroid is defined.", nameof(positions));

        var middle = used.Average(i => positions[i]);
        var centroids = new double[examples];
        for (var e = 0; e < examples; e++)
        {
            double weight = 0, moment = 0;
            foreach (var i in used)
            {
                weight += excess[e, i];
                moment += excess[e, i] * positions[i];
            }

            centroids[e] = weight > 0 ? moment / weight : middle;
        }

        return centroids;
    }

    // A node that varies lies above its mean in some example.
    private static bool Varies(double[,] excess, int node)
    {
        for (var e = 0; e < excess.GetLength(0); e++)
            if (excess[e, node] > 0) return true;
        return false;
    }
}
