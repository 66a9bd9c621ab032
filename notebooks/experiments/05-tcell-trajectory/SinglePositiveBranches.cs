namespace Gsr.Experiments.TCells;

/// <summary>
/// The branches of a development in which cells carry two markers and then keep one of them, as T cells keep CD8 or
/// CD4: a cell is on a branch if it has one marker only and is later than the median cell that has both. Cells with one
/// marker before that (CD8⁺ on the way to both) stay on the trunk.
/// </summary>
public static class SinglePositiveBranches
{
    /// <summary>
    /// The branch of each cell from its pseudotime and its markers: 1 for the trunk, 2 where the first marker is kept,
    /// 3 where the second is.
    /// </summary>
    /// <exception cref="ArgumentException">The lengths differ, or no cell has both markers.</exception>
    public static int[] Of(double[] times, float[] first, float[] second)
    {
        Arguments.Length(first.Length, times.Length, nameof(first), "cell");
        Arguments.Length(second.Length, times.Length, nameof(second), "cell");
        var (low, other) = (Threshold(first), Threshold(second));
        double[] both = [.. times.Where((_, cell) => first[cell] > low && second[cell] > other).Order()];
        Arguments.NotEmpty(both, nameof(times), "cell with both markers");
        var median = both[both.Length / 2];
        return [.. times.Select((time, cell) => (time > median, first[cell] > low, second[cell] > other) switch
        {
            (true, true, false) => 2,
            (true, false, true) => 3,
            _ => BranchedTrajectory.Trunk,
        })];
    }

    /// <summary>
    /// The threshold between a marker's low and high cells by the method of Otsu (1979): of all ways to cut the values
    /// in two, the one of largest variance between the parts, n₁ n₂ (m₁ - m₂)²; midway between the highest of the low
    /// and the lowest of the high values.
    /// </summary>
    /// <exception cref="ArgumentException">The values are all equal.</exception>
    internal static double Threshold(float[] values)
    {
        float[] sorted = [.. values.Order()];
        if (sorted.Length == 0 || !(sorted[0] < sorted[^1]))
            throw new ArgumentException("values are all equal; there is nothing to divide.", nameof(values));
        var total = sorted.Sum(value => (double)value);
        var (best, at, below) = (-1.0, 0, 0.0);
        for (var i = 1; i < sorted.Length; i++)
        {
            below += sorted[i - 1];
            if (sorted[i] == sorted[i - 1]) continue;
            var difference = (below / i) - ((total - below) / (sorted.Length - i));
            var between = (double)i * (sorted.Length - i) * difference * difference;
            if (between > best) (best, at) = (between, i);
        }

        return ((double)sorted[at - 1] + sorted[at]) / 2;
    }
}
