using Gsr.Analysis;

namespace Gsr.Experiments.TCells;

/// <summary>
/// The development of T cells with its branches named: which one keeps CD8 and which CD4, the stages that the paper
/// shows, and how networks are measured along it.
/// </summary>
public sealed class Development
{
    /// <summary>The stages' numbers in <see cref="Stages"/>: the first 5 % of the trunk.</summary>
    public const int Start = 0;

    /// <summary>The last 5 % of the branch that keeps CD8.</summary>
    public const int EndOfCd8 = 3;

    /// <summary>The last 5 % of the branch that keeps CD4.</summary>
    public const int EndOfCd4 = 4;

    /// <summary>A development with branches 2 and 3, whose cells carry so much CD8 and CD4.</summary>
    public Development(BranchedTrajectory trajectory, IReadOnlyList<float> cd8, IReadOnlyList<float> cd4)
    {
        double Surplus(int branch) => trajectory.Cells(branch).Average(cell => cd8[cell] - cd4[cell]);
        (Trajectory, Cd8) = (trajectory, Surplus(2) > Surplus(3) ? 2 : 3);
        Cd4 = 5 - Cd8;
        var stages = trajectory.Stages(["end of trunk", "", ""]);
        Stages = [.. stages.Take(3), ("end CD8", stages[1 + Cd8].Cells), ("end CD4", stages[1 + Cd4].Cells)];
    }

    /// <summary>Times and branches.</summary>
    public BranchedTrajectory Trajectory { get; }

    /// <summary>The branch that keeps CD8.</summary>
    public int Cd8 { get; }

    /// <summary>The branch that keeps CD4.</summary>
    public int Cd4 { get; }

    /// <summary>Start and middle of the trunk, its end, and the ends of CD8 and CD4.</summary>
    public IReadOnlyList<(string Name, int[] Cells)> Stages { get; }

    /// <summary>The cells of each stage.</summary>
    public int[][] StageCells => [.. Stages.Select(stage => stage.Cells)];

    /// <summary>Trunk and CD8 branch, in order of time.</summary>
    public int[] PathToCd8 => Trajectory.Path(Cd8);

    /// <summary>Trunk and CD4 branch, in order of time.</summary>
    public int[] PathToCd4 => Trajectory.Path(Cd4);

    /// <summary>The branch of each cell for a picture, from 0, and the branches' names.</summary>
    public (int[] Labels, string[] Names) Branches => ([.. Trajectory.Branches.Select(branch => branch - 1)],
        ["trunk", Cd8 == 2 ? "CD8" : "CD4", Cd8 == 2 ? "CD4" : "CD8"]);

    /// <summary>Networks along their own graphs.</summary>
    public Condition Along(string name, IEnumerable<TrainedNetwork> networks) => new(name, this,
        networks.Select(n => new[] { DevelopmentAlongGraph.Of(n.Graph, n.Codes, Trajectory, Cd8) }));

    /// <summary>Networks with the places of their neurons shuffled; the mean of a network's shuffles counts.</summary>
    public Condition Permuted(string name, IEnumerable<TrainedNetwork> networks, int shuffles) => new(name, this,
        networks.Select(n =>
        {
            var positions = DevelopmentAlongGraph.Of(n.Graph, n.Codes, Trajectory, Cd8).Positions;
            return Enumerable.Range(0, shuffles).Select(i => DevelopmentAlongGraph.Of(
                positions.Shuffled(new Random((100 * n.Seed) + i)), n.Codes, Trajectory, Cd8)).ToArray();
        }));

    /// <summary>Networks along their own graphs, with the times of the cells shuffled within each branch.</summary>
    public Condition OutOfTime(string name, IEnumerable<TrainedNetwork> networks)
    {
        var shuffled = WithTimesShuffled(0);
        var cells = new Development(shuffled, [.. Sign(Cd8)], [.. Sign(Cd4)]);
        return new(name, cells, networks.Select(n =>
            new[] { DevelopmentAlongGraph.Of(n.Graph, n.Codes, shuffled, Cd8) }));

        IEnumerable<float> Sign(int branch) => Trajectory.Branches.Select(b => b == branch ? 1f : 0);
    }

    /// <summary>
    /// Mean development of every neuron: mean activations above the neuron's own mean over parts of a development as
    /// [parts, neurons], of several developments, scaled together from -1, the neuron's lowest, to 1, its highest.
    /// </summary>
    public static double[][,] Courses(double[,] codes, params int[][][] developments)
    {
        double[][,] means = [.. developments.Select(parts => GroupMeans.Of(codes, parts))];
        return [.. means.Select(own => Matrices.Of(own.GetLength(0), own.GetLength(1), (part, node) =>
        {
            var all = means.SelectMany(m => m.Column(node)).ToArray();
            var (low, high) = (all.Min(), all.Max());
            return low < high ? (2 * (own[part, node] - low) / (high - low)) - 1 : 0;
        }))];
    }

    /// <summary>
    /// Distances of the mean markers of start, end of CD8 and end of CD4 (Euclidean): start to CD8, start to CD4, CD8
    /// to CD4. A point between start and CD8 is nearer to both than they are to each other.
    /// </summary>
    public (double ToCd8, double ToCd4, double Between) MarkerDistances(double[,] markers)
    {
        var means = GroupMeans.Of(markers, StageCells);
        return (Distance(Start, EndOfCd8), Distance(Start, EndOfCd4), Distance(EndOfCd8, EndOfCd4));

        double Distance(int a, int b) => MathNet.Numerics.Distance.Euclidean(means.Row(a), means.Row(b));
    }

    private BranchedTrajectory WithTimesShuffled(int seed)
    {
        var (times, random) = (Trajectory.Times.ToArray(), new Random(seed));
        foreach (var cells in Enumerable.Range(1, Trajectory.BranchCount).Select(Trajectory.Cells))
        {
            var shuffled = cells.Select(cell => Trajectory.Times[cell]).Shuffled(random);
            for (var i = 0; i < cells.Length; i++) times[cells[i]] = shuffled[i];
        }

        return new(times, Trajectory.Branches);
    }
}
