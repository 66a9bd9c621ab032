using MathNet.Numerics;

namespace Gsr.Experiments.ScRnaSeq;

/// <summary>
/// Whether the genes or nodes of a module belong to one known class more than chance would have it: purity is the share of
/// the class that is most frequent among them.
/// </summary>
public static class MarkerPurity
{
    /// <summary>
    /// Probability of at least so many hits when a sample is drawn without replacement:
    /// P(X ≥ hits) = Σₓ C(K, x) C(N - K, n - x) / C(N, n), the hypergeometric tail (Fisher's one-sided exact test).
    /// </summary>
    /// <param name="population">N, all items.</param>
    /// <param name="marked">K, how many of them are of the class; 0 to N.</param>
    /// <param name="drawn">n, how many are in the module; 0 to N.</param>
    /// <param name="hits">How many of those are of the class.</param>
    /// <exception cref="ArgumentOutOfRangeException">The numbers contradict each other.</exception>
    public static double PValue(int population, int marked, int drawn, int hits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(population);
        Within(marked, population, nameof(marked));
        Within(drawn, population, nameof(drawn));
        Within(hits, Math.Min(marked, drawn), nameof(hits));
        int least = Math.Max(0, drawn - (population - marked));
        if (hits <= least) return 1;
        double all = SpecialFunctions.BinomialLn(population, drawn), sum = 0;
        // From the far end, so that small terms are not lost beside large ones.
        for (int x = Math.Min(marked, drawn); x >= hits; x--)
            sum += Math.Exp(SpecialFunctions.BinomialLn(marked, x) + SpecialFunctions.BinomialLn(population - marked, drawn - x) - all);
        return Math.Min(1, sum);
    }

    /// <summary>For each module its most frequent class, of equally frequent ones the least probable by chance.</summary>
    /// <param name="modules">The module of each item, from 0; -1 for none.</param>
    /// <param name="classes">The known class of each item, from 0; -1 for none.</param>
    /// <returns>Per module that has an item its class (-1 where none of its items has one), the class's share of all of its
    /// items, and the probability of so many by chance, not corrected for the number of modules and classes.</returns>
    /// <exception cref="ArgumentException">The labels are of different lengths, or below -1.</exception>
    public static IReadOnlyList<(int Module, int Class, double Purity, double PValue)> Of(
        ReadOnlySpan<int> modules, ReadOnlySpan<int> classes)
    {
        Arguments.Labelings(modules, classes);
        var counts = new Dictionary<(int Module, int Class), int>();
        for (int i = 0; i < modules.Length; i++)
        {
            if (modules[i] < -1 || classes[i] < -1)
                throw new ArgumentException($"item {i} has module {modules[i]} and class {classes[i]}; labels are -1 (none) or above.", nameof(modules));
            counts[(modules[i], classes[i])] = counts.GetValueOrDefault((modules[i], classes[i])) + 1;
        }
        int population = modules.Length;
        var result = new List<(int, int, double, double)>();
        foreach (var module in counts.GroupBy(pair => pair.Key.Module).Where(group => group.Key >= 0).OrderBy(group => group.Key))
        {
            int size = module.Sum(pair => pair.Value);
            var best = module.Where(pair => pair.Key.Class >= 0)
                .Select(pair => (pair.Key.Class, Hits: pair.Value, P: PValue(population, Size(pair.Key.Class), size, pair.Value)))
                .OrderByDescending(found => found.Hits).ThenBy(found => found.P).ThenBy(found => found.Class)
                .FirstOrDefault((Class: -1, Hits: 0, P: 1));
            result.Add((module.Key, best.Class, (double)best.Hits / size, best.P));
        }
        return result;

        int Size(int label) => counts.Where(pair => pair.Key.Class == label).Sum(pair => pair.Value);
    }

    private static void Within(int value, int most, string argument)
    {
        if (value < 0 || value > most)
            throw new ArgumentOutOfRangeException(argument, value, $"{argument} is {value}; it must be 0 to {most}.");
    }
}
