using Gsr.Analysis;

namespace Gsr.Experiments.Subclusters;

/// <summary>
/// The mean normalised activations of the paper's figure for GSR, read off to ± .03: one network, sub-clusters c0 to c5
/// by neurons n1 to n6.
/// </summary>
public static class PaperHeatMap
{
    private static readonly double[,] Printed =
    {
        { 0, 0, .85, .68, 0, 0 },
        { 0, 0, .19, .96, 0, 0 },
        { 0, 0, 0, 0, .31, .82 },
        { 0, 0, 0, 0, .93, .29 },
        { .30, .72, 0, 0, 0, 0 },
        { .87, .19, 0, 0, 0, 0 },
    };

    /// <summary>The values, [sub-clusters, neurons]; those that the figure shows as ≤ .03 are 0.</summary>
    public static double[,] Values => (double[,])Printed.Clone();

    /// <summary>
    /// The same network with its pairs of neurons, and the ends of each, in the order that comes closest to the paper's
    /// figure; neurons are 0-1, 2-3, 4-5 paired, and neither order is given by the training.
    /// </summary>
    public static double[,] Aligned(double[,] means) => Orders().Select(means.SelectColumns).MinBy(Distance)!;

    /// <summary>The mean over the 36 cells of the difference to the paper's figure, without sign.</summary>
    public static double Distance(double[,] means) =>
        means.Cast<double>().Zip(Printed.Cast<double>(), (here, paper) => Math.Abs(here - paper)).Average();

    private static IEnumerable<int[]> Orders() =>
        from a in Enumerable.Range(0, 6)
        from b in Enumerable.Range(0, 6).Where(b => b / 2 != a / 2)
        from c in Enumerable.Range(0, 6).Where(c => c / 2 != a / 2 && c / 2 != b / 2)
        select new[] { a, a ^ 1, b, b ^ 1, c, c ^ 1 };
}
