namespace Gsr.Analysis.Pictures;

/// <summary>One quantity of <see cref="LearningCurves"/>, such as the loss.</summary>
/// <param name="Quantity">Names the vertical axis, with its unit.</param>
/// <param name="Curves">One line per run.</param>
/// <param name="Logarithmic">True by default; a value that is not positive leaves a gap then.</param>
public sealed record CurvePanel(string Quantity, IReadOnlyList<Curve> Curves, bool Logarithmic = true);
