namespace Gsr.Analysis.Pictures;

/// <summary>One metric of <see cref="DotsWithSpread"/>.</summary>
/// <param name="Metric">Names the horizontal axis, with its unit.</param>
/// <param name="Groups">The conditions, from top to bottom.</param>
public sealed record DotPanel(string Metric, IReadOnlyList<DotGroup> Groups);
