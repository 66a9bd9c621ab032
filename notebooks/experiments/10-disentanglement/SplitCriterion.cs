namespace Gsr.Experiments.Disentanglement;

/// <summary>
/// The target of a tree and the gain of a split of it. For a set of examples of weight W the score is Σₖ Sₖ² / W, with
/// Sₖ the weighted sum of the k-th output; the scores of two halves less that of the whole are the decrease of the
/// impurity times W: of the variance for a number, of Gini's 1 - Σ pₖ² for a class, whose outputs are the classes'
/// indicators (Breiman et al. 1984).
/// </summary>
internal abstract class SplitCriterion
{
    /// <summary>Number of values that a leaf holds.</summary>
    public abstract int Outputs { get; }

    /// <summary>Whether the possible gain of a split is no more than rounding.</summary>
    public abstract bool IsPure { get; }

    /// <summary>The score of the node as a whole.</summary>
    public abstract double NodeScore { get; }

    /// <summary>Takes in a node's examples, each of which counts as often as its weight says.</summary>
    public abstract void Begin(ReadOnlySpan<int> examples, ReadOnlySpan<int> weights);

    /// <summary>The prediction of a leaf of the node: the mean output, for a class its share.</summary>
    public abstract void Mean(Span<double> outputs);

    /// <summary>
    /// The best cut of the node's examples, ordered by the values of a feature, with at least a weight of
    /// <paramref name="least"/> on either side: the position of the last example that goes left; -1 where no cut has a
    /// score above <paramref name="best"/>, which is set to the score of the cut.
    /// </summary>
    public abstract int BestCut(ReadOnlySpan<int> order, double[] values, int[] weights, int least, ref double best);
}

/// <summary>A class as target, 0 to count - 1: Gini's impurity. All sums are whole numbers, and so exact.</summary>
internal sealed class GiniCriterion(int[] classes, int count) : SplitCriterion
{
    private readonly long[] _counts = new long[count];
    private readonly long[] _left = new long[count];
    private long _squares;
    private int _weight;

    public override int Outputs => _counts.Length;

    public override bool IsPure => _squares == (long)_weight * _weight;

    public override double NodeScore => _squares / (double)_weight;

    public override void Begin(ReadOnlySpan<int> examples, ReadOnlySpan<int> weights)
    {
        Array.Clear(_counts);
        (_weight, _squares) = (0, 0);
        foreach (var example in examples)
        {
            _counts[classes[example]] += weights[example];
            _weight += weights[example];
        }

        foreach (var number in _counts) _squares += number * number;
    }

    public override void Mean(Span<double> outputs)
    {
        for (var k = 0; k < _counts.Length; k++) outputs[k] = _counts[k] / (double)_weight;
    }

    public override int BestCut(ReadOnlySpan<int> order, double[] values, int[] weights, int least, ref double best)
    {
        Array.Clear(_left);
        var cut = -1;
        var (leftSquares, rightSquares, leftWeight) = (0L, _squares, 0);
        for (var at = 0; at + 1 < order.Length; at++)
        {
            var (example, weight) = (order[at], (long)weights[order[at]]);
            var k = classes[example];
            var (left, right) = (_left[k], _counts[k] - _left[k]);
            // (c + w)² - c² and (c - w)² - c².
            leftSquares += weight * ((2 * left) + weight);
            rightSquares -= weight * ((2 * right) - weight);
            _left[k] = left + weight;
            leftWeight += weights[example];
            if (leftWeight < least || values[example] == values[order[at + 1]]) continue;
            var rightWeight = _weight - leftWeight;
            if (rightWeight < least) break;
            var score = (leftSquares / (double)leftWeight) + (rightSquares / (double)rightWeight);
            if (score > best) (best, cut) = (score, at);
        }

        return cut;
    }
}

/// <summary>
/// A number as target: the variance. Sums are of the values less their mean over all, which keeps them small.
/// </summary>
internal sealed class VarianceCriterion : SplitCriterion
{
    private readonly double[] _values;
    private readonly double _mean;
    private readonly double _negligible;
    private double _sum;
    private double _squares;
    private int _weight;

    public VarianceCriterion(double[] values)
    {
        _mean = values.Average();
        _values = Array.ConvertAll(values, value => value - _mean);
        double squares = 0;
        foreach (var value in _values) squares += value * value;
        _negligible = 1e-12 * squares / _values.Length;
    }

    public override int Outputs => 1;

    public override bool IsPure => _squares - NodeScore <= _negligible * _weight;

    public override double NodeScore => _sum * _sum / _weight;

    public override void Begin(ReadOnlySpan<int> examples, ReadOnlySpan<int> weights)
    {
        (_sum, _squares, _weight) = (0, 0, 0);
        foreach (var example in examples)
        {
            var value = _values[example];
            _sum += weights[example] * value;
            _squares += weights[example] * value * value;
            _weight += weights[example];
        }
    }

    public override void Mean(Span<double> outputs) => outputs[0] = _mean + (_sum / _weight);

    public override int BestCut(ReadOnlySpan<int> order, double[] values, int[] weights, int least, ref double best)
    {
        var cut = -1;
        double left = 0;
        var leftWeight = 0;
        for (var at = 0; at + 1 < order.Length; at++)
        {
            var example = order[at];
            left += weights[example] * _values[example];
            leftWeight += weights[example];
            if (leftWeight < least || values[example] == values[order[at + 1]]) continue;
            var rightWeight = _weight - leftWeight;
            if (rightWeight < least) break;
            var right = _sum - left;
            var score = (left * left / leftWeight) + (right * right / rightWeight);
            if (score > best) (best, cut) = (score, at);
        }

        return cut;
    }
}
