using Gsr.Analysis.Pictures;
using Plotly.NET;

namespace Gsr.Experiments.Costs;

/// <summary>Pictures of <see cref="PenaltyOutcomes"/>; curves over weights are <see cref="SweepCurves"/>.</summary>
public static class CostPictures
{
    /// <summary>Accuracy of every classifier on test and training images, with the paper's means.</summary>
    public static GenericChart Classifiers(PenaltyOutcomes outcomes, IReadOnlyList<string> names)
    {
        DotPanel Panel(string metric, Func<PenaltyOutcome, double> of, Func<PaperAccuracy, double> printed) =>
            new(metric, [.. names.Select(name => new DotGroup(name, outcomes.Of(name, of).Values,
                PaperAccuracy.Of(name) is { } row ? printed(row) : null))]);
        return DotsWithSpread.Compare(
            [
                Panel("test accuracy (%)", o => o.Test, row => row.Test),
                Panel("training accuracy (%)", o => o.Train, row => row.Train),
            ],
            "Every classifier", dotName: "network");
    }
}
