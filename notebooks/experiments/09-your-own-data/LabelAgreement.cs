using Gsr.Analysis;
using Gsr.Analysis.Metrics;

namespace Gsr.Experiments.OwnData;

/// <summary>How far classes of cells agree with labels; one value per network, or per start where there is none.</summary>
/// <param name="Classes">Where the classes come from.</param>
/// <param name="Ari">Adjusted Rand index of classes and labels.</param>
/// <param name="Nmi">Their normalised mutual information.</param>
public sealed record LabelAgreement(string Classes, Replicates Ari, Replicates Nmi)
{
    /// <summary>
    /// Classes of networks with the penalty, of those without it by their codes, and of the inputs themselves, as many
    /// each, beside the ways of reading a network that are usual, and classes of the null. On at most 5,000 cells.
    /// </summary>
    /// <param name="labels">One per cell.</param>
    /// <param name="count">How many classes.</param>
    /// <param name="data">Networks with the penalty.</param>
    /// <param name="unpenalised">Networks without it.</param>
    public static IReadOnlyList<LabelAgreement> Compare(
        IReadOnlyList<int> labels, int count, TrainedModules data, TrainedModules unpenalised)
    {
        Arguments.Length(labels.Count, data.Inputs.GetLength(0), nameof(labels), "cell");
        var cells = CellSample.Of(labels.Count, CellSample.ForComparison);
        int[] truth = [.. cells.Select(cell => labels[cell])];
        var starts = data.Codes.Count;
        var inputs = data.Inputs.SelectRows(cells);
        return
        [
            Of("all networks' modules", starts, i => Found(data.Signals(cells), i)),
            Of("one network's modules", starts, i => Found(data.Modules[i].Signals.SelectRows(cells), i)),
            Of("strongest module", starts, i => Strongest(data.Modules[i], cells)),
            Of("strongest module and its sign", starts, i => Strongest(data.Modules[i], cells, true)),
            Of("plain autoencoder's code", unpenalised.Codes.Count,
                i => Found(unpenalised.Codes[i].SelectRows(cells), i)),
            Of("inputs, such as components", starts, i => Found(inputs, i)),
            Of("labels shuffled", starts, i => truth.Shuffled(new Random(i))),
        ];

        int[] Found(float[,] signals, int seed) => KMeans.Fit(signals, Math.Min(count, cells.Length), seed).Classes;

        LabelAgreement Of(string name, int many, Func<int, int[]> classes)
        {
            int[][] found = [.. Enumerable.Range(0, many).Select(classes)];
            return new(name, new(found.Select(own => Partition.AdjustedRandIndex(own, truth))),
                new(found.Select(own => Partition.NormalizedMutualInformation(own, truth))));
        }
    }

    /// <summary>
    /// Whether one network's modules agree with the labels more than the same network's strongest module, a plain
    /// autoencoder's code, and the inputs do: differences of the adjusted Rand index, network by network.
    /// </summary>
    /// <param name="all">As <see cref="Compare"/> gives them.</param>
    /// <param name="cells">What the claims call the cells.</param>
    public static IEnumerable<Claim> Claims(IReadOnlyList<LabelAgreement> all, string cells) =>
        all.Skip(2).SkipLast(1).Select(other => new Claim(
            $"{cells}: classes of {all[1].Classes} agree with the labels more than those of {other.Classes}",
            all[1].Ari.Minus(other.Ari).Estimate(signed: true).Above(0))
        { Null = $"labels shuffled: {all[^1].Ari}" });

    /// <summary>A line of a table.</summary>
    public object Line() => new { classes = Classes, ARI = Ari.ToString(), NMI = Nmi.ToString() };

    private static int[] Strongest(ModuleActivations modules, int[] cells, bool signed = false)
    {
        var signals = modules.Signals;
        return Array.ConvertAll(cells, cell =>
        {
            var best = Enumerable.Range(0, signals.GetLength(1)).MaxBy(m => Math.Abs(signals[cell, m]));
            return (2 * best) + (signed && signals[cell, best] < 0 ? 1 : 0);
        });
    }
}
