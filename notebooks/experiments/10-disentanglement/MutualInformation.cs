namespace Gsr.Experiments.Disentanglement;

/// <summary>Mutual information of two discrete quantities, as counted: I(A; B) = H(A) + H(B) - H(A, B), in nats.</summary>
/// <remarks>
/// Counted from n examples it is too large by about (a - 1)(b - 1) / 2n for a and b values (Miller 1955), whatever the two have to
/// do with each other.
/// </remarks>
public static class MutualInformation
{
    /// <summary>Mutual information from counts.</summary>
    /// <param name="first">One label per example, any numbers; at least one example.</param>
    /// <param name="second">As many.</param>
    /// <returns>Nats, 0 or more.</returns>
    /// <exception cref="ArgumentException">The numbers of examples differ or are 0.</exception>
    public static double Of(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        Arguments.Labelings(first, second);
        var pairs = new (int, int)[first.Length];
        for (var i = 0; i < pairs.Length; i++) pairs[i] = (first[i], second[i]);
        return Math.Max(0, Entropy(first) + Entropy(second) - Counted(pairs));
    }

    /// <summary>Entropy from counts, -Σ p log p.</summary>
    /// <param name="labels">One per example, any numbers; at least one example.</param>
    /// <returns>Nats; 0 for a constant.</returns>
    /// <exception cref="ArgumentException">There is no example.</exception>
    public static double Entropy(ReadOnlySpan<int> labels)
    {
        if (labels.IsEmpty) throw new ArgumentException("labels holds 0 labels; label at least 1 example.", nameof(labels));
        return Counted(labels.ToArray());
    }

    /// <summary>
    /// The number of the bin of each value, among bins of equal width from the least value to the largest; a bin has its lower bound,
    /// the last one also its upper.
    /// </summary>
    /// <param name="values">Finite values.</param>
    /// <param name="bins">How many bins, at least 1.</param>
    /// <returns>0 to bins - 1; all 0 for a constant.</returns>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static int[] EqualWidthBins(ReadOnlySpan<double> values, int bins)
    {
        Arguments.AtLeast(bins, 1, nameof(bins), "take at least 1 bin.");
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i])) throw new ArgumentException($"values[{i}] is {values[i]}; drop what has no value first.", nameof(values));
            (low, high) = (Math.Min(low, values[i]), Math.Max(high, values[i]));
        }

        var numbers = new int[values.Length];
        if (!(high > low)) return numbers;
        // Halved, so that the distance of the two largest numbers of a double does not overflow.
        var width = (high / 2) - (low / 2);
        for (var i = 0; i < values.Length; i++) numbers[i] = Math.Min(bins - 1, (int)(((values[i] / 2) - (low / 2)) / width * bins));
        return numbers;
    }

    // The counts in descending order: equal partitions give equal sums, whatever their labels are called.
    private static double Counted<T>(T[] labels)
        where T : notnull
    {
        double n = labels.Length;
        var counts = labels.CountBy(label => label).Select(pair => pair.Value).OrderDescending().ToArray();
        return counts.Length == 1 ? 0 : -counts.Sum(c => c / n * Math.Log(c / n));
    }
}
