using Gsr.Graphs;

namespace Gsr.Experiments.Costs;

/// <summary>How smooth a signal is on a graph, without a null model.</summary>
public static class Smoothness
{
    /// <summary>
    /// xᵀLx / xᵀx of the combinatorial Laplacian, scale-free, 0 .. λmax; <see cref="Laplacian"/> has the others.
    /// </summary>
    /// <param name="graph">The graph of L.</param>
    /// <param name="signal">One finite value per node.</param>
    /// <returns>The quotient: 0 for a constant signal, NaN for the zero signal.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="signal"/> has another length or a value that is not finite.
    /// </exception>
    public static double RayleighQuotient(FeatureGraph graph, ReadOnlySpan<double> signal)
    {
        Check(graph, signal);
        double energy = 0, differences = 0;
        foreach (double value in signal)
            energy += value * value;
        foreach (var (i, j, w) in graph.Edges)
            differences += w * (signal[i] - signal[j]) * (signal[i] - signal[j]);
        return differences / energy;
    }

    /// <summary>
    /// Σ w |xᵢ - xⱼ| over edges: low for maps that are constant in pieces, whatever the height of their steps.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="signal">One finite value per node.</param>
    /// <returns>The total variation; 0 for a constant signal and without edges.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="signal"/> has another length or a value that is not finite.
    /// </exception>
    public static double TotalVariation(FeatureGraph graph, ReadOnlySpan<double> signal)
    {
        Check(graph, signal);
        double sum = 0;
        foreach (var (i, j, w) in graph.Edges)
            sum += w * Math.Abs(signal[i] - signal[j]);
        return sum;
    }

    /// <summary>
    /// The share of a signal's energy in the lowest graph frequencies, Σₖ≤K x̂ₖ² / Σ x̂ₖ²: 1 for a low-pass signal,
    /// K/N on average for white noise.
    /// </summary>
    /// <remarks>
    /// The mean of the signal is in the lowest frequency; subtract it first where only the shape counts. Where K cuts
    /// through equal eigenvalues the share depends on the choice of their basis.
    /// </remarks>
    /// <param name="spectrum">Of the graph's Laplacian; compute it once for many signals.</param>
    /// <param name="signal">One finite value per node.</param>
    /// <param name="lowest">K, the number of frequencies, 1 to N.</param>
    /// <returns>A share in 0 .. 1; NaN for the zero signal.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="signal"/> has another length or a value that is not finite.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lowest"/> is not in 1 .. N.</exception>
    public static double SpectralConcentration(GraphSpectrum spectrum, ReadOnlySpan<double> signal, int lowest)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        Check(spectrum.Laplacian.Graph, signal);
        if (lowest < 1 || lowest > signal.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(lowest), lowest,
                $"lowest is {lowest}; choose 1 to {signal.Length}, the number of frequencies.");
        }
        double[] energies = [.. spectrum.Transform(signal).Select(coefficient => coefficient * coefficient)];
        return energies.Take(lowest).Sum() / energies.Sum();
    }

    private static void Check(FeatureGraph graph, ReadOnlySpan<double> signal)
    {
        ArgumentNullException.ThrowIfNull(graph);
        Arguments.Signal(signal, graph.NodeCount, nameof(signal));
    }
}
