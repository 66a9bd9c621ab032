using Gsr.Analysis.Metrics;

namespace Gsr.Experiments.OwnData;

/// <summary>
/// How far networks of different seeds find the same modules on the same samples; one value per pair of networks (0,
/// 1), (0, 2), .. A network of fewer than two modules separates nothing and agrees with none, 0: two single modules may
/// correlate highly by chance.
/// </summary>
public static class ModuleAgreement
{
    /// <summary>
    /// The mean |r| of the modules' activations under the one-to-one matching of largest sum, 0 .. 1. A module without
    /// a counterpart counts as 0, so that more modules alone raise nothing.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// There are fewer than two networks, or the numbers of samples differ.
    /// </exception>
    public static IReadOnlyList<double> Matched(IReadOnlyList<ModuleActivations> networks) => Pairs(networks, (a, b) =>
    {
        var similarity = new double[Math.Min(a.Count, b.Count), Math.Max(a.Count, b.Count)];
        var (few, many) = a.Count <= b.Count ? (a, b) : (b, a);
        for (var i = 0; i < few.Count; i++)
        {
            for (var j = 0; j < many.Count; j++)
                similarity[i, j] = Math.Abs(Correlation(few.Values, i, many.Values, j));
        }

        return Assignment.Best(similarity).Select((j, i) => similarity[i, j]).Sum() / many.Count;
    });

    /// <summary>
    /// The adjusted Rand index of the samples' strongest modules: 1 for the same partition, 0 for random ones.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// There are fewer than two networks, or the numbers of samples differ.
    /// </exception>
    public static IReadOnlyList<double> OfStrongest(IReadOnlyList<ModuleActivations> networks) =>
        Pairs(networks, (a, b) => Partition.AdjustedRandIndex(a.Strongest(), b.Strongest()));

    private static double[] Pairs(
        IReadOnlyList<ModuleActivations> networks, Func<ModuleActivations, ModuleActivations, double> agreement)
    {
        Arguments.AtLeast(networks.Count, 2, nameof(networks), "agreement needs at least 2: train from more seeds.");
        foreach (var network in networks)
        {
            Arguments.Length(
                network.Values.GetLength(0), networks[0].Values.GetLength(0), nameof(networks), "sample of the first");
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
