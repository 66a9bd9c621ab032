namespace Gsr.Tests.Experiments.Disentanglement;

/// <summary>
/// The best split by its definition: every feature, every threshold, impurities of both halves computed from scratch.
/// </summary>
internal static class SlowTree
{
    /// <summary>The largest fall of impurity times weight; null where no split leaves enough on both sides.</summary>
    public static double? BestGain(
        double[,] features, int[] examples, int[] weights, Func<int[], double> impurity, int leastPerLeaf)
    {
        double? best = null;
        for (var f = 0; f < features.GetLength(1); f++)
        {
            foreach (var threshold in examples.Select(e => features[e, f]).Distinct())
            {
                int[] left = [.. examples.Where(e => features[e, f] <= threshold)],
                    right = [.. examples.Where(e => features[e, f] > threshold)];
                if (Weight(left) < leastPerLeaf || Weight(right) < leastPerLeaf || right.Length == 0) continue;
                var gain = (Weight(examples) * impurity(examples)) - (Weight(left) * impurity(left))
                    - (Weight(right) * impurity(right));
                if (best is null || gain > best) best = gain;
            }
        }

        return best;

        int Weight(int[] some) => some.Sum(e => weights[e]);
    }

    public static double Variance(int[] examples, int[] weights, double[] values)
    {
        double[] all = [.. examples.SelectMany(e => Enumerable.Repeat(values[e], weights[e]))];
        return all.Average(v => Math.Pow(v - all.Average(), 2));
    }

    public static double Gini(int[] examples, int[] weights, int[] classes)
    {
        int[] all = [.. examples.SelectMany(e => Enumerable.Repeat(classes[e], weights[e]))];
        return 1 - all.GroupBy(c => c).Sum(g => Math.Pow(g.Count() / (double)all.Length, 2));
    }
}
