using System.Globalization;
using MathNet.Numerics.Distributions;

namespace Gsr.Experiments.OwnData;

/// <summary>
/// Whether data support the classes of cells that networks found in them, in plain sentences: networks of other seeds
/// must find them again, and they must explain more of the inputs than as many classes of a null with the same chance
/// (<see cref="MatchedNull"/>).
/// </summary>
/// <remarks>
/// That modules agree between seeds is no evidence: on the null they agree as much. What only data with structure have
/// is that the cells lie in groups along them.
/// </remarks>
/// <param name="IsSupported">Whether every condition holds.</param>
/// <param name="Choice">How the number of classes was chosen.</param>
/// <param name="Classes">The classes of the data.</param>
/// <param name="Gap">
/// The mean logarithm of the share of the inputs' variance within as many classes of the null's networks, less that of
/// the data's networks.
/// </param>
/// <param name="OfNulls">As many classes of each null.</param>
/// <param name="Sentences">The verdict, then one sentence for each condition that fails.</param>
public sealed record StructureVerdict(
    bool IsSupported, ClassCount Choice, CellClasses Classes, Estimate Gap, IReadOnlyList<CellClasses> OfNulls,
    IReadOnlyList<string> Sentences)
{
    /// <summary>Least agreement of networks: the adjusted Rand index of their classes, mean over pairs.</summary>
    public const double LeastAgreement = 0.5;

    /// <summary>Least gap: a tenth less is left unexplained.</summary>
    public const double LeastGap = 0.1;

    /// <summary>Judges networks of the data beside those of one null or more, all else equal.</summary>
    /// <exception cref="ArgumentException">There are fewer than two networks of a kind, or no null.</exception>
    public static StructureVerdict Of(TrainedModules data, params IReadOnlyList<TrainedModules> nulls)
    {
        var choice = ClassCount.Of(data, nulls);
        var classes = CellClasses.Of(data, choice.Chosen);
        CellClasses[] others = [.. nulls.Select(one => CellClasses.Of(one, choice.Chosen))];
        var gap = GapOf(classes.Unexplained, [.. others.SelectMany(one => one.Unexplained)]);
        var (agreement, less) = (classes.Agreement, Percent(1 - Math.Exp(-gap.Value)));
        List<string> failures = [];
        if (gap.Value >= LeastGap && gap.Low < 0)
        {
            failures.Add($"{choice.Chosen} classes leave {less} less of the variance unexplained than as many of the " +
                $"null, but networks differ as much (gap {gap.Text}): train from more seeds.");
        }
        else if (!(gap.Value >= LeastGap))
        {
            failures.Add($"{choice.Chosen} classes leave {less} less of the variance unexplained than as many of the " +
                $"null (gap {gap.Text}, least {Number(LeastGap)}): cells without groups would look the same.");
        }

        if (!(agreement.Mean >= LeastAgreement))
        {
            failures.Add($"Another seed gives other classes (adjusted Rand index {agreement}, least " +
                $"{Number(LeastAgreement)}): do not read meaning into a single network.");
        }

        var verdict = failures.Count > 0
            ? "WARNING: the data do not support the classes."
            : $"The data support {choice.Chosen} classes: networks of other seeds find them again (adjusted Rand " +
                $"index {agreement}), and they leave {less} less of the variance unexplained than as many of the " +
                $"null (gap {gap.Text}).";
        return new(failures.Count == 0, choice, classes, gap, others, [verdict, .. failures]);
    }

    /// <summary>All sentences, one a line.</summary>
    public override string ToString() => string.Join('\n', Sentences);

    /// <summary>
    /// The difference of two means with its 95 % interval over networks, by Student's t of the joint variance, since a
    /// kind may have two networks.
    /// </summary>
    private static Estimate GapOf(IReadOnlyList<double> data, IReadOnlyList<double> nulls)
    {
        Replicates own = new(data.Select(Log)), other = new(nulls.Select(Log));
        double n = data.Count, m = nulls.Count, freedom = n + m - 2;
        var variance = (((n - 1) * Math.Pow(own.StandardDeviation, 2))
            + ((m - 1) * Math.Pow(other.StandardDeviation, 2))) / freedom;
        var gap = other.Mean - own.Mean;
        var half = StudentT.InvCDF(0, 1, freedom, 0.975) * Math.Sqrt(variance * ((1 / n) + (1 / m)));
        return new(gap, gap - half, gap + half, $"{Number(gap)} ± {Number(half)}",
            $"{data.Count} and {nulls.Count} networks");

        static double Log(double share) => Math.Log(Math.Max(1e-9, share));
    }

    private static string Number(double value) => Text(value, 2);

    private static string Percent(double share) => $"{Text(100 * share, 0)} %";

    /// <summary>What rounds to zero is 0, not -0.</summary>
    private static string Text(double value, int decimals) =>
        (Math.Round(value, decimals) + 0.0).ToString($"F{decimals}", CultureInfo.InvariantCulture);
}
