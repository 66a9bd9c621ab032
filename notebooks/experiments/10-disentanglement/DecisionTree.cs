namespace Gsr.Experiments.Disentanglement;

/// <summary>
/// A grown tree: an example goes left where its feature is at most the node's threshold, until a leaf.
/// </summary>
internal sealed class DecisionTree
{
    private readonly List<(int Feature, double Threshold, int Left, int Right)> _nodes = [];
    private readonly List<double[]> _outputs = [];

    /// <summary>Number of nodes, leaves included.</summary>
    public int Count => _nodes.Count;

    /// <summary>Adds a node as a leaf; returns its number. The first is the root.</summary>
    public int AddLeaf(double[] outputs)
    {
        _nodes.Add((-1, 0, -1, -1));
        _outputs.Add(outputs);
        return _nodes.Count - 1;
    }

    /// <summary>Makes a leaf a split.</summary>
    public void Split(int node, int feature, double threshold, int left, int right) =>
        _nodes[node] = (feature, threshold, left, right);

    /// <summary>A node's feature, its threshold and its children; the feature is -1 for a leaf.</summary>
    public (int Feature, double Threshold, int Left, int Right) this[int node] => _nodes[node];

    /// <summary>The outputs of the leaf that a row of features reaches.</summary>
    public double[] Outputs(double[,] features, int row)
    {
        var node = 0;
        while (_nodes[node].Feature >= 0)
        {
            var (feature, threshold, left, right) = _nodes[node];
            node = features[row, feature] <= threshold ? left : right;
        }

        return _outputs[node];
    }
}

/// <summary>
/// Grows classification and regression trees (Breiman et al. 1984) with every threshold tried, from columns [features]
/// [examples] and each feature's examples by ascending value. These are sorted once for all trees, and a split keeps
/// the order on both sides: a level costs examples times features.
/// </summary>
internal sealed class TreeGrower(
    double[][] columns, int[][] sorted, SplitCriterion criterion, RandomForestOptions options)
{
    private readonly int[][] _order = Array.ConvertAll(sorted, column => new int[column.Length]);
    private readonly int[] _later = new int[sorted[0].Length];
    private readonly bool[] _goesLeft = new bool[sorted[0].Length];
    private readonly int[] _features = [.. Enumerable.Range(0, columns.Length)];

    /// <summary>
    /// Grows one tree from examples that count as often as their weights say. Random numbers decide among equally good
    /// splits; each feature's decrease of impurity, times the weight of the node, is added to the importances.
    /// </summary>
    public DecisionTree Grow(int[] weights, Random random, double[] importances)
    {
        var count = 0;
        for (var f = 0; f < columns.Length; f++)
        {
            // The order left by the previous tree would make this one depend on it.
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

    // Features are tried in random order and only a better one replaces the best: ties are broken by chance, so that
    // twins share the importance.
    private (int Feature, double Threshold, double Gain)? BestSplit(int[] weights, Random random, int start, int end)
    {
        var whole = criterion.NodeScore;
        (int Feature, double Threshold, double Gain)? best = null;
        // A gain below this is rounding: a constant shift of nothing.
        var bestScore = whole + (1e-12 * whole);
        for (var i = 0; i < _features.Length; i++)
        {
            var other = i + random.Next(_features.Length - i);
            (_features[i], _features[other]) = (_features[other], _features[i]);
            var feature = _features[i];
            var values = columns[feature];
            var order = _order[feature].AsSpan(start..end);
            if (values[order[0]] == values[order[^1]]) continue;
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
        foreach (var example in _order[feature].AsSpan(start..end))
            _goesLeft[example] = columns[feature][example] <= threshold;
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
