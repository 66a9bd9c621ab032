namespace Gsr.Experiments.TCells;

/// <summary>
/// Where each cell stands in a development that branches: its place in time, and the branch it is on. Branch 1 is the trunk,
/// from which the others leave.
/// </summary>
/// <example><code>
/// var trajectory = new BranchedTrajectory(time, branch);
/// int[] towardsTwo = trajectory.Path(2);              // trunk and branch 2, in order of time
/// </code></example>
public sealed class BranchedTrajectory
{
    /// <summary>The branch from which the others leave.</summary>
    public const int Trunk = 1;

    private readonly double[] _times;
    private readonly int[] _branches;

    /// <summary>A trajectory.</summary>
    /// <param name="times">One per cell, finite, in any unit.</param>
    /// <param name="branches">One per cell: 1 for the trunk, 2 and so on for what leaves it; each has cells.</param>
    /// <exception cref="ArgumentException">The lengths differ, a time is not finite, or a branch has no cell.</exception>
    public BranchedTrajectory(IEnumerable<double> times, IEnumerable<int> branches)
    {
        (_times, _branches) = ([.. times], [.. branches]);
        Arguments.Length(_branches.Length, _times.Length, nameof(branches), "cell");
        if (_times.Length == 0) throw new ArgumentException("times is empty; a trajectory has at least one cell.", nameof(times));
        for (var cell = 0; cell < _times.Length; cell++)
        {
            if (!double.IsFinite(_times[cell])) throw new ArgumentException($"times[{cell}] is {_times[cell]}; leave cells without a time out.", nameof(times));
            if (_branches[cell] < Trunk) throw new ArgumentException($"branches[{cell}] is {_branches[cell]}; branches are numbered from 1.", nameof(branches));
        }

        BranchCount = _branches.Max();
        for (var branch = Trunk; branch <= BranchCount; branch++)
            if (!_branches.Contains(branch)) throw new ArgumentException($"branches has no cell on branch {branch} of {BranchCount}; number them without a gap.", nameof(branches));
    }

    /// <summary>Number of cells.</summary>
    public int Count => _times.Length;

    /// <summary>Number of branches, the trunk among them.</summary>
    public int BranchCount { get; }

    /// <summary>The time of each cell.</summary>
    public IReadOnlyList<double> Times => _times;

    /// <summary>The branch of each cell.</summary>
    public IReadOnlyList<int> Branches => _branches;

    /// <summary>The cells of a branch in order of time.</summary>
    /// <param name="branch">From 1.</param>
    public int[] Cells(int branch)
    {
        Check(branch);
        return InOrder(cell => _branches[cell] == branch);
    }

    /// <summary>The cells of the trunk and of a branch that leaves it, in order of time: one whole development.</summary>
    /// <param name="branch">From 1; the trunk alone for 1.</param>
    public int[] Path(int branch)
    {
        Check(branch);
        return InOrder(cell => _branches[cell] == Trunk || _branches[cell] == branch);
    }

    /// <summary>
    /// The stages that the paper shows: the start (first 5 % of the trunk), the trunk's middle (5 % about its median), and the
    /// end (last 5 %) of every branch; at least one cell each.
    /// </summary>
    /// <param name="ends">What the end of each branch is called, in order; "end of branch 1" and so on where null.</param>
    /// <exception cref="ArgumentException">There are more or fewer names than branches.</exception>
    public IReadOnlyList<(string Name, int[] Cells)> Stages(IReadOnlyList<string>? ends = null)
    {
        if (ends is not null) Arguments.Length(ends.Count, BranchCount, nameof(ends), "branch");
        var trunk = Cells(Trunk);
        var (size, first) = (Twentieth(trunk.Length), (trunk.Length - Twentieth(trunk.Length)) / 2);
        return
        [
            ("start", trunk[..size]),
            ("middle", trunk[first..(first + size)]),
            .. Enumerable.Range(Trunk, BranchCount).Select(branch =>
            {
                var cells = Cells(branch);
                return (ends?[branch - 1] ?? $"end of branch {branch}", cells[^Twentieth(cells.Length)..]);
            }),
        ];
    }

    /// <summary>Consecutive parts of a sequence of cells, as equal in size as can be.</summary>
    /// <param name="cells">Such as a <see cref="Path"/>.</param>
    /// <param name="count">How many, 1 to the number of cells.</param>
    public static int[][] Windows(IReadOnlyList<int> cells, int count)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (count < 1 || count > cells.Count)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"count is {count}; choose 1 to {cells.Count}, the number of cells.");
        return [.. Enumerable.Range(0, count).Select(w =>
            cells.Skip((int)((long)w * cells.Count / count)).Take((int)((w + 1L) * cells.Count / count) - (int)((long)w * cells.Count / count)).ToArray())];
    }

    /// <summary>Cells drawn at random, at most so many of each branch, ascending: a branch of few cells weighs more so.</summary>
    /// <param name="perBranch">At least 1; a branch of fewer cells gives all.</param>
    /// <param name="seed">The same seed draws the same cells.</param>
    public int[] Sample(int perBranch, int seed)
    {
        Arguments.AtLeast(perBranch, 1, nameof(perBranch), "draw at least 1 cell of each branch.");
        var random = new Random(seed);
        var drawn = new List<int>();
        for (var branch = Trunk; branch <= BranchCount; branch++)
        {
            var cells = Cells(branch);
            random.Shuffle(cells);
            drawn.AddRange(cells.Take(perBranch));
        }

        return [.. drawn.Order()];
    }

    /// <summary>The trajectory of some of the cells, numbered in their order.</summary>
    /// <param name="cells">Some of every branch.</param>
    public BranchedTrajectory Select(IReadOnlyList<int> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        return new BranchedTrajectory(cells.Select(cell => _times[cell]), cells.Select(cell => _branches[cell]));
    }

    /// <summary>Such as "25000 cells, 22305 + 828 + 1867 on branches 1 to 3".</summary>
    public override string ToString() =>
        $"{Count} cells, {string.Join(" + ", Enumerable.Range(Trunk, BranchCount).Select(branch => _branches.Count(b => b == branch)))} on branches 1 to {BranchCount}";

    private static int Twentieth(int count) => Math.Max(1, count / 20);

    private int[] InOrder(Func<int, bool> which) =>
        [.. Enumerable.Range(0, Count).Where(which).OrderBy(cell => _times[cell]).ThenBy(cell => cell)];

    private void Check(int branch)
    {
        if (branch < Trunk || branch > BranchCount)
            throw new ArgumentOutOfRangeException(nameof(branch), branch, $"There is no branch {branch}; there are 1 to {BranchCount}.");
    }
}
