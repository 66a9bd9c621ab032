namespace Gsr.Prediction;

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
        : base(1)
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

        Restart();
    }

    /// <inheritdoc/>
    public override void Restart()
    {
        (Left[0], Right[0], LeftWeight, RightWeight) = (0, _sum, 0, _weight);
        (LeftSquares, RightSquares) = (0, _sum * _sum);
    }

    /// <inheritdoc/>
    public override void Move(int example, int weight)
    {
        var value = weight * _values[example];
        Left[0] += value;
        Right[0] -= value;
        LeftSquares = Left[0] * Left[0];
        RightSquares = Right[0] * Right[0];
        LeftWeight += weight;
        RightWeight -= weight;
    }

    /// <inheritdoc/>
    public override void Mean(Span<double> outputs) => outputs[0] = _mean + (_sum / _weight);
}
