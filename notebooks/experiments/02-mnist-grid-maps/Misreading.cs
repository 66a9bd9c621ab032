using Gsr.Analysis;
using Gsr.Analysis.Metrics;

namespace Gsr.Experiments.GridMaps;

/// <summary>
/// Where the most active cells of misread images lie (MNIST figure: those of a 9 read as 7 lie in the region of
/// 7). Cells are ranked by their excess over the mean digit, since some neurons are active for every image.
/// </summary>
public sealed record Misreading
{
    /// <summary>Number of misread images.</summary>
    public required int Count { get; init; }

    /// <summary>Mean share of a misread image's top cells in the region of the answer; NaN where none is
    /// misread.</summary>
    public required double InAnswer { get; init; }

    /// <summary>
    /// The base rate of <see cref="InAnswer"/>: for the same pairs of digits, the share of correctly read images of
    /// the true digit. A digit that is never read right has none, and its images do not count.
    /// </summary>
    public required double InAnswerBase { get; init; }

    /// <summary>Mean share of a misread image's top cells in the region of the true digit.</summary>
    public required double InTruth { get; init; }

    /// <summary>The same for images that are read correctly.</summary>
    public required double InTruthWhenRight { get; init; }

    /// <summary>Reads activations [images, nodes] by the regions of a segmentation.</summary>
    public static Misreading Of(double[,] activations, MapSegmentation regions, int[] truths, int[] answers)
    {
        var classes = truths.Concat(answers).Max() + 1;
        var means = ClassMeans.Of(activations, truths, classes);
        double[] common = [.. means.Columns().Select(column => column.Average())];
        var shares = activations.Rows().Select(row => Shares([.. row.Zip(common, (z, mean) => z - mean)])).ToArray();
        var images = Enumerable.Range(0, truths.Length).ToArray();
        var wrong = images.Where(i => answers[i] != truths[i]).ToArray();
        var right = images.Where(i => answers[i] == truths[i]).ToLookup(i => truths[i]);
        return new Misreading
        {
            Count = wrong.Length,
            InAnswer = Mean(wrong, i => shares[i][answers[i]]),
            InAnswerBase = Mean(
                wrong.Where(i => right.Contains(truths[i])), i => Mean(right[truths[i]], k => shares[k][answers[i]])),
            InTruth = Mean(wrong, i => shares[i][truths[i]]),
            InTruthWhenRight = Mean(right.SelectMany(group => group), i => shares[i][truths[i]]),
        };

        double[] Shares(double[] excess)
        {
            var top = TopCells.Of(excess);
            var share = new double[classes];
            foreach (var cell in top)
                if (regions.Labels[cell] is >= 0 and var label && label < classes) share[label] += 1.0 / top.Length;
            return share;
        }
    }

    private static double Mean(IEnumerable<int> images, Func<int, double> value) =>
        images.Select(value).DefaultIfEmpty(double.NaN).Average();
}
