namespace Gsr.Analysis.Pictures;

/// <summary>One quantity of a <see cref="Sweep"/>, on its own vertical axis.</summary>
/// <param name="Name">Names the axis, with its unit.</param>
/// <param name="Values">One array per α, with the value of each seed; finite, at least one.</param>
/// <param name="Reference">The paper's value, drawn across; none by default.</param>
public sealed record SweepSeries(
    string Name, IReadOnlyList<IReadOnlyList<double>> Values, double? Reference = null);
