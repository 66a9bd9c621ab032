namespace Gsr.Analysis.Pictures;

/// <summary>A line of <see cref="LearningCurves"/>: one run, or the mean of several with its spread.</summary>
/// <param name="Name">In the legend; the same name has the same colour in every panel.</param>
/// <param name="Steps">Ascending: optimiser steps, or epochs.</param>
/// <param name="Values">One per step; NaN leaves a gap.</param>
/// <param name="Spread">Half the height of the band around the line, such as its 95 % interval's; none by default.</param>
public sealed record Curve(
    string Name, IReadOnlyList<double> Steps, IReadOnlyList<double> Values, IReadOnlyList<double>? Spread = null)
{
    /// <summary>
    /// The mean of runs over seeds, each with one finite value per step, and its 95 % interval (t) as the band, if runs
    /// are three or more.
    /// </summary>
    /// <exception cref="ArgumentException">There is no run, lengths do not match, or a value is not finite.</exception>
    public static Curve MeanOf(string name, IReadOnlyList<double> steps, IReadOnlyList<IReadOnlyList<double>> runs)
    {
        ArgumentNullException.ThrowIfNull(steps);
        Arguments.NotEmpty(runs, nameof(runs), "run");
        for (var i = 0; i < runs.Count; i++)
        {
            Arguments.Length(runs[i].Count, steps.Count, $"runs[{i}]", "step");
            Arguments.Finite(runs[i], $"runs[{i}]");
        }
        (double Mean, double Half)[] summaries =
            [.. Enumerable.Range(0, steps.Count).Select(step => MeanInterval.Of([.. runs.Select(run => run[step])]))];
        return new Curve(name, steps, [.. summaries.Select(s => s.Mean)],
            runs.Count < MeanInterval.FewestDrawn ? null : [.. summaries.Select(s => s.Half)]);
    }
}
