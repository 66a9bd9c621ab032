namespace Gsr.Experiments.GridMaps;

/// <summary>The most active nodes of a layer for one example (paper, figure of E2: 7 of 64 cells).</summary>
public static class TopCells
{
    /// <summary>The indices of the most active share of nodes.</summary>
    /// <param name="activations">One finite value per node.</param>
    /// <param name="share">Of all nodes, above 0 and at most 1; 0.1, the paper's, by default.</param>
    /// <returns>ceil(share · N) node indices, the most active first; of equal values the lower index first.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="activations"/> is empty or a value is not finite.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="share"/> is not in (0, 1].</exception>
    public static int[] Of(ReadOnlySpan<double> activations, double share = 0.1)
    {
        if (activations.IsEmpty)
            throw new ArgumentException("activations holds 0 values; give one per node.", nameof(activations));
        if (!(share > 0 && share <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share,
                $"share is {share}; choose above 0 and at most 1.");
        }
        Arguments.Signal(activations, activations.Length, nameof(activations));

        // 0.1 · 30 is a little above 3 in binary; without the slack it would round up to 4 cells.
        int count = Math.Max(1, (int)Math.Ceiling((share * activations.Length) - 1e-9));
        double[] values = activations.ToArray();
        return [.. Enumerable.Range(0, values.Length).OrderByDescending(i => values[i]).ThenBy(i => i).Take(count)];
    }
}
