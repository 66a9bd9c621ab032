namespace Gsr.Experiments.Disentanglement;

/// <summary>A grown tree: an example goes left where its feature is at most the node's threshold, until a leaf.</summary>
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
    public void Split(int node, int feature, double threshold, int left, int right) => _nodes[node] = (feature, threshold, left, right);

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
