namespace Gsr.Experiments.Disentanglement;

/// <summary>
/// The target of a tree, and what a split of it is worth. For a set of examples of weight W the score is Σₖ Sₖ² / W, with Sₖ
/// the weighted sum of the k-th output; what the scores of two halves exceed that of the whole by is the fall of the impurity
/// times W: of the variance for a number, of Gini's 1 - Σ pₖ² for a class, whose outputs are the classes' indicators
/// (Breiman et al. 1984).
/// </summary>
internal abstract class SplitCriterion
{
    /// <summary>Number of values that a leaf holds.</summary>
    public abstract int Outputs { get; }

    /// <summary>Whether what a split could gain is no more than rounding.</summary>
    public abstract bool IsPure { get; }

    /// <summary>The score of the node as a whole.</summary>
    public abstract double NodeScore { get; }

    /// <summary>Takes in a node's examples.</summary>
    public abstract void Begin(ReadOnlySpan<int> examples, ReadOnlySpan<int> weights);

    /// <summary>What a leaf of the node predicts: the mean output, for a class its share.</summary>
    public abstract void Mean(Span<double> outputs);

    /// <summary>The best cut of the node by one feature: the examples up to it go left.</summary>
    /// <param name="order">The node's examples by ascending value of the feature.</param>
    /// <param name="values">The feature's value of every example, not only of the node's.</param>
    /// <param name="weights">How often each example counts.</param>
    /// <param name="least">The least weight on either side.</param>
    /// <param name="best">The sum of both sides' scores that has to be exceeded; on return that of the cut, where there is one.</param>
    /// <returns>The position in <paramref name="order"/> of the last example that goes left; -1 where no cut is better.</returns>
    public abstract int BestCut(ReadOnlySpan<int> order, double[] values, int[] weights, int least, ref double best);
}
