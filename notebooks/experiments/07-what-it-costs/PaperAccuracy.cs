namespace Gsr.Experiments.Costs;

/// <summary>A row of the paper's accuracy table: ten networks, in percent; its ± is a standard deviation.</summary>
/// <param name="Penalty">Its name here.</param>
/// <param name="Train">Mean accuracy on training images.</param>
/// <param name="TrainSd">Its standard deviation.</param>
/// <param name="Test">Mean accuracy on test images.</param>
/// <param name="TestSd">Its standard deviation.</param>
/// <param name="Weight">The weight that cross-validation chose there; null without a penalty.</param>
public sealed record PaperAccuracy(
    string Penalty, double Train, double TrainSd, double Test, double TestSd, double? Weight = null)
{
    /// <summary>The table.</summary>
    public static IReadOnlyList<PaperAccuracy> Table { get; } =
    [
        new("none", 99.1, 0.3, 97.5, 0.3), new("L1", 98.9, 0.3, 97.4, 0.4, 1e-4),
        new("L2", 98.3, 0.3, 98.0, 0.2, 1e-4), new("GSR", 99.3, 0.3, 98.0, 0.3, 1e-3),
    ];

    /// <summary>A penalty's row; null where the paper has none.</summary>
    public static PaperAccuracy? Of(string penalty) => Table.FirstOrDefault(row => row.Penalty == penalty);
}
