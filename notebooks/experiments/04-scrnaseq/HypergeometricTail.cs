using MathNet.Numerics;

namespace Gsr.Experiments.ScRnaSeq;

/// <summary>
/// Whether a sample, such as the genes that name a component, holds more marked items than expected by chance.
/// MathNet's Hypergeometric has the lower tail alone, from which a small upper one cannot be subtracted.
/// </summary>
public static class HypergeometricTail
{
    /// <summary>
    /// Probability of at least so many hits when a sample is drawn without replacement:
    /// P(X ≥ hits) = Σₓ C(K, x) C(N - K, n - x) / C(N, n) (Fisher's one-sided exact test), with N the population, K the
    /// marked and n the drawn items.
    /// </summary>
    public static double PValue(int population, int marked, int drawn, int hits)
    {
        if (hits <= Math.Max(0, drawn - (population - marked))) return 1;
        double all = SpecialFunctions.BinomialLn(population, drawn), sum = 0;
        // From the far end, so that small terms are not lost beside large ones.
        for (var x = Math.Min(marked, drawn); x >= hits; x--)
        {
            sum += Math.Exp(SpecialFunctions.BinomialLn(marked, x)
                + SpecialFunctions.BinomialLn(population - marked, drawn - x) - all);
        }

        return Math.Min(1, sum);
    }
}
