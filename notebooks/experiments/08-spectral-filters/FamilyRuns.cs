using Gsr.Graphs;

namespace Gsr.Experiments.SpectralFilters;

/// <summary>One family of graphs: networks with its penalty, and what they are compared with, one per seed.</summary>
/// <param name="Name">Such as "binary tree".</param>
/// <param name="Graph">The graph.</param>
/// <param name="Own">Networks with the penalty of the graph.</param>
/// <param name="Rewired">Networks with that of a random graph of the same degrees, and this graph.</param>
/// <param name="Free">Networks without a penalty.</param>
public sealed record FamilyRuns(
    string Name, FeatureGraph Graph, IReadOnlyList<FamilyCode> Own,
    IReadOnlyList<(FeatureGraph Graph, FamilyCode Code)> Rewired, IReadOnlyList<FamilyCode> Free)
{
    /// <summary>Moran's I of the class means on the graph.</summary>
    public Replicates Moran => new(Own.Select(code => code.MoranOn(Graph)));

    /// <summary>The same of networks without a penalty.</summary>
    public Replicates FreeMoran => new(Free.Select(code => code.MoranOn(Graph)));

    /// <summary>The same with shuffled labels.</summary>
    public Replicates ShuffledMoran => new(Own.Select(code => code.ShuffledMoranOn(Graph)));

    /// <summary>Moran's I on random graphs of the same degrees, of networks trained with their penalty.</summary>
    public Replicates RewiredMoran => new(Rewired.Select(r => r.Code.MoranOn(r.Graph)));

    /// <summary>What the penalty costs in reconstruction, in percent of the error without it.</summary>
    public Replicates Cost => new(Own.Zip(Free, (own, free) => 100 * ((own.Error / free.Error) - 1)));
}
