using Gsr.Analysis;
using Gsr.Analysis.Metrics;
using Gsr.Analysis.Pictures;

namespace Gsr.Experiments.ScRnaSeq;

/// <summary>How well signals of cells agree with the cells' types; each set of signals is one value.</summary>
/// <param name="Name">Where the signals come from.</param>
/// <param name="Signals">Number of signals.</param>
/// <param name="Ari">
/// Adjusted Rand index of types and of cells grouped by the signal, and its sign, that stands out in them.
/// </param>
/// <param name="Accuracy">Balanced accuracy of types told from the signals, cross-validated.</param>
/// <param name="Stability">
/// ARI of that grouping with the one of the next set, the last with the first; 0 where a set is empty, since two
/// groupings into one group agree by construction; NaN for one set.
/// </param>
public sealed record TypeAgreement(
    string Name, Replicates Signals, Replicates Ari, Replicates Accuracy, Replicates Stability)
{
    /// <summary>Of sets of signals [cells, signals]; a set may be empty, and tells nothing then.</summary>
    public static TypeAgreement Of(string name, IReadOnlyList<double[,]> sets, int[] types)
    {
        int[][] groups = [.. sets.Select(Groups)];
        return new(name, new(sets.Select(set => (double)set.GetLength(1))),
            new(groups.Select(own => Partition.AdjustedRandIndex(own, types))),
            new(sets.Select(set => LinearDiscriminant.BalancedAccuracy(set, types))),
            new(sets.Select((_, i) => Stable(i, (i + 1) % sets.Count))));

        double Stable(int one, int next) => one == next ? double.NaN
            : sets[one].GetLength(1) == 0 || sets[next].GetLength(1) == 0 ? 0
            : Partition.AdjustedRandIndex(groups[one], groups[next]);
    }

    /// <summary>A value of several agreements as a panel of dots.</summary>
    public static DotPanel Dots(
        string title, IEnumerable<TypeAgreement> all, Func<TypeAgreement, Replicates> value) =>
        new(title, [.. all.Select(a => new DotGroup(a.Name, value(a).Values))]);

    /// <summary>By how much a value is more here than in another agreement, value by value.</summary>
    public Finding More(TypeAgreement other, Func<TypeAgreement, Replicates> value, string name) =>
        value(this).Minus(value(other)).Estimate(signed: true).Above(0).Named(name);

    /// <summary>The means of so many consecutive sets, such as draws or the networks of one consensus.</summary>
    public TypeAgreement Averaged(int sets)
    {
        return new(Name, Mean(Signals), Mean(Ari), Mean(Accuracy), Mean(Stability));

        Replicates Mean(Replicates all) => new(all.Values.Chunk(sets).Select(own => own.Average()));
    }

    /// <summary>The cells by the signal that stands out in each: 2m where signal m is high, 2m + 1 low.</summary>
    public static int[] Groups(double[,] signals) =>
        signals.GetLength(1) == 0 ? new int[signals.GetLength(0)] : NodeGroups.Strongest(signals);

    /// <summary>As many of a network's neurons, or of several networks' together, drawn at random.</summary>
    public static double[,] Drawn(IReadOnlyList<double[,]> networks, int count, int seed)
    {
        var all = networks.SelectMany((codes, n) => Enumerable.Range(0, codes.GetLength(1)).Select(node => (n, node)))
            .Shuffled(new Random(seed)).Take(count).ToArray();
        return Matrices.Of(networks[0].GetLength(0), all.Length, (cell, i) => networks[all[i].n][cell, all[i].node]);
    }
}
