namespace Gsr.Learning;

/// <summary>Whether a layer's nodes still say different things.</summary>
public enum Collapse
{
    /// <summary>They do.</summary>
    None,
    /// <summary>
    /// All nodes vary together, as one: what distinguishes them is a thousandth of the variance or less.
    /// </summary>
    AllNodesEqual,
    /// <summary>No node varies over the samples.</summary>
    AllNodesDead,
}

/// <summary>Finds collapse in activations.</summary>
internal static class CollapseDetection
{
    /// <summary>
    /// Below it the nodes are one: independent nodes have the share 1 - 1/N, two modules of equal nodes ½.
    /// </summary>
    private const double LargestShare = 1e-3;

    /// <summary>Standard deviations below this share of the layer's largest activation are rounding.</summary>
    private const double Rounding = 1e-6;

    /// <summary>
    /// The share of the variance that distinguishes nodes: with aᵢₛ the activation less the node's mean, Σ (aᵢₛ - āₛ)²
    /// / Σ aᵢₛ², where āₛ is the mean over the nodes in sample s. Of any scale, and blind to the nodes' offsets; NaN
    /// where no node varies.
    /// </summary>
    public static double DistinctShare(NodeActivations activations)
    {
        ArgumentNullException.ThrowIfNull(activations);
        return Shares(activations).Share;
    }

    /// <summary>
    /// Collapse of all nodes into one, or death of all; a layer of a single node cannot be all equal.
    /// </summary>
    public static Collapse Of(NodeActivations activations)
    {
        ArgumentNullException.ThrowIfNull(activations);
        var (share, deviation) = Shares(activations);
        return !(deviation > Rounding) ? Collapse.AllNodesDead
            : activations.Nodes > 1 && share <= LargestShare ? Collapse.AllNodesEqual
            : Collapse.None;
    }

    private static (double Share, double Deviation) Shares(NodeActivations activations)
    {
        var (nodes, samples) = (activations.Nodes, activations.Samples);
        var means = new double[samples];
        double total = 0, largest = 0;
        for (var i = 0; i < nodes; i++)
        {
            // The mean of a constant node rounds; its deviations are 0 by definition.
            if (activations.IsConstant(i))
            {
                largest = Math.Max(largest, Math.Abs(activations.Of(i)[0]));
                continue;
            }

            var node = activations.Of(i);
            double mean = 0;
            foreach (var value in node)
            {
                mean += value;
                largest = Math.Max(largest, Math.Abs(value));
            }

            mean /= samples;
            for (var s = 0; s < samples; s++)
            {
                var a = node[s] - mean;
                means[s] += a / nodes;
                total += a * a;
            }
        }

        // Σ (a - ā)² = Σ a² - N Σ ā²; what lies below 0 is rounding.
        var shared = nodes * means.Sum(m => m * m);
        return (Math.Max(0, (total - shared) / total), largest > 0 ? Math.Sqrt(total / nodes / samples) / largest : 0);
    }
}
