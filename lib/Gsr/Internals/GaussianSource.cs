namespace Gsr.Internals;

/// <summary>
/// Standard normal numbers from a seeded <see cref="Random"/> by the Box-Muller transform:
/// z₁ = √(-2 ln u₁) cos 2πu₂, z₂ = √(-2 ln u₁) sin 2πu₂ with u₁ in (0, 1] and u₂ in [0, 1).
/// </summary>
/// <remarks>
/// z₂ is kept for the next call, so that every pair of numbers costs two draws of <paramref name="random"/>, u₁ first.
/// </remarks>
internal sealed class GaussianSource(Random random)
{
    private double _spare;
    private bool _hasSpare;

    /// <summary>The next number of mean 0 and variance 1.</summary>
    public double Next()
    {
        if (_hasSpare)
        {
            _hasSpare = false;
            return _spare;
        }
        // NextDouble is in [0, 1); its complement never is 0, so that the logarithm is finite.
        var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
        (var sin, var cos) = Math.SinCos(2 * Math.PI * random.NextDouble());
        (_spare, _hasSpare) = (radius * sin, true);
        return radius * cos;
    }
}
