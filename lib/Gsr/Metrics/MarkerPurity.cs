using MathNet.Numerics;

namespace Gsr.Metrics;

/// <summary>
/// How surprising it is that so many of a module's genes are in a list of markers: the upper tail of the hypergeometric
/// distribution, which is Fisher's exact test of one side (Fisher 1935).
/// </summary>
/// <param name="Shared">Genes of the module in the list.</param>
/// <param name="Selected">Genes of the module.</param>
/// <param name="Expected">Mean of Shared where the module's genes are drawn at random: Selected · Listed / All.</param>
/// <param name="PValue">The chance of so many or more.</param>
public sealed record MarkerPurity(int Shared, int Selected, double Expected, double PValue)
{
    /// <summary>Compares a module's genes with a list.</summary>
    /// <param name="selected">The module's genes, such as those that correlate most with it.</param>
    /// <param name="listed">The markers; those that are not in <paramref name="universe"/> do not count.</param>
    /// <param name="universe">All genes that the module's could have been drawn from.</param>
    /// <exception cref="ArgumentException">A selected gene is not in the universe, or comes twice.</exception>
    public static MarkerPurity Of(IEnumerable<string> selected, IEnumerable<string> listed, IEnumerable<string> universe)
    {
        ArgumentNullException.ThrowIfNull(selected);
        ArgumentNullException.ThrowIfNull(listed);
        var all = universe.ToHashSet(StringComparer.Ordinal);
        var markers = listed.Where(all.Contains).ToHashSet(StringComparer.Ordinal);
        var own = new HashSet<string>(StringComparer.Ordinal);
        foreach (var gene in selected)
        {
            if (!all.Contains(gene)) throw new ArgumentException($"selected holds '{gene}', which is not in the universe of {all.Count} genes.", nameof(selected));
            if (!own.Add(gene)) throw new ArgumentException($"selected holds '{gene}' twice; name each gene once.", nameof(selected));
        }

        var shared = own.Count(markers.Contains);
        return new MarkerPurity(shared, own.Count, all.Count == 0 ? 0 : (double)own.Count * markers.Count / all.Count,
            UpperTail(shared, own.Count, markers.Count, all.Count));
    }

    /// <summary>P(X ≥ shared) of marked balls among those drawn without replacement.</summary>
    internal static double UpperTail(int shared, int drawn, int marked, int all)
    {
        if (shared <= 0) return 1;
        double sum = 0;
        for (var k = shared; k <= Math.Min(drawn, marked); k++)
        {
            if (drawn - k > all - marked) continue;
            sum += Math.Exp(LogChoose(marked, k) + LogChoose(all - marked, drawn - k) - LogChoose(all, drawn));
        }

        return Math.Min(1, sum);
    }

    private static double LogChoose(int n, int k) =>
        SpecialFunctions.GammaLn(n + 1.0) - SpecialFunctions.GammaLn(k + 1.0) - SpecialFunctions.GammaLn(n - k + 1.0);
}
