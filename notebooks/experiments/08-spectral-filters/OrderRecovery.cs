using Gsr.Analysis.Metrics;

namespace Gsr.Experiments.SpectralFilters;

/// <summary>
/// Does a layer on a ring or a path follow a manifold of one dimension in the data? Two things are asked: that each node is active
/// at the place on the manifold that its number says (<see cref="NodesOnRing"/>), and that for each example the nodes are active
/// where its place on the manifold says (<see cref="ExamplesOnRing"/>).
/// </summary>
/// <remarks>
/// Each alone may be had for nothing. A code made of two waves of a ring has its nodes in order for any angles of the examples, even
/// shuffled ones; a code that is a circle anywhere in space goes round under any numbering of the nodes. <see cref="OnRing"/> and
/// <see cref="OnPath"/> are the smaller of the two.
/// </remarks>
public static class OrderRecovery
{
    /// <summary>The smaller of <see cref="NodesOnRing"/> and <see cref="ExamplesOnRing"/>.</summary>
    /// <param name="activations">[examples, nodes], finite; at least 4 nodes and 4 examples.</param>
    /// <param name="angles">One per example, in radians, spread evenly over the circle.</param>
    /// <returns>0 .. 1: 1 where the activity goes round the ring as the angle goes round, either way.</returns>
    /// <exception cref="ArgumentException">Sizes do not match, a value is not finite, or there are fewer than 4 nodes or examples.</exception>
    public static double OnRing(double[,] activations, IReadOnlyList<double> angles) =>
        Math.Min(NodesOnRing(activations, angles), ExamplesOnRing(activations, angles));

    /// <summary>The smaller of <see cref="NodesOnPath"/> and <see cref="ExamplesOnPath"/>.</summary>
    /// <param name="activations">[examples, nodes], finite; at least 2 nodes and 2 examples.</param>
    /// <param name="positions">One per example, finite.</param>
    /// <returns>0 .. 1: 1 where the activity moves along the path with the position, either way.</returns>
    /// <exception cref="ArgumentException">Sizes do not match, a value is not finite, or there are fewer than 2 nodes or examples.</exception>
    public static double OnPath(double[,] activations, IReadOnlyList<double> positions) =>
        Math.Min(NodesOnPath(activations, positions), ExamplesOnPath(activations, positions));

    /// <summary>
    /// On a ring of N nodes, node i at 2πi/N: Mardia's r₀ of the nodes' places with their preferred angles
    /// (<see cref="PreferredPlace.OnCircle"/>), times (live / N)², so that a node without one agrees with nothing.
    /// </summary>
    /// <param name="activations">[examples, nodes], finite; at least 4 nodes.</param>
    /// <param name="angles">One per example, in radians, spread evenly over the circle.</param>
    /// <returns>0 .. 1: 1 where nodes peak in their circular order, wherever it starts and whichever way it turns.</returns>
    /// <exception cref="ArgumentException">Sizes do not match, a value is not finite, or there are fewer than 4 nodes.</exception>
    public static double NodesOnRing(double[,] activations, IReadOnlyList<double> angles)
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
    /// Mardia's r₀ of the examples' angles with the places on the ring that they light: the direction of Σᵢ dᵢ e^(2πi·i/N), with
    /// dᵢ the node's activation less its mean, in its standard deviations.
    /// </summary>
    /// <param name="activations">[examples, nodes], finite; at least 4 examples.</param>
    /// <param name="angles">One per example, in radians.</param>
    /// <returns>0 .. 1; 0 where no node varies.</returns>
    /// <exception cref="ArgumentException">Sizes do not match, a value is not finite, or there are fewer than 4 examples.</exception>
    public static double ExamplesOnRing(double[,] activations, IReadOnlyList<double> angles)
    {
        var (examples, nodes) = Arguments.Matrix(activations, nameof(activations));
        ArgumentNullException.ThrowIfNull(angles);
        var (cosines, sines) = (new double[examples], new double[examples]);
        for (var i = 0; i < nodes; i++)
        {
            var (mean, sd) = Spread(activations, i);
            if (sd <= 1e-12 * Math.Abs(mean)) continue;
            for (var e = 0; e < examples; e++)
            {
                cosines[e] += (activations[e, i] - mean) / sd * Math.Cos(2 * Math.PI * i / nodes);
                sines[e] += (activations[e, i] - mean) / sd * Math.Sin(2 * Math.PI * i / nodes);
            }
        }

        var agreement = CircularRankCorrelation.Mardia([.. cosines.Zip(sines, (c, s) => Math.Atan2(s, c))], [.. angles]);
        return double.IsNaN(agreement) ? 0 : agreement;
    }

