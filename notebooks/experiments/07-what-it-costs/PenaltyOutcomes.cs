namespace Gsr.Experiments.Costs;

/// <summary>Networks under several penalties and weights, with what was measured of each.</summary>
public sealed class PenaltyOutcomes(IReadOnlyList<PenaltyOutcome> all)
{
    /// <summary>Number of networks.</summary>
    public int Count => all.Count;

    /// <summary>A number of the networks of a penalty, in the order of their seeds; of one weight, or of all.</summary>
    public Replicates Of(string name, Func<PenaltyOutcome, double> number, double? weight = null) =>
        new(Named(name, weight).Select(number));

    /// <summary>What two numbers of the same seed give, over the seeds that both conditions have.</summary>
    /// <param name="name">A penalty.</param>
    /// <param name="weight">Its weight; null where it has only one.</param>
    /// <param name="other">Another penalty, such as "none", of the same weight where it has several.</param>
    /// <param name="number">What is compared.</param>
    /// <param name="pair">By default the difference.</param>
    public Replicates Against(string name, double? weight, string other, Func<PenaltyOutcome, double> number,
        Func<double, double, double>? pair = null)
    {
        var others = Named(other, other == "none" ? null : weight).ToDictionary(o => o.Run.Seed, number);
        pair ??= (a, b) => a - b;
        return new(Named(name, weight).Where(o => others.ContainsKey(o.Run.Seed))
            .Select(o => pair(number(o), others[o.Run.Seed])));
    }

    /// <summary>The weight of highest mean.</summary>
    public double BestWeight(string name, IEnumerable<double> weights, Func<PenaltyOutcome, double> number) =>
        weights.MaxBy(weight => Of(name, number, weight).Mean);

    /// <summary>One panel of curves over weights, a line per penalty, beside the networks without one.</summary>
    public SweepPanel Panel(string quantity, IEnumerable<string> names, IReadOnlyList<double> weights,
        Func<PenaltyOutcome, double> number, (double Below, double Above)? around = null)
    {
        var none = Of("none", number);
        SweepLine[] lines =
            [.. names.Select(name => new SweepLine(name, [.. weights.Select(w => Of(name, number, w))]))];
        return new(quantity, lines, none,
            around is var (below, above) ? (none.Mean - below, none.Mean + above) : null);
    }

    private IEnumerable<PenaltyOutcome> Named(string name, double? weight) => all
        .Where(o => o.Run.Name == name && (weight is null || o.Run.Weight == weight)).OrderBy(o => o.Run.Seed);
}
