using System.Globalization;
using Gsr.Analysis.Metrics;

namespace Gsr.Experiments.OwnData;

/// <summary>How far networks of different seeds find the same modules on the same samples.</summary>
public static class ModuleAgreement
{
    /// <summary>
    /// The mean |r| of the modules' activations under the one-to-one matching of largest sum, 0 .. 1. A module without
    /// a counterpart counts as 0, so that more modules alone raise nothing. NaN where a network has fewer than two
    /// modules: one module separates nothing, and two single ones may correlate highly by chance.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// There are fewer than two networks, or the numbers of samples differ.
    /// </exception>
    public static NetworkPairs Of(IReadOnlyList<ModuleActivations> networks)
    {
        foreach (var network in networks)
        {
            Arguments.Length(
                network.Values.GetLength(0), networks[0].Values.GetLength(0), nameof(networks), "sample of the first");
        }

        return NetworkPairs.Of(networks, (a, b) => Math.Min(a.Count, b.Count) < 2 ? double.NaN : Matched(a, b));
    }

    /// <summary>
    /// By how much the modules of the data's networks agree more than those of the nulls' networks, whose intervals are
    /// joined, √(a² + b²); NaN where no pair of a kind has two modules each.
    /// </summary>
    public static Estimate Beyond(TrainedModules data, params IReadOnlyList<TrainedModules> nulls)
    {
        Arguments.NotEmpty(nulls, nameof(nulls), "null");
        var (own, others) = (data.Agreement, nulls.Select(one => one.Agreement).ToArray());
        var difference = own.Mean - others.Average(one => one.Mean);
        var half = Math.Sqrt(Math.Pow(own.HalfInterval95, 2)
            + (others.Sum(one => Math.Pow(one.HalfInterval95, 2)) / Math.Pow(others.Length, 2)));
        return new(difference, difference - half, difference + half, string.Create(
            CultureInfo.InvariantCulture, $"{difference:+0.00;-0.00;0.00} ± {half:F2}"),
            $"{data.Seeds.Count} networks of each");
    }

    private static double Matched(ModuleActivations a, ModuleActivations b)
    {
        var (few, many) = a.Count <= b.Count ? (a, b) : (b, a);
        var similarity = new double[few.Count, many.Count];
        for (var i = 0; i < few.Count; i++)
        {
            for (var j = 0; j < many.Count; j++)
                similarity[i, j] = Math.Abs(Correlation(few.Values, i, many.Values, j));
        }

        return Assignment.Best(similarity).Select((j, i) => similarity[i, j]).Sum() / many.Count;
    }

    /// <summary>Columns are of mean 0 and variance 1 already, or 0.</summary>
    private static double Correlation(float[,] a, int i, float[,] b, int j)
    {
        double sum = 0;
        for (var s = 0; s < a.GetLength(0); s++) sum += (double)a[s, i] * b[s, j];
        return Math.Clamp(sum / a.GetLength(0), -1, 1);
    }
}
