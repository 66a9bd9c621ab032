namespace Gsr.Experiments.Costs;

/// <summary>What a trained network is measured by.</summary>
/// <param name="Run">Its penalty and seed.</param>
/// <param name="Train">Accuracy in percent, or error, on images that it was trained on.</param>
/// <param name="Test">The same on others.</param>
/// <param name="Moran">Smoothness on the graph of the layout: Moran's I.</param>
public sealed record PenaltyOutcome(PenaltyRun Run, double Train, double Test, double Moran)
{
    /// <summary>Smoothness on another graph; NaN where not measured.</summary>
    public double OtherMoran { get; init; } = double.NaN;

    /// <summary>The Rayleigh quotient zᵀLz / zᵀz on the layout's graph; NaN where not measured.</summary>
    public double Rayleigh { get; init; } = double.NaN;

    /// <summary>Root mean square of an activation; NaN where not measured.</summary>
    public double Size { get; init; } = double.NaN;
}