    /// <summary>
    /// On a path: |Spearman| of the nodes' numbers with their preferred positions (<see cref="PreferredPlace.OnLine"/>), times
    /// live / N: 1 for the same order, either way.
    /// </summary>
    /// <param name="activations">[examples, nodes], finite; at least 2 nodes.</param>
    /// <param name="positions">One per example, finite.</param>
    /// <returns>0 .. 1.</returns>
    /// <exception cref="ArgumentException">Sizes do not match, a value is not finite, or there are fewer than 2 nodes.</exception>
    public static double NodesOnPath(double[,] activations, IReadOnlyList<double> positions)
    {
        var preferred = PreferredPlace.OnLine(activations, positions);
        int[] live = Live(preferred);
        if (preferred.Length < 2) throw new ArgumentException($"activations has {preferred.Length} nodes; an order needs at least 2.", nameof(activations));
        if (live.Length < 2) return 0;
        var agreement = Math.Abs(RankCorrelation.Spearman([.. live.Select(i => (double)i)], [.. live.Select(i => preferred[i])]));
        return double.IsNaN(agreement) ? 0 : agreement * live.Length / preferred.Length;
    }

    /// <summary>
    /// |Spearman| of the examples' positions with the moment Σᵢ dᵢ (i - (N - 1)/2) of their activity along the path, with dᵢ the
    /// node's activation less its mean, in its standard deviations.
    /// </summary>
    /// <param name="activations">[examples, nodes], finite; at least 2 examples.</param>
    /// <param name="positions">One per example, finite.</param>
    /// <returns>0 .. 1; 0 where no node varies.</returns>
    /// <exception cref="ArgumentException">Sizes do not match, a value is not finite, or there are fewer than 2 examples.</exception>
    public static double ExamplesOnPath(double[,] activations, IReadOnlyList<double> positions)
    {
        var (examples, nodes) = Arguments.Matrix(activations, nameof(activations));
        ArgumentNullException.ThrowIfNull(positions);
        var moments = new double[examples];
        for (var i = 0; i < nodes; i++)
        {
            var (mean, sd) = Spread(activations, i);
            if (sd <= 1e-12 * Math.Abs(mean)) continue;
            for (var e = 0; e < examples; e++) moments[e] += (activations[e, i] - mean) / sd * (i - ((nodes - 1) / 2.0));
        }

        var agreement = Math.Abs(RankCorrelation.Spearman(moments, [.. positions]));
        return double.IsNaN(agreement) ? 0 : agreement;
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
        var (examples, nodes) = Arguments.Matrix(activations, nameof(activations));
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

    private static (double Mean, double Sd) Spread(double[,] activations, int node)
    {
        var examples = activations.GetLength(0);
        double mean = 0, squares = 0;
        for (var e = 0; e < examples; e++) mean += activations[e, node] / examples;
        for (var e = 0; e < examples; e++) squares += (activations[e, node] - mean) * (activations[e, node] - mean);
        return (mean, Math.Sqrt(squares / examples));
    }

    private static int[] Live(double[] preferred) => [.. Enumerable.Range(0, preferred.Length).Where(i => !double.IsNaN(preferred[i]))];
}
