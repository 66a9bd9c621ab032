using System.Globalization;

namespace Gsr.Experiments.OwnData;

/// <summary>
/// Whether data support the modules that were learned from them, in plain sentences: modules must be found, be found
/// again from other seeds, and agree better than those found in shuffled data. A network finds some modules in any
/// data.
/// </summary>
/// <remarks>
/// Pairs of seeds are not independent, so there is no distribution to test against, and the rule is a strict one: the
/// mean agreement on the data must exceed the largest agreement of any two networks on shuffled data, and be at least
/// .5.
/// </remarks>
/// <param name="IsSupported">Whether every condition holds.</param>
/// <param name="Agreement">Mean over pairs of seeds of <see cref="ModuleAgreement.Matched"/> on the data.</param>
/// <param name="Chance">The largest of any pair on shuffled data.</param>
/// <param name="Sentences">
/// The verdict, one sentence for each condition that fails, then the effect of the penalty.
/// </param>
public sealed record StructureVerdict(
    bool IsSupported, double Agreement, double Chance, IReadOnlyList<string> Sentences)
{
    private const double LeastAgreement = 0.5;

    /// <summary>
    /// Judges the modules of networks of several seeds on the data, on one or more shuffles of it, all else equal, and
    /// on the data with α = 0 and the same builder; at least two seeds each.
    /// </summary>
    /// <exception cref="ArgumentException">There are fewer than two networks of a kind.</exception>
    public static StructureVerdict Of(IReadOnlyList<ModuleActivations> networks,
        IReadOnlyList<IReadOnlyList<ModuleActivations>> shuffled, IReadOnlyList<ModuleActivations> unpenalised)
    {
        var agreement = ModuleAgreement.Matched(networks).Average();
        var chance = shuffled.Max(shuffle => ModuleAgreement.Matched(shuffle).Max());
        var alone = ModuleAgreement.Matched(unpenalised);
        List<string> failures = [];
        var divided = networks.Count(network => network.Count >= 2);
        if (2 * divided <= networks.Count)
        {
            failures.Add($"Only {divided} of {networks.Count} networks have two or more modules, so there is " +
                "little to tell apart: lower the penalty's weight, or ask for more nodes.");
        }

        if (agreement <= chance)
        {
            failures.Add($"Networks of different seeds agree no better ({Number(agreement)}) than two networks of " +
                $"shuffled data may ({Number(chance)}): what they find may be the network's own doing.");
        }

        if (agreement < LeastAgreement)
        {
            failures.Add($"Another seed gives other modules (mean |r| of matched modules {Number(agreement)}, below " +
                $"{Number(LeastAgreement)}): do not read meaning into a single network.");
        }

        var verdict = failures.Count > 0
            ? "WARNING: the data do not support the modules."
            : $"The data support the modules: networks of other seeds find them again (mean |r| of matched modules " +
                $"{Number(agreement)}), better than any two networks of shuffled data ({Number(chance)} at most).";
        var dividing = unpenalised.Count(network => network.Count >= 2);
        var divides = $"Without the penalty {dividing} of {unpenalised.Count} networks have two or more modules, " +
            $"with an agreement of {Number(alone.Average())}";
        var penalty = agreement > alone.Max()
            ? $"{divides}: the penalty makes the modules."
            : $"{divides}: that the penalty adds stability is not certain here.";
        return new StructureVerdict(failures.Count == 0, agreement, chance, [verdict, .. failures, penalty]);
    }

    /// <summary>All sentences, one a line.</summary>
    public override string ToString() => string.Join('\n', Sentences);

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
