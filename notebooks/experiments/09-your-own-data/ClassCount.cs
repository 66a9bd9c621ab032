using Gsr.Analysis;
using Gsr.Analysis.Pictures;

namespace Gsr.Experiments.OwnData;

/// <summary>
/// How many classes the cells have, by the gap statistic (Tibshirani, Walther and Hastie 2001): for each number of
/// classes, how much more of the inputs' variance they explain than as many classes of the null's networks.
/// </summary>
/// <param name="Counts">Numbers of classes, from 2.</param>
/// <param name="Gaps">
/// For each, the mean of the logarithm of the share that the null's classes leave unexplained, less that of the data's.
/// </param>
public sealed record ClassCount(IReadOnlyList<int> Counts, IReadOnlyList<double> Gaps)
{
    /// <summary>The largest number that is tried.</summary>
    public const int Most = 15;

    /// <summary>So much of the largest gap suffices.</summary>
    public const double Enough = 0.8;

    /// <summary>The smallest number whose gap is at least four fifths of the largest one.</summary>
    public int Chosen => Counts[Enumerable.Range(0, Counts.Count).First(i => Gaps[i] >= Enough * Gaps.Max()
        || Gaps[i] == Gaps.Max())];

    /// <summary>The gaps as a line.</summary>
    public CurvePanel Panel() => new(
        "gap to the null", [new Curve("gap", [.. Counts.Select(count => (double)count)], Gaps)], Logarithmic: false);

    /// <summary>From networks of the data and of one null or more, on at most 2,000 of the cells.</summary>
    /// <exception cref="ArgumentException">There are fewer than three cells, or no null.</exception>
    public static ClassCount Of(TrainedModules data, params IReadOnlyList<TrainedModules> nulls)
    {
        Arguments.NotEmpty(nulls, nameof(nulls), "null");
        var cells = Math.Min(data.Inputs.GetLength(0), CellSample.ForChoice);
        Arguments.AtLeast(cells, 3, nameof(data), "so few cells have no classes.");
        int[] counts = [.. Enumerable.Range(2, Math.Min(Most, cells - 1) - 1)];
        var own = Left(data);
        double[][] others = [.. nulls.Select(Left)];
        return new(counts, [.. counts.Select((_, i) => others.Average(left => left[i]) - own[i])]);

        double[] Left(TrainedModules networks)
        {
            var sample = CellSample.Of(networks.Inputs.GetLength(0), CellSample.ForChoice);
            var (signals, inputs) = (networks.Signals(sample), networks.Inputs.SelectRows(sample));
            return [.. counts.AsParallel().AsOrdered().Select(count => Math.Log(Math.Max(1e-9,
                CellClasses.UnexplainedShare(inputs, KMeans.Fit(signals, count, 1, starts: 2).Classes))))];
        }
    }
}
