using Gsr.Analysis;
using Gsr.Analysis.Metrics;
using Gsr.Analysis.Pictures;

namespace Gsr.Experiments.ScRnaSeq;

/// <summary>
/// Cells whose types are known, and networks with and without the penalty that saw them, in groups of a few, of which
/// each gives one consensus.
/// </summary>
/// <param name="Name">Of the data.</param>
/// <param name="Scores">What the networks saw, [cells, principal components].</param>
/// <param name="TypeOfCell">The types; sorted by name they are numbered from 0.</param>
/// <param name="With">Networks with the learned graph.</param>
/// <param name="Without">As many without the penalty.</param>
/// <param name="NetworksPerConsensus">Networks of a group.</param>
public sealed record LabelledCells(string Name, double[,] Scores, string[] TypeOfCell,
    IReadOnlyList<TrainedNetwork> With, IReadOnlyList<TrainedNetwork> Without, int NetworksPerConsensus)
{
    private const int Draws = 10;

    private IReadOnlyList<TypeAgreement>? _agreements;

    /// <summary>The types' names.</summary>
    public string[] TypeNames { get; } = [.. TypeOfCell.Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The type of each cell.</summary>
    public int[] Types { get; } = [.. TypeOfCell.Select(type =>
        TypeOfCell.Distinct().Order(StringComparer.Ordinal).ToList().IndexOf(type))];

    /// <summary>The consensus of each group of networks with the learned graph.</summary>
    public ConsensusModules[] Consensus { get; } = ConsensusOf(With, NetworksPerConsensus);

    /// <summary>All agreements with the types, in the order of the members below.</summary>
    public IReadOnlyList<TypeAgreement> Agreements => _agreements ??=
    [
        TypeAgreement.Of("GSR, consensus", Signals(Consensus), Types),
        TypeAgreement.Of("GSR, components of one network",
            [.. With.Select(n => NodeGroups.Means(n.Codes, n.Graph.Components()))], Types)
            .Averaged(NetworksPerConsensus),
        TypeAgreement.Of("α = 0, consensus", Signals(ConsensusOf(Without, NetworksPerConsensus)), Types),
        AsMany("GSR, as many random neurons", With),
        AsMany("α = 0, as many random neurons", Without),
        TypeAgreement.Of("as many principal components",
            [.. Consensus.Select(c => Scores.SelectColumns([.. Enumerable.Range(0, c.Networks.Length)]))], Types),
        TypeAgreement.Of("GSR, consensus, types shuffled", Signals(Consensus), Types.Shuffled(new Random(0))),
    ];

    /// <summary>The consensus modules.</summary>
    public TypeAgreement Pooled => Agreements[0];

    /// <summary>The components of single networks, mean of each group.</summary>
    public TypeAgreement Single => Agreements[1];

    /// <summary>The consensus of networks without the penalty.</summary>
    public TypeAgreement PlainPooled => Agreements[2];

    /// <summary>
    /// As many signals of other kinds as a consensus has modules: random neurons with and without the penalty, and the
    /// first principal components.
    /// </summary>
    public IEnumerable<TypeAgreement> AsManyOthers => Agreements.Skip(3).Take(3);

    /// <summary>The consensus modules against types shuffled among the cells: what chance gives.</summary>
    public TypeAgreement Shuffled => Agreements[6];

    /// <summary>
    /// The first consensus: the mean activation of its modules in each type, and the cells on their first two principal
    /// components by type and by the module that stands out; a sentence where it has no module.
    /// </summary>
    public IEnumerable<object> Pictures()
    {
        var signals = Consensus[0].Signals;
        yield return signals.GetLength(1) == 0 ? "no module in half of the networks" : NodeHeatMap.Draw(
            ClassMeans.Of(signals, Types, TypeNames.Length), $"Consensus modules and types, {Name}", TypeNames,
            [.. Enumerable.Range(1, signals.GetLength(1)).Select(m => $"{m}")], rowTitle: "",
            valueName: "mean activation, sd", nodeTitle: "module");
        var (firstTwo, strongest) = (Scores.SelectColumns([0, 1]), TypeAgreement.Groups(signals));
        int[] present = [.. strongest.Distinct().Order()];
        yield return ClassScatter.Draw(firstTwo, Types, $"{Name} by type", TypeNames, "PC 1", "PC 2");
        yield return ClassScatter.Draw(firstTwo, [.. strongest.Select(group => Array.IndexOf(present, group))],
            $"{Name} by the module that stands out",
            [.. present.Select(group => $"{(group % 2 == 0 ? "+" : "-")}{(group / 2) + 1}")], "PC 1", "PC 2");
    }

    private static ConsensusModules[] ConsensusOf(IEnumerable<TrainedNetwork> networks, int size) =>
        [.. networks.Chunk(size).Select(group => ConsensusModules.Of([.. group.Select(n => n.Codes)]))];

    private static double[][,] Signals(IEnumerable<ConsensusModules> all) => [.. all.Select(c => c.Signals)];

    private TypeAgreement AsMany(string name, IReadOnlyList<TrainedNetwork> networks) => TypeAgreement.Of(name,
        [.. networks.Chunk(NetworksPerConsensus).Zip(Consensus).SelectMany((pair, group) =>
            Enumerable.Range(0, Draws).Select(draw => TypeAgreement.Drawn([.. pair.First.Select(n => n.Codes)],
                pair.Second.Networks.Length, (Draws * group) + draw)))], Types).Averaged(Draws);
}
