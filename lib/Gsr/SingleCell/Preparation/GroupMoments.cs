namespace Gsr.SingleCell.Preparation;

/// <summary>Count, mean and sum of squared deviations of one gene in each group of cells, zeros counted in.</summary>
internal sealed class GroupMoments
{
    private readonly double[] _means;
    private readonly double[] _squares;
    private readonly int[] _positive;

    private GroupMoments(int groups) =>
        (Counts, _means, _squares, _positive) = (new int[groups], new double[groups], new double[groups], new int[groups]);

    /// <summary>Cells of each group.</summary>
    public int[] Counts { get; }

    public static GroupMoments Of(ReadOnlySpan<int> cells, ReadOnlySpan<float> values, int[] groups, int groupCount)
    {
        var moments = new GroupMoments(groupCount);
        foreach (int group in groups)
            moments.Counts[group]++;
        var stored = new int[groupCount];
        for (int k = 0; k < values.Length; k++)
        {
            int group = groups[cells[k]];
            moments._means[group] += values[k];
            stored[group]++;
            if (values[k] > 0) moments._positive[group]++;
        }
        for (int group = 0; group < groupCount; group++)
        {
            moments._means[group] /= moments.Counts[group];
            moments._squares[group] = (moments.Counts[group] - stored[group]) * moments._means[group] * moments._means[group];
        }
        for (int k = 0; k < values.Length; k++)
        {
            double deviation = values[k] - moments._means[groups[cells[k]]];
            moments._squares[groups[cells[k]]] += deviation * deviation;
        }
        return moments;
    }

    public (double Mean, double Variance, int Count) Inside(int group) =>
        (_means[group], _squares[group] / (Counts[group] - 1), Counts[group]);

    /// <summary>Of all other groups together, from their own deviations and those of their means.</summary>
    public (double Mean, double Variance, int Count) Outside(int group)
    {
        int count = 0;
        double sum = 0, squares = 0;
        for (int other = 0; other < Counts.Length; other++)
        {
            if (other == group) continue;
            count += Counts[other];
            sum += Counts[other] * _means[other];
        }
        double mean = sum / count;
        for (int other = 0; other < Counts.Length; other++)
        {
            if (other == group) continue;
            squares += _squares[other] + (Counts[other] * (_means[other] - mean) * (_means[other] - mean));
        }
        return (mean, squares / (count - 1), count);
    }

    /// <summary>With the test's result.</summary>
    public GeneComparison Compared(int group, double score, double pValue)
    {
        (double outside, _, int others) = Outside(group);
        int positive = _positive.Sum() - _positive[group];
        return new GeneComparison(score, pValue, _means[group], outside,
            (double)_positive[group] / Counts[group], (double)positive / others);
    }
}
