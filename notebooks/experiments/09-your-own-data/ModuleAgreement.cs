using Gsr.Analysis.Metrics;

namespace Gsr.Experiments.OwnData;

/// <summary>How far networks trained from different seeds on the same samples find the same modules.</summary>
public static class ModuleAgreement
{
    /// <summary>
    /// For every pair of networks the mean |r| of the modules' activations under the one-to-one matching of largest sum. A
    /// module without a counterpart counts as 0, so that more modules alone raise nothing. A network of fewer than two modules
    /// tells no nodes apart and agrees with none: two single modules may correlate highly by luck.
    /// </summary>
    /// <param name="networks">The modules of each, on the same samples; at least two networks.</param>
    /// <returns>One value per pair (0, 1), (0, 2), .., 0 .. 1; 0 where one of the two has fewer than two modules.</returns>
    /// <exception cref="ArgumentException">There are fewer than two networks, or the numbers of samples differ.</exception>
    public static IReadOnlyList<double> Matched(IReadOnlyList<ModuleActivations> networks) => Pairs(networks, (a, b) =>
    {
        var similarity = new double[Math.Min(a.Count, b.Count), Math.Max(a.Count, b.Count)];
        var (few, many) = a.Count <= b.Count ? (a, b) : (b, a);
        for (var i = 0; i < few.Count; i++)
            for (var j = 0; j < many.Count; j++) similarity[i, j] = Math.Abs(Correlation(few.Values, i, many.Values, j));
        return Assignment.Best(similarity).Select((j, i) => similarity[i, j]).Sum() / many.Count;
    });

    /// <summary>
    /// For every pair of networks the adjusted Rand index of the samples' strongest modules; 0 where one of the two has fewer
    /// than two modules, and so divides nothing.
    /// </summary>
    /// <param name="networks">The modules of each, on the same samples; at least two networks.</param>
    /// <returns>One value per pair (0, 1), (0, 2), ..: 1 for the same partition of the samples, 0 on average for random ones.</returns>
    /// <exception cref="ArgumentException">There are fewer than two networks, or the numbers of samples differ.</exception>
    public static IReadOnlyList<double> OfStrongest(IReadOnlyList<ModuleActivations> networks) =>
        Pairs(networks, (a, b) => Partition.AdjustedRandIndex(a.Strongest(), b.Strongest()));

    private static IReadOnlyList<double> Pairs(IReadOnlyList<ModuleActivations> networks, Func<ModuleActivations, ModuleActivations, double> agreement)
    {
        ArgumentNullException.ThrowIfNull(networks);
        if (networks.Count < 2)
            throw new ArgumentException($"networks holds {networks.Count}; agreement needs at least 2: train from more seeds.", nameof(networks));
        var samples = networks[0].Values.GetLength(0);
        foreach (var network in networks)
        {
            if (network.Values.GetLength(0) == samples) continue;
            throw new ArgumentException(
                $"One network has {samples} samples and another {network.Values.GetLength(0)}; give the same samples to all.", nameof(networks));
        }

        return [..
            from i in Enumerable.Range(0, networks.Count)
            from j in Enumerable.Range(i + 1, networks.Count - i - 1)
            select networks[i].Count < 2 || networks[j].Count < 2 ? 0 : agreement(networks[i], networks[j])];
    }

    /// <summary>Columns are of mean 0 and variance 1 already, or 0.</summary>
    private static double Correlation(double[,] a, int i, double[,] b, int j)
    {
        double sum = 0;
        for (var s = 0; s < a.GetLength(0); s++) sum += a[s, i] * b[s, j];
        return Math.Clamp(sum / a.GetLength(0), -1, 1);
    }
}
