using System.Globalization;

namespace Gsr.Experiments.OwnData;

/// <summary>
/// One number for each pair of networks, (0, 1), (0, 2), .., (1, 2), ..; NaN where a pair has none. Pairs share
/// networks, so the interval of their mean is the jackknife's over networks (Tukey 1958): what each network's absence
/// changes.
/// </summary>
/// <param name="Networks">How many networks.</param>
/// <param name="Values">One per pair.</param>
public sealed record NetworkPairs(int Networks, IReadOnlyList<double> Values)
{
    /// <summary>The numbers of the pairs that have one.</summary>
    public IReadOnlyList<double> Defined => [.. Values.Where(value => !double.IsNaN(value))];

    /// <summary>Their mean; NaN where there is none.</summary>
    public double Mean => Defined.Count == 0 ? double.NaN : Defined.Average();

    /// <summary>
    /// Half of the mean's 95 % interval, t (n - 1) √((n - 1) / n Σ (mₖ - m̄)²) with mₖ the mean without network k; NaN
    /// for fewer than three networks, or where it is not defined without one of them.
    /// </summary>
    public double HalfInterval95
    {
        get
        {
            if (Networks < 3) return double.NaN;
            var without = new Replicates(Enumerable.Range(0, Networks).Select(Without));
            // The sum of squares is (n - 1) s², so that the root is (n - 1) / √n times s.
            return without.HalfInterval95 * (Networks - 1);
        }
    }

    /// <summary>A number for every pair of some networks.</summary>
    /// <param name="networks">At least two.</param>
    /// <param name="number">Of two networks.</param>
    public static NetworkPairs Of<T>(IReadOnlyList<T> networks, Func<T, T, double> number)
    {
        Arguments.AtLeast(networks.Count, 2, nameof(networks), "agreement needs at least 2: train from more seeds.");
        return new(networks.Count, [..
            from i in Enumerable.Range(0, networks.Count)
            from j in Enumerable.Range(i + 1, networks.Count - i - 1)
            select number(networks[i], networks[j])]);
    }

    /// <summary>Such as "0.71 ± 0.05 (10 pairs)".</summary>
    public override string ToString() => Defined.Count == 0 ? $"none ({Values.Count} pairs)" : string.Create(
        CultureInfo.InvariantCulture, $"{Mean:F2}{(double.IsNaN(HalfInterval95) ? "" : $" ± {HalfInterval95:F2}")} ") +
        $"({(Defined.Count < Values.Count ? $"{Defined.Count} of " : "")}{Values.Count} pairs)";

    private double Without(int network)
    {
        double[] left = [.. Pairs().Where(p => p.I != network && p.J != network).Select(p => p.Value)
            .Where(value => !double.IsNaN(value))];
        return left.Length == 0 ? double.NaN : left.Average();
    }

    private IEnumerable<(int I, int J, double Value)> Pairs()
    {
        var pair = 0;
        for (var i = 0; i < Networks; i++)
            for (var j = i + 1; j < Networks; j++) yield return (i, j, Values[pair++]);
    }
}
