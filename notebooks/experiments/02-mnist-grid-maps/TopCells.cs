namespace Gsr.Experiments.GridMaps;

/// <summary>The most active nodes of a layer for one example (MNIST figure: 7 of 64 cells).</summary>
public static class TopCells
{
    /// <summary>
    /// The indices of the most active tenth of the nodes, ⌈N / 10⌉ of them, the most active first; of equal values the
    /// lower index first.
    /// </summary>
    public static int[] Of(double[] activations) =>
    [
        .. Enumerable.Range(0, activations.Length).OrderByDescending(i => activations[i])
            .Take((activations.Length + 9) / 10),
    ];
}
