using Gsr.Graphs;

namespace Gsr.Analysis.Metrics;

/// <summary>What the metrics of a signal share.</summary>
internal static class NodeSignal
{
    /// <summary>
    /// z = x - mean(x), up to a positive factor that Moran's I and Geary's C do not see. The factor makes the largest
    /// 1, so that no square under- or overflows; a constant signal gives exact zeros, not the rounding of its mean.
    /// </summary>
    internal static double[] Deviations(FeatureGraph graph, ReadOnlySpan<double> signal)
    {
        Arguments.Signal(signal, graph.NodeCount, nameof(signal));
        var deviations = new double[signal.Length];
        if (!signal.ContainsAnyExcept(signal[0]))
            return deviations;

        double mean = 0, largest = 0;
        for (int i = 0; i < signal.Length; i++)
            mean += signal[i] / signal.Length;
        for (int i = 0; i < signal.Length; i++)
        {
            // Halves, because the difference of two finite values need not be finite.
            deviations[i] = (signal[i] / 2) - (mean / 2);
            largest = Math.Max(largest, Math.Abs(deviations[i]));
        }
        for (int i = 0; i < signal.Length && largest > 0; i++)
            deviations[i] /= largest;
        return deviations;
    }
}
