using System.Globalization;

namespace Gsr.Experiments.OwnData;

/// <summary>
/// Whether data support the modules that were learned from them, in plain sentences: modules have to be found, to be found
/// again from other seeds, and to agree better than those found in shuffled data. A network finds some modules in anything.
/// </summary>
/// <remarks>
/// The rule has no distribution to lean on, as pairs of seeds are not independent, and so is a strict one: the mean agreement
/// on the data has to exceed the largest agreement of any two networks on shuffled data, and to be at least
/// <see cref="LeastAgreement"/>.
/// </remarks>
/// <example><code>
/// var verdict = StructureVerdict.Of(networks, [shuffled, shuffledAgain], unpenalised);
/// Console.WriteLine(verdict);                // The data support the modules: networks of other seeds find them again (..
/// </code></example>
public sealed class StructureVerdict
{
    /// <summary>The least mean |r| of matched modules that counts as finding them again: .5.</summary>
    public const double LeastAgreement = 0.5;

    private StructureVerdict(bool isSupported, double agreement, double chance, double unpenalised, IReadOnlyList<string> sentences) =>
        (IsSupported, Agreement, Chance, Unpenalised, Sentences) = (isSupported, agreement, chance, unpenalised, sentences);

    /// <summary>True where every condition holds.</summary>
    public bool IsSupported { get; }

    /// <summary>Mean over pairs of seeds of <see cref="ModuleAgreement.Matched"/> on the data.</summary>
    public double Agreement { get; }

    /// <summary>The largest of any pair on shuffled data.</summary>
    public double Chance { get; }

    /// <summary>The mean over pairs without penalty.</summary>
    public double Unpenalised { get; }

    /// <summary>The verdict first, then one sentence for each condition that fails, then what the penalty does.</summary>
    public IReadOnlyList<string> Sentences { get; }

    /// <summary>Judges the modules of networks of several seeds.</summary>
    /// <param name="networks">Of the data, at least two seeds.</param>
    /// <param name="shuffled">For each shuffle of the data, one or more, networks of it, all else equal; at least two seeds each.</param>
    /// <param name="unpenalised">Of the data with α = 0 and the same builder; at least two seeds.</param>
    /// <exception cref="ArgumentException">There are fewer than two networks of a kind, or there is no shuffle.</exception>
    public static StructureVerdict Of(
        IReadOnlyList<ModuleActivations> networks, IReadOnlyList<IReadOnlyList<ModuleActivations>> shuffled, IReadOnlyList<ModuleActivations> unpenalised)
    {
        ArgumentNullException.ThrowIfNull(shuffled);
        if (shuffled.Count == 0) throw new ArgumentException("shuffled is empty; give the networks of at least one shuffle.", nameof(shuffled));
        var agreement = ModuleAgreement.Matched(networks).Average();
        var chance = shuffled.Max(shuffle => ModuleAgreement.Matched(shuffle).Max());
        var alone = ModuleAgreement.Matched(unpenalised);
        var without = alone.Average();
        List<string> failures = [];
        var divided = networks.Count(network => network.Count >= 2);
        if (2 * divided <= networks.Count)
        {
            failures.Add($"Only {divided} of {networks.Count} networks have two or more modules, so there is little to tell apart: " +
                "lower the penalty's weight, or ask for more nodes.");
        }

        if (agreement <= chance)
        {
            failures.Add($"Networks of different seeds agree no better ({Number(agreement)}) than two networks of shuffled data may ({Number(chance)}): " +
                "what they find may be the network's own doing.");
        }

        if (agreement < LeastAgreement)
        {
            failures.Add($"Another seed gives other modules (mean |r| of matched modules {Number(agreement)}, below {Number(LeastAgreement)}): " +
                "do not read meaning into a single network.");
        }

        var verdict = failures.Count > 0
            ? "WARNING: the data do not support the modules."
            : $"The data support the modules: networks of other seeds find them again (mean |r| of matched modules {Number(agreement)}), " +
                $"better than any two networks of shuffled data ({Number(chance)} at most).";
        var divides = $"Without the penalty {unpenalised.Count(network => network.Count >= 2)} of {unpenalised.Count} networks have two or more modules, " +
            $"with an agreement of {Number(without)}";
        var penalty = agreement > alone.Max()
            ? $"{divides}: the penalty makes the modules."
            : $"{divides}: that the penalty adds stability is not certain here.";
        return new StructureVerdict(failures.Count == 0, agreement, chance, without, [verdict, .. failures, penalty]);
    }

    /// <summary>All sentences, one a line.</summary>
    public override string ToString() => string.Join('\n', Sentences);

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
