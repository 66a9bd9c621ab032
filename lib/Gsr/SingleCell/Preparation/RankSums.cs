namespace Gsr.SingleCell.Preparation;

/// <summary>
/// Rank sums of every group of cells at once: only what is not 0 is sorted, and the zeros share one rank.
/// </summary>
internal static class RankSums
{
    /// <summary>
    /// z = (R - n(N + 1)/2) / √(n(N - n)/12 · (N + 1 - Σ(t³ - t) / (N(N - 1)))) of each group, with R its sum of ranks, equal
    /// values sharing the mean of theirs, and t the numbers of equal values; 0 where all values are equal.
    /// </summary>
    public static double[] Scores(ReadOnlySpan<int> cells, ReadOnlySpan<float> values, int[] groups, int[] counts)
    {
        double total = groups.Length;
        var sorted = new float[values.Length];
        var groupOf = new int[values.Length];
        int[] zeros = (int[])counts.Clone();
        int kept = 0;
        for (int k = 0; k < values.Length; k++)
        {
            if (values[k] == 0) continue;
            (sorted[kept], groupOf[kept]) = (values[k], groups[cells[k]]);
            zeros[groupOf[kept++]]--;
        }
        Array.Sort(sorted, groupOf, 0, kept);

        var sums = new double[counts.Length];
        double before = 0, ties = 0;
        bool zerosRanked = false;
        for (int first = 0; first < kept || !zerosRanked;)
        {
            if (!zerosRanked && (first == kept || sorted[first] > 0))
            {
                double equal = total - kept, shared = before + ((equal + 1) / 2);
                for (int group = 0; group < sums.Length; group++)
                    sums[group] += zeros[group] * shared;
                Count(equal);
                zerosRanked = true;
                continue;
            }
            int last = first + 1;
            while (last < kept && sorted[last] == sorted[first]) last++;
            double rank = before + ((last - first + 1) / 2.0);
            for (int k = first; k < last; k++)
                sums[groupOf[k]] += rank;
            Count(last - first);
            first = last;
        }
        double factor = total + 1 - (ties / (total * (total - 1)));
        return [.. sums.Select((sum, group) =>
        {
            double variance = counts[group] * (total - counts[group]) / 12 * factor;
            // Rounding of the ties leaves about 1e-16 of N where all values are equal.
            return factor > 1e-9 ? (sum - (counts[group] * (total + 1) / 2)) / Math.Sqrt(variance) : 0;
        })];

        void Count(double equal)
        {
            before += equal;
            ties += (equal * equal * equal) - equal;
        }
    }
}
