namespace Gsr.Prediction;

/// <summary>A class as target: Gini's impurity falls. All sums are whole numbers, and so exact.</summary>
internal sealed class GiniCriterion : SplitCriterion
{
    private readonly int[] _classes;
    private readonly long[] _counts;
    private double _squares;
    private int _weight;

    /// <summary>Takes the class of each example, 0 to <paramref name="count"/> - 1.</summary>
    public GiniCriterion(ReadOnlySpan<int> classes, int count)
        : base(count)
    {
        _classes = classes.ToArray();
        _counts = new long[count];
    }

    /// <inheritdoc/>
    public override bool IsPure => _squares == (double)_weight * _weight;

    /// <inheritdoc/>
    public override double NodeScore => _squares / _weight;

    /// <inheritdoc/>
    public override void Begin(ReadOnlySpan<int> examples, ReadOnlySpan<int> weights)
    {
        Array.Clear(_counts);
        _weight = 0;
        foreach (var example in examples)
        {
            _counts[_classes[example]] += weights[example];
            _weight += weights[example];
        }

        _squares = 0;
        foreach (var count in _counts) _squares += (double)count * count;
        Restart();
    }

    /// <inheritdoc/>
    public override void Restart()
    {
        for (var k = 0; k < _counts.Length; k++) (Left[k], Right[k]) = (0, _counts[k]);
        (LeftSquares, RightSquares, LeftWeight, RightWeight) = (0, _squares, 0, _weight);
    }

    /// <inheritdoc/>
    public override void Move(int example, int weight)
    {
        var k = _classes[example];
        // (c + w)² - c² and (c - w)² - c².
        LeftSquares += weight * ((2 * Left[k]) + weight);
        RightSquares -= weight * ((2 * Right[k]) - weight);
        Left[k] += weight;
        Right[k] -= weight;
        LeftWeight += weight;
        RightWeight -= weight;
    }

    /// <inheritdoc/>
    public override void Mean(Span<double> outputs)
    {
        for (var k = 0; k < _counts.Length; k++) outputs[k] = _counts[k] / (double)_weight;
    }
}
