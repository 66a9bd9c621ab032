namespace Gsr.Experiments.Disentanglement;

/// <summary>
/// Grows classification and regression trees (Breiman et al. 1984) with every threshold tried. Each feature's examples are
/// sorted once for all trees, and a split keeps that order on both sides: a level costs examples times features.
/// </summary>
/// <param name="columns">[features][examples].</param>
/// <param name="sorted">[features][examples]: the examples by ascending value.</param>
/// <param name="criterion">The target; used by one thread at a time.</param>
/// <param name="options">Depth, least examples per leaf, features per split.</param>
internal sealed class TreeGrower(double[][] columns, int[][] sorted, SplitCriterion criterion, RandomForestOptions options)
{
    private readonly int[][] _order = Array.ConvertAll(sorted, column => new int[column.Length]);
    private readonly int[] _later = new int[sorted[0].Length];
    private readonly bool[] _goesLeft = new bool[sorted[0].Length];
    private readonly int[] _features = [.. Enumerable.Range(0, columns.Length)];

    /// <summary>Grows one tree.</summary>
    /// <param name="weights">How often each example counts, 0 for not at all; at least one is positive.</param>
    /// <param name="random">Chooses features, and among equally good splits.</param>
    /// <param name="importances">Receives the fall of impurity, times the weight it concerns, of each feature.</param>
    public DecisionTree Grow(int[] weights, Random random, double[] importances)
    {
        var count = 0;
        for (var f = 0; f < columns.Length; f++)
        {
            // The order that the tree before left would make this one depend on it.
            (_features[f], count) = (f, 0);
            foreach (var example in sorted[f])
                if (weights[example] > 0) _order[f][count++] = example;
        }

        var tree = new DecisionTree();
        var open = new Stack<(int Node, int Start, int End, int Depth)>();
        open.Push((AddLeaf(tree, weights, 0, count), 0, count, 0));
        while (open.TryPop(out var node))
        {
            if (node.Depth == options.MaxDepth) continue;
            criterion.Begin(_order[0].AsSpan(node.Start..node.End), weights);
            if (criterion.IsPure || BestSplit(weights, random, node.Start, node.End) is not { } split) continue;
            importances[split.Feature] += split.Gain;
            var middle = Divide(split.Feature, split.Threshold, node.Start, node.End);
            var left = AddLeaf(tree, weights, node.Start, middle);
            var right = AddLeaf(tree, weights, middle, node.End);
            tree.Split(node.Node, split.Feature, split.Threshold, left, right);
            open.Push((right, middle, node.End, node.Depth + 1));
            open.Push((left, node.Start, middle, node.Depth + 1));
        }

        return tree;
    }

    private int AddLeaf(DecisionTree tree, int[] weights, int start, int end)
    {
        criterion.Begin(_order[0].AsSpan(start..end), weights);
        var outputs = new double[criterion.Outputs];
        criterion.Mean(outputs);
        return tree.AddLeaf(outputs);
    }

    // Features are looked at in random order and only a better one replaces the best: ties are broken by chance, so that
    // twins share the importance. Features that are constant in the node do not count as looked at.
    private (int Feature, double Threshold, double Gain)? BestSplit(int[] weights, Random random, int start, int end)
    {
        var whole = criterion.NodeScore;
        (int Feature, double Threshold, double Gain)? best = null;
        // A gain below this is rounding: a constant shift of nothing.
        var bestScore = whole + (1e-12 * whole);
        var left = options.FeaturesPerSplit ?? columns.Length;
        for (var i = 0; i < _features.Length && left > 0; i++)
        {
            var other = i + random.Next(_features.Length - i);
            (_features[i], _features[other]) = (_features[other], _features[i]);
            var feature = _features[i];
            var values = columns[feature];
            var order = _order[feature].AsSpan(start..end);
            if (values[order[0]] == values[order[^1]]) continue;
            left--;
            var cut = criterion.BestCut(order, values, weights, options.LeastPerLeaf, ref bestScore);
            if (cut >= 0) best = (feature, Between(values[order[cut]], values[order[cut + 1]]), bestScore - whole);
        }

        return best;
    }

    // The middle, but always at least here and below next, also where both are neighbouring numbers.
    private static double Between(double here, double next)
    {
        var middle = here + ((next - here) / 2);
        return middle < next ? middle : here;
    }

    private int Divide(int feature, double threshold, int start, int end)
    {
        foreach (var example in _order[feature].AsSpan(start..end)) _goesLeft[example] = columns[feature][example] <= threshold;
        var middle = start;
        foreach (var order in _order)
        {
            var (earlier, later) = (start, 0);
            for (var at = start; at < end; at++)
            {
                if (_goesLeft[order[at]]) order[earlier++] = order[at];
                else _later[later++] = order[at];
            }

            Array.Copy(_later, 0, order, earlier, later);
            middle = earlier;
        }

        return middle;
    }
}
