namespace Gsr.Experiments.Disentanglement;

/// <summary>A class as target: Gini's impurity falls. All sums are whole numbers, and so exact.</summary>
internal sealed class GiniCriterion : SplitCriterion
{
    private readonly int[] _classes;
    private readonly long[] _counts;
    private readonly long[] _left;
    private long _squares;
    private int _weight;

    /// <summary>Takes the class of each example, 0 to <paramref name="count"/> - 1.</summary>
    public GiniCriterion(ReadOnlySpan<int> classes, int count) =>
        (_classes, _counts, _left) = (classes.ToArray(), new long[count], new long[count]);

    /// <inheritdoc/>
    public override int Outputs => _counts.Length;

    /// <inheritdoc/>
    public override bool IsPure => _squares == (long)_weight * _weight;

    /// <inheritdoc/>
    public override double NodeScore => _squares / (double)_weight;

    /// <inheritdoc/>
    public override void Begin(ReadOnlySpan<int> examples, ReadOnlySpan<int> weights)
    {
        Array.Clear(_counts);
        (_weight, _squares) = (0, 0);
        foreach (var example in examples)
        {
            _counts[_classes[example]] += weights[example];
            _weight += weights[example];
        }

        foreach (var count in _counts) _squares += count * count;
    }

    /// <inheritdoc/>
    public override void Mean(Span<double> outputs)
    {
        for (var k = 0; k < _counts.Length; k++) outputs[k] = _counts[k] / (double)_weight;
    }

    /// <inheritdoc/>
    public override int BestCut(ReadOnlySpan<int> order, double[] values, int[] weights, int least, ref double best)
    {
        Array.Clear(_left);
        var cut = -1;
        var (leftSquares, rightSquares, leftWeight) = (0L, _squares, 0);
        for (var at = 0; at + 1 < order.Length; at++)
        {
            var (example, weight) = (order[at], (long)weights[order[at]]);
            var k = _classes[example];
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
