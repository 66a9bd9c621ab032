namespace Gsr.Experiments.Disentanglement;

/// <summary>A number as target: the variance falls. Sums are of the values less their mean over all, which keeps them small.</summary>
internal sealed class VarianceCriterion : SplitCriterion
{
    private readonly double[] _values;
    private readonly double _mean;
    private readonly double _negligible;
    private double _sum;
    private double _squares;
    private int _weight;

    public VarianceCriterion(ReadOnlySpan<double> values)
    {
        _values = values.ToArray();
        _mean = _values.Average();
        double squares = 0;
        for (var i = 0; i < _values.Length; i++)
        {
            _values[i] -= _mean;
            squares += _values[i] * _values[i];
        }

        _negligible = 1e-12 * squares / _values.Length;
    }

    /// <inheritdoc/>
    public override int Outputs => 1;

    /// <inheritdoc/>
    public override bool IsPure => _squares - NodeScore <= _negligible * _weight;

    /// <inheritdoc/>
    public override double NodeScore => _sum * _sum / _weight;

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public override void Mean(Span<double> outputs) => outputs[0] = _mean + (_sum / _weight);

    /// <inheritdoc/>
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
