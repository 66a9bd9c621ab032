namespace Gsr.Analysis.Pictures;

/// <summary>One condition of <see cref="DotsWithSpread"/>: a metric's value for each seed.</summary>
/// <param name="Name">Names its line.</param>
/// <param name="Values">One finite value per seed.</param>
/// <param name="Reference">What to compare with, such as the paper's value; none by default.</param>
/// <param name="Null">Where values without structure lie, such as 95 % of a null; none by default.</param>
public sealed record DotGroup(
    string Name, IReadOnlyList<double> Values, double? Reference = null, (double Low, double High)? Null = null);
