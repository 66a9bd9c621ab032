using Gsr.Analysis;

namespace Gsr.Experiments.TCells;

/// <summary>
/// Where each cell stands in a development that branches: its place in time, and the branch it is on. Branch 1 is the
/// trunk, from which the others leave.
/// </summary>
public sealed class BranchedTrajectory
{
    /// <summary>The branch from which the others leave.</summary>
    public const int Trunk = 1;

    private readonly double[] _times;
    private readonly int[] _branches;

    /// <summary>
    /// A trajectory by the time of each cell, in any unit, and its branch: 1 for the trunk, 2 and so on for what leaves
    /// it.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The lengths differ, a time is not finite, or a branch has no cell.
    /// </exception>
    public BranchedTrajectory(IEnumerable<double> times, IEnumerable<int> branches)
    {
        (_times, _branches) = ([.. times], [.. branches]);
        Arguments.Length(_branches.Length, _times.Length, nameof(branches), "cell");
        Arguments.Finite(_times, nameof(times));
        int[] present = [.. _branches.Distinct().Order()];
        BranchCount = present.Length;
        if (present.Length == 0 || !present.SequenceEqual(Enumerable.Range(Trunk, BranchCount)))
        {
            throw new ArgumentException(
                $"branches has cells on {string.Join(", ", present)}; number the branches from 1 without a gap.",
                nameof(branches));
        }
    }

    /// <summary>Number of cells.</summary>
    public int Count => _times.Length;

    /// <summary>Number of branches, the trunk among them.</summary>
    public int BranchCount { get; }

    /// <summary>The time of each cell.</summary>
    public IReadOnlyList<double> Times => _times;

    /// <summary>The branch of each cell.</summary>
    public IReadOnlyList<int> Branches => _branches;

    /// <summary>The first 5 % of the trunk, at least one cell.</summary>
    public int[] Start => Cells(Trunk)[..Twentieth(Cells(Trunk))];

    /// <summary>The cells of a branch, from 1, in order of time.</summary>
    public int[] Cells(int branch) => InOrder(cell => _branches[cell] == branch);

    /// <summary>
    /// The cells of the trunk and of a branch that leaves it, in order of time: one whole development.
    /// </summary>
    public int[] Path(int branch) => InOrder(cell => _branches[cell] == Trunk || _branches[cell] == branch);

    /// <summary>The share, in %, of another trajectory's cells of a branch that are on the same branch here.</summary>
    public double PercentShared(BranchedTrajectory other, int branch) =>
        100.0 * other.Cells(branch).Count(cell => _branches[cell] == branch) / other.Cells(branch).Length;

    /// <summary>The last 5 % of a branch, at least one cell.</summary>
    public int[] End(int branch) => Cells(branch)[^Twentieth(Cells(branch))..];

    /// <summary>
    /// The stages that the paper shows: the start (first 5 % of the trunk), the trunk's middle (5 % about its median),
    /// and the end (last 5 %) of every branch, called by the given names; at least one cell each.
    /// </summary>
    public IReadOnlyList<(string Name, int[] Cells)> Stages(IReadOnlyList<string> ends)
    {
        var trunk = Cells(Trunk);
        var first = (trunk.Length - Start.Length) / 2;
        return
        [
            ("start", Start), ("middle", trunk[first..(first + Start.Length)]),
            .. ends.Select((name, i) => (name, End(Trunk + i))),
        ];
    }

    /// <summary>
    /// Consecutive parts of a sequence of cells, such as a <see cref="Path"/>, as equal in size as can be.
    /// </summary>
    public static int[][] Windows(int[] cells, int count)
    {
        return [.. Enumerable.Range(0, count).Select(w => cells[Border(w)..Border(w + 1)])];

        int Border(int window) => (int)((long)window * cells.Length / count);
    }

    /// <summary>
    /// Cells drawn at random, at most so many of each branch, ascending, so that a long stage does not outweigh a short
    /// one.
    /// </summary>
    public int[] Sample(int perBranch, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(Trunk, BranchCount)
            .SelectMany(branch => Cells(branch).Shuffled(random).Take(perBranch)).Order()];
    }

    /// <summary>The trajectory of some of the cells, numbered in their order; some of every branch.</summary>
    public BranchedTrajectory Select(IReadOnlyList<int> cells) =>
        new(cells.Select(cell => _times[cell]), cells.Select(cell => _branches[cell]));

    /// <summary>Such as "25000 cells, 22305 + 828 + 1867 on branches 1 to 3".</summary>
    public override string ToString()
    {
        var counts = Enumerable.Range(Trunk, BranchCount).Select(branch => _branches.Count(b => b == branch));
        return $"{Count} cells, {string.Join(" + ", counts)} on branches 1 to {BranchCount}";
    }

    private static int Twentieth(int[] cells) => Math.Max(1, cells.Length / 20);

    private int[] InOrder(Func<int, bool> which) =>
        [.. Enumerable.Range(0, Count).Where(which).OrderBy(cell => _times[cell]).ThenBy(cell => cell)];
}
