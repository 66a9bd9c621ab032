namespace Gsr.Experiments.TCells;

/// <summary>
/// The threshold between a marker's low and high cells by the method of Otsu (1979): of all ways to cut the values in two,
/// the one of largest variance between the parts, n₁ n₂ (m₁ - m₂)².
/// </summary>
public static class MarkerThreshold
{
    /// <summary>The threshold.</summary>
    /// <param name="values">One per cell, finite, not all equal.</param>
    /// <returns>Midway between the highest of the low and the lowest of the high values.</returns>
    /// <exception cref="ArgumentException">There are not two different values, or one is not finite.</exception>
    public static double Of(ReadOnlySpan<float> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        if (sorted.Length == 0 || !float.IsFinite(sorted[0]) || !float.IsFinite(sorted[^1]) || sorted[0] == sorted[^1])
            throw new ArgumentException($"values holds {sorted.Length} values without two different finite ones; there is nothing to divide.", nameof(values));
        var total = 0.0;
        foreach (var value in sorted) total += value;
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
