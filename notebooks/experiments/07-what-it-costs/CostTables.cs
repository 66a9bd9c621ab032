using System.Globalization;
using static System.FormattableString;

namespace Gsr.Experiments.Costs;

/// <summary>Tables of <see cref="PenaltyOutcomes"/>.</summary>
public static class CostTables
{
    /// <summary>The chosen weights beside the paper's, and validation accuracy with and without.</summary>
    public static object[] Chosen(this PenaltyOutcomes sweep, IReadOnlyDictionary<string, double> weights) =>
    [
        .. weights.Select(chosen => new
        {
            penalty = chosen.Key, weight = Weight(chosen.Value),
            paper_weight = Weight(PaperAccuracy.Of(chosen.Key)?.Weight ?? 0),
            validation_accuracy = sweep.Of(chosen.Key, o => o.Test, chosen.Value).ToString(),
            without = sweep.Of("none", o => o.Test).ToString(),
        }),
    ];

    /// <summary>Accuracy in percent beside the paper's, differences from none, and smoothness of the maps.</summary>
    public static object[] Accuracies(this PenaltyOutcomes outcomes, IEnumerable<PenaltyRun> conditions) =>
    [
        .. conditions.Select(c => new
        {
            penalty = c.Name, weight = Weight(c.Weight),
            train = WithSd(outcomes.Of(c.Name, o => o.Train)),
            paper_train = Printed(c.Name, row => (row.Train, row.TrainSd)),
            test = WithSd(outcomes.Of(c.Name, o => o.Test)),
            paper_test = Printed(c.Name, row => (row.Test, row.TestSd)),
            test_minus_none = FromNone(outcomes, c, o => o.Test),
            train_minus_none = FromNone(outcomes, c, o => o.Train),
            I_on_grid = outcomes.Of(c.Name, o => o.Moran).ToString(),
            I_on_random_graph = outcomes.Of(c.Name, o => o.OtherMoran).ToString(),
        }),
    ];

    /// <summary>Test error, smoothness and size of codes by weight; the first row is without a penalty.</summary>
    public static object[] Codes(this PenaltyOutcomes codes, IEnumerable<double> weights)
    {
        string Number(string penalty, double weight, Func<PenaltyOutcome, double> of, int decimals = 2) =>
            codes.Of(weight == 0 ? "none" : penalty, of, weight).Interval(decimals);
        return [.. weights.Prepend(0).Select(w => new
        {
            weight = w == 0 ? "none" : Weight(w),
            error_L1 = Number("L1", w, o => o.Test, 4), error_L2 = Number("L2", w, o => o.Test, 4),
            error_GSR = Number("GSR", w, o => o.Test, 4),
            I_L1 = Number("L1", w, o => o.Moran), I_L2 = Number("L2", w, o => o.Moran),
            I_GSR = Number("GSR", w, o => o.Moran), Rayleigh_GSR = Number("GSR", w, o => o.Rayleigh),
            size_GSR = Number("GSR", w, o => o.Size, 3),
        })];
    }

    /// <summary>Milliseconds of a step (medians) and the extra time against no penalty, beside the paper's.</summary>
    public static object[] Steps(params IReadOnlyList<(string Network, InterleavedTimes Times)> measured) =>
    [
        .. measured.SelectMany(m => m.Times.Names.Select(name => new
        {
            network = m.Network, penalty = name, ms_per_step = Invariant($"{m.Times.Milliseconds(name).Median:F1}"),
            extra = name == "none" ? "" : m.Times.Extra(name, "none").Text,
            paper = name is "L2" or "GSR" ? "+14 %" : "",
        })),
    ];

    /// <summary>Everything, as numbers for other programs.</summary>
    public static Dictionary<string, object> Numbers(string source, PenaltyOutcomes outcomes,
        IEnumerable<PenaltyRun> conditions, PenaltyOutcomes codes, IEnumerable<PenaltyRun> settings)
    {
        var numbers = new Dictionary<string, object> { ["data"] = source };
        foreach (var c in conditions)
        {
            numbers[$"{c.Name}: weight"] = c.Weight;
            numbers[$"{c.Name}: train accuracy, %"] = outcomes.Of(c.Name, o => o.Train);
            numbers[$"{c.Name}: test accuracy, %"] = outcomes.Of(c.Name, o => o.Test);
            numbers[$"{c.Name}: Moran's I on the grid"] = outcomes.Of(c.Name, o => o.Moran);
        }
        foreach (var s in settings)
        {
            numbers[$"code, {s.Name} {Weight(s.Weight)}: test MSE"] = codes.Of(s.Name, o => o.Test, s.Weight);
            numbers[$"code, {s.Name} {Weight(s.Weight)}: train MSE"] = codes.Of(s.Name, o => o.Train, s.Weight);
            numbers[$"code, {s.Name} {Weight(s.Weight)}: Moran's I"] = codes.Of(s.Name, o => o.Moran, s.Weight);
        }
        return numbers;
    }

    private static string Weight(double weight) =>
        weight == 0 ? "" : weight.ToString("g", CultureInfo.InvariantCulture);

    private static string Printed(string penalty, Func<PaperAccuracy, (double Mean, double Sd)> of) =>
        PaperAccuracy.Of(penalty) is { } row ? Invariant($"{of(row).Mean:F1}, sd {of(row).Sd:F1}") : "";

    private static string WithSd(Replicates values) => values.Values.Count == 1
        ? values.ToString()
        : Invariant($"{values}, sd {values.StandardDeviation:F2}");

    private static string FromNone(PenaltyOutcomes outcomes, PenaltyRun of, Func<PenaltyOutcome, double> number) =>
        of.Weight == 0 ? "" : outcomes.Against(of.Name, null, "none", number).Interval(signed: true);
}
