namespace Gsr.Prediction;

/// <summary>
/// The target of a tree, and what a split of it is worth. For a set of examples of weight W the score is Σₖ Sₖ² / W, with Sₖ
/// the weighted sum of the k-th output; what the scores of two halves exceed that of the whole by is the fall of the impurity
/// times W: of the variance for a number, of Gini's 1 - Σ pₖ² for a class, whose outputs are the classes' indicators
/// (Breiman et al. 1984).
/// </summary>
internal abstract class SplitCriterion
{
    protected SplitCriterion(int outputs) => (Left, Right) = (new double[outputs], new double[outputs]);

    /// <summary>Sums of the outputs left of the split.</summary>
    protected double[] Left { get; }

    /// <summary>Sums of the outputs right of it.</summary>
    protected double[] Right { get; }

    /// <summary>Σₖ Sₖ² of either side, kept up to date as examples move.</summary>
    protected double LeftSquares { get; set; }

    /// <inheritdoc cref="LeftSquares"/>
    protected double RightSquares { get; set; }

    /// <summary>Weight left of the split.</summary>
    public int LeftWeight { get; protected set; }

    /// <summary>Weight right of it.</summary>
    public int RightWeight { get; protected set; }

    /// <summary>Number of values that a leaf holds.</summary>
    public int Outputs => Left.Length;

    /// <summary>Σ of both sides' scores.</summary>
    public double Score => (LeftSquares / LeftWeight) + (RightSquares / RightWeight);

    /// <summary>Whether what a split could gain is no more than rounding.</summary>
    public abstract bool IsPure { get; }

    /// <summary>Starts a node with all its examples on the right; the totals stay for <see cref="Restart"/>.</summary>
    public abstract void Begin(ReadOnlySpan<int> examples, ReadOnlySpan<int> weights);

    /// <summary>Brings all examples of the node back to the right.</summary>
    public abstract void Restart();

    /// <summary>Moves an example from right to left.</summary>
    public abstract void Move(int example, int weight);

    /// <summary>The score of the node as a whole.</summary>
    public abstract double NodeScore { get; }

    /// <summary>What a leaf of the node predicts: the mean output, for a class its share.</summary>
    public abstract void Mean(Span<double> outputs);
}
