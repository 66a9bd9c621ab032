using Gsr.Analysis.Pictures;

namespace Gsr.Experiments.TCells;

/// <summary>
/// How activation moves with the development in the networks of one condition; each network is one value.
/// </summary>
public sealed class Condition
{
    private readonly Development _cells;
    private readonly DevelopmentAlongGraph[][] _networks;

    internal Condition(string name, Development cells, IEnumerable<DevelopmentAlongGraph[]> networks) =>
        (Name, _cells, _networks) = (name, cells, [.. networks]);

    /// <summary>As tables have it.</summary>
    public string Name { get; }

    /// <summary>
    /// Spearman's correlation of centroid and time over the whole development to CD8, trunk and branch.
    /// </summary>
    public Replicates ToCd8 => Over(along => along.Correlation(_cells.PathToCd8));

    /// <summary>The same to CD4.</summary>
    public Replicates ToCd4 => Over(along => along.Correlation(_cells.PathToCd4));

    /// <summary>The mean of both.</summary>
    public Replicates Both =>
        Over(along => (along.Correlation(_cells.PathToCd8) + along.Correlation(_cells.PathToCd4)) / 2);

    /// <summary>The correlation within a branch, 1 for the trunk: the time alone differs from cell to cell.</summary>
    public Replicates Within(int branch) => Over(along => along.Correlation(_cells.Trajectory.Cells(branch)));

    /// <summary>The mean place of the active neurons, 0 to 1, at a stage of <see cref="Development.Stages"/>.</summary>
    public Replicates At(int stage) => Over(along => along.At(_cells.Stages[stage].Cells));

    /// <summary>How far it goes from the start to the end of CD8, in lengths of the graph.</summary>
    public Replicates Travelled => At(Development.EndOfCd8).Minus(At(Development.Start));

    /// <summary>The networks in which the end of CD4 lies between the start and the end of CD8.</summary>
    public int Cd4Between => At(Development.Start).Values.Zip(At(Development.EndOfCd4).Values,
        At(Development.EndOfCd8).Values).Count(at => at.First < at.Second && at.Second < at.Third);

    /// <summary>
    /// The centroid over consecutive parts of a development (<see cref="BranchedTrajectory.Windows"/>), in share of its
    /// cells, as the mean curve of each condition's networks.
    /// </summary>
    public static Curve[] Walks(IReadOnlyList<Condition> conditions, int[][] parts) =>
        [.. conditions.Select(c => Curve.MeanOf(c.Name,
            [.. Enumerable.Range(0, parts.Length).Select(part => (part + 0.5) / parts.Length)],
            [.. c._networks.Select(n => parts.Select(part => n.Average(along => along.At(part))).ToArray())]))];

    /// <summary>A value of each condition's networks as groups of dots.</summary>
    public static DotGroup[] Dots(IReadOnlyList<Condition> conditions, Func<Condition, Replicates> value) =>
        [.. conditions.Select(c => new DotGroup(c.Name, value(c).Values))];

    /// <summary>By how much a value is more here than in another condition, network by network.</summary>
    public Finding MoreThan(Condition other, Func<Condition, Replicates> value, string name) =>
        value(this).Minus(value(other)).Estimate(signed: true).Above(0).Named(name);

    /// <summary>The place of each neuron along the graph of a network; NaN where it has none.</summary>
    public IReadOnlyList<double> Positions(int network) => _networks[network][0].Positions;

    /// <summary>The neurons of a network in order along its graph, without those that have no place.</summary>
    public int[] Order(int network) => [.. Enumerable.Range(0, Positions(network).Count)
        .Where(node => !double.IsNaN(Positions(network)[node])).OrderBy(node => Positions(network)[node])];

    private Replicates Over(Func<DevelopmentAlongGraph, double> value) => new(_networks.Select(n => n.Average(value)));
}
