namespace Gsr.Experiments.SpectralFilters;

/// <summary>Where on a manifold of one dimension each node is active: its tuning, reduced to one number.</summary>
public static class PreferredPlace
{
    /// <summary>
    /// The angle at which a node is most active, the phase of the first harmonic of its activation: φᵢ = arg Σₑ (zₑᵢ - mean zᵢ)
    /// e^(iθₑ). Neither the scale nor the offset of the node matters.
    /// </summary>
    /// <param name="activations">[examples, nodes], finite.</param>
    /// <param name="angles">One per example, in radians, spread evenly over the circle.</param>
    /// <returns>One per node in (-π, π]; NaN for a node that does not vary, or has no first harmonic.</returns>
    /// <exception cref="ArgumentException">Sizes do not match, or a value is not finite.</exception>
    public static double[] OnCircle(double[,] activations, IReadOnlyList<double> angles) => Of(activations, angles, (deviations, places) =>
    {
        double cosines = 0, sines = 0, size = 0;
        for (var e = 0; e < places.Count; e++)
        {
            cosines += deviations[e] * Math.Cos(places[e]);
            sines += deviations[e] * Math.Sin(places[e]);
            size += Math.Abs(deviations[e]);
        }

        // Below that, what is left is rounding of the sum.
        return Math.Sqrt((cosines * cosines) + (sines * sines)) > 1e-9 * size ? Math.Atan2(sines, cosines) : double.NaN;
    });

    /// <summary>
    /// The place on a line about which a node is active above its own mean: τᵢ = Σ aₑ tₑ / Σ aₑ with aₑ = max(0, zₑᵢ - mean zᵢ).
    /// </summary>
    /// <param name="activations">[examples, nodes], finite.</param>
    /// <param name="positions">One per example, finite.</param>
    /// <returns>One per node; NaN for a node that does not vary.</returns>
    /// <exception cref="ArgumentException">Sizes do not match, or a value is not finite.</exception>
    public static double[] OnLine(double[,] activations, IReadOnlyList<double> positions) => Of(activations, positions, (deviations, places) =>
    {
        double weight = 0, moment = 0;
        for (var e = 0; e < places.Count; e++)
        {
            weight += Math.Max(0, deviations[e]);
            moment += Math.Max(0, deviations[e]) * places[e];
        }

        return weight > 0 ? moment / weight : double.NaN;
    });

    private static double[] Of(double[,] activations, IReadOnlyList<double> places, Func<double[], IReadOnlyList<double>, double> place)
    {
        var (examples, nodes) = Arguments.Matrix(activations, nameof(activations));
        ArgumentNullException.ThrowIfNull(places);
        Arguments.Length(places.Count, examples, nameof(places), "example");
        foreach (var value in places)
            if (!double.IsFinite(value)) throw new ArgumentException($"places holds {value}; every example has a finite place.", nameof(places));

        var preferred = new double[nodes];
        var deviations = new double[examples];
        for (var i = 0; i < nodes; i++)
        {
            double mean = 0, largest = 0;
            for (var e = 0; e < examples; e++) mean += activations[e, i] / examples;
            for (var e = 0; e < examples; e++)
            {
                deviations[e] = activations[e, i] - mean;
                largest = Math.Max(largest, Math.Abs(deviations[e]));
            }

            // The mean of equal numbers may differ from them in the last digits.
            preferred[i] = largest > 1e-12 * Math.Abs(mean) ? place(deviations, places) : double.NaN;
        }

        return preferred;
    }
}
