namespace Gsr.SingleCell.Simulation;

/// <summary>Which modules there are and how active each is in a cell: by its group, or by its place in the lineage.</summary>
internal sealed class CellProgram
{
    private readonly LineageBranch[]? _branches;
    private readonly int[] _parents;
    private readonly double[] _starts;

    public CellProgram(SyntheticCellsOptions options)
    {
        _branches = options.Lineage is null ? null : [.. options.Lineage];
        (_parents, _starts) = ([], []);
        if (_branches is null)
        {
            Modules = [.. Enumerable.Range(1, options.Groups).Select(group => $"group{group}")];
            return;
        }
        // The module of the cells that the tree begins with, then one for each branch, full at its end.
        Modules = ["origin", .. _branches.Select(branch => branch.Name)];
        _parents = Array.ConvertAll(_branches, branch => Array.FindIndex(_branches, other => other.Name == branch.Parent));
        _starts = new double[_branches.Length];
        for (int branch = 1; branch < _branches.Length; branch++)
            _starts[branch] = _starts[_parents[branch]] + _branches[_parents[branch]].Length;
        Longest = _branches.Select((branch, i) => _starts[i] + branch.Length).Max();
    }

    public string[] Modules { get; }

    public bool IsLineage => _branches is not null;

    /// <summary>From the root to the farthest tip.</summary>
    public double Longest { get; }

    /// <summary>A cell of the lineage or of the groups, by a random number in [0, 1): groups alike, branches by their lengths.</summary>
    /// <returns>Its type, its pseudotime (0 to 1; 0 in groups), and the activity of each module, 0 to 1.</returns>
    public (string Type, double Pseudotime, double[] Activity) Place(double random)
    {
        var activity = new double[Modules.Length];
        if (_branches is null)
        {
            int group = (int)(random * Modules.Length);
            activity[group] = 1;
            return (Modules[group], 0, activity);
        }
        double place = random * _branches.Sum(branch => branch.Length);
        int at = 0;
        while (at + 1 < _branches.Length && place >= _branches[at].Length)
            place -= _branches[at++].Length;
        double share = place / _branches[at].Length;
        activity[at + 1] = share;
        activity[_parents[at] + 1] = 1 - share;
        return (_branches[at].Name, (_starts[at] + place) / Longest, activity);
    }
}
