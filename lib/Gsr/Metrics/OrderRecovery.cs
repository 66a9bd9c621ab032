namespace Gsr.Metrics;

/// <summary>
/// Does the order of a layer's nodes along a ring or a path follow a manifold of one dimension in the data? Each node's place on
/// the graph is compared with the place on the manifold at which it is active (<see cref="PreferredPlace"/>).
/// </summary>
public static class OrderRecovery
{
    /// <summary>
    /// On a ring of N nodes, node i at 2πi/N: Mardia's r₀ of the places with the preferred angles, times (live / N)², so that a
    /// node that has no preferred angle agrees with nothing.
    /// </summary>
    /// <param name="activations">[examples, nodes], finite; at least 4 nodes.</param>
    /// <param name="angles">One per example, in radians, spread evenly over the circle.</param>
    /// <returns>0 .. 1: 1 where nodes peak in their circular order, wherever it starts and whichever way it turns.</returns>
    /// <exception cref="ArgumentException">Sizes do not match, a value is not finite, or there are fewer than 4 nodes.</exception>
    public static double OnRing(double[,] activations, IReadOnlyList<double> angles)
    {
        var preferred = PreferredPlace.OnCircle(activations, angles);
        int[] live = Live(preferred);
        if (preferred.Length < 4) throw new ArgumentException($"activations has {preferred.Length} nodes; a circular order needs at least 4.", nameof(activations));
        if (live.Length < 4) return 0;
        double[] places = [.. live.Select(i => 2 * Math.PI * i / preferred.Length)];
        var agreement = CircularRankCorrelation.Mardia(places, [.. live.Select(i => preferred[i])]);
        return double.IsNaN(agreement) ? 0 : agreement * live.Length * live.Length / preferred.Length / preferred.Length;
    }

    /// <summary>
    /// On a path: |Spearman| of the nodes' numbers with their preferred positions, times live / N: 1 for the same order, either way.
    /// </summary>
    /// <param name="activations">[examples, nodes], finite; at least 2 nodes.</param>
    /// <param name="positions">One per example, finite.</param>
    /// <returns>0 .. 1.</returns>
    /// <exception cref="ArgumentException">Sizes do not match, a value is not finite, or there are fewer than 2 nodes.</exception>
    public static double OnPath(double[,] activations, IReadOnlyList<double> positions)
    {
        var preferred = PreferredPlace.OnLine(activations, positions);
        int[] live = Live(preferred);
        if (preferred.Length < 2) throw new ArgumentException($"activations has {preferred.Length} nodes; an order needs at least 2.", nameof(activations));
        if (live.Length < 2) return 0;
        var agreement = Math.Abs(RankCorrelation.Spearman([.. live.Select(i => (double)i)], [.. live.Select(i => preferred[i])]));
        return double.IsNaN(agreement) ? 0 : agreement * live.Length / preferred.Length;
    }

    /// <summary>
    /// How much of the ring an example lights: the resultant length |Σ dᵢ² e^(2πi·i/N)| / Σ dᵢ² of its energy about its own mean,
    /// d = z - mean z; mean over examples. Near 1 for a bump on few neighbouring nodes, 0 for a wave that goes once round or more.
    /// </summary>
    /// <param name="activations">[examples, nodes], finite.</param>
    /// <returns>0 .. 1; examples that are constant do not count, and NaN where all are.</returns>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static double LocalisationOnRing(double[,] activations)
    {
        var (examples, nodes) = MetricArguments.Matrix(activations, nameof(activations));
        double sum = 0;
        var counted = 0;
        for (var e = 0; e < examples; e++)
        {
            double mean = 0, energy = 0, cosines = 0, sines = 0;
            for (var i = 0; i < nodes; i++) mean += activations[e, i] / nodes;
            for (var i = 0; i < nodes; i++)
            {
                var square = (activations[e, i] - mean) * (activations[e, i] - mean);
                energy += square;
                cosines += square * Math.Cos(2 * Math.PI * i / nodes);
                sines += square * Math.Sin(2 * Math.PI * i / nodes);
            }

            if (energy <= 1e-24 * nodes * mean * mean) continue;
            sum += Math.Sqrt((cosines * cosines) + (sines * sines)) / energy;
            counted++;
        }

        return counted == 0 ? double.NaN : sum / counted;
    }

    private static int[] Live(double[] preferred) => [.. Enumerable.Range(0, preferred.Length).Where(i => !double.IsNaN(preferred[i]))];
}
