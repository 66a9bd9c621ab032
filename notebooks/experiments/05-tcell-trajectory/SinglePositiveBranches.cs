namespace Gsr.Experiments.TCells;

/// <summary>
/// The branches of a development in which cells carry two markers and then keep one of them, as T cells keep CD8 or CD4:
/// a cell is on a branch if it has one marker only and is later than the median cell that has both. Cells with one marker
/// before that (CD8⁺ on the way to both) stay on the trunk.
/// </summary>
public static class SinglePositiveBranches
{
    /// <summary>The branch of each cell.</summary>
    /// <param name="times">Pseudotime, one per cell.</param>
    /// <param name="first">The marker that branch 2 keeps, one value per cell; its threshold is <see cref="MarkerThreshold"/>'s.</param>
    /// <param name="second">The marker that branch 3 keeps.</param>
    /// <returns>1 for the trunk, 2 and 3 for the branches, one per cell.</returns>
    /// <exception cref="ArgumentException">The lengths differ, a marker does not vary, or no cell has both.</exception>
    public static int[] Of(ReadOnlySpan<double> times, ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        Arguments.Length(first.Length, times.Length, nameof(first), "cell");
        Arguments.Length(second.Length, times.Length, nameof(second), "cell");
        var (low, other) = (MarkerThreshold.Of(first), MarkerThreshold.Of(second));
        var both = new List<double>();
        for (var cell = 0; cell < times.Length; cell++)
            if (first[cell] > low && second[cell] > other) both.Add(times[cell]);
        if (both.Count == 0) throw new ArgumentException("No cell has both markers: there is no stage from which the branches leave.", nameof(first));
        both.Sort();
        var median = both[both.Count / 2];
        var branches = new int[times.Length];
        for (var cell = 0; cell < branches.Length; cell++)
        {
            var late = times[cell] > median;
            branches[cell] = late && first[cell] > low && second[cell] <= other ? 2
                : late && second[cell] > other && first[cell] <= low ? 3
                : BranchedTrajectory.Trunk;
        }

        return branches;
    }
}
