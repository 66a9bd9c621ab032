using System.Globalization;

namespace Gsr.Experiments.Capsules;

/// <summary>
/// All networks of a study, read by condition; a measure is the index of one of <see cref="ImageMoments.Measures"/>.
/// </summary>
public sealed class CapsuleOutcomes(IReadOnlyList<CapsuleOutcome> all)
{
    /// <summary>The networks of a condition, in the order of their seeds.</summary>
    public IReadOnlyList<CapsuleOutcome> Of(string condition) => [.. all.Where(o => o.Condition == condition)];

    /// <summary>A number of each network of a condition.</summary>
    public Replicates Each(string condition, Func<CapsuleOutcome, double> value) => new(Of(condition).Select(value));

    /// <summary>One condition minus another, seed by seed.</summary>
    public Replicates Difference(string condition, string from, Func<CapsuleOutcome, double> value) =>
        Each(condition, value).Minus(Each(from, value));

    /// <summary>The digits of one sign in each network, their mean by chance and the pooled p, as text.</summary>
    public string Text(string condition, int measure) => string.Create(CultureInfo.InvariantCulture,
        $"{string.Join(", ", Shared(condition, measure).Select(s => s.Agreeing))} of 10 "
        + $"(chance {Shared(condition, measure).Average(s => s.NullMean):F1}, {PValue(condition, measure).Text})");

    /// <summary>The networks' p values, pooled.</summary>
    public Estimate PValue(string condition, int measure) =>
        Estimate.P(Pooled(condition, measure), $"999 renumberings, {Of(condition).Count} networks pooled");

    /// <summary>The share of the networks in which all ten digits have one sign.</summary>
    public Estimate AllTen(string condition, int measure) =>
        Estimate.Share(Shared(condition, measure).Count(s => s.Agreeing == 10), Of(condition).Count);

    private double Pooled(string condition, int measure) =>
        SharedDimension.Pooled([.. Shared(condition, measure).Select(s => s.PValue)]);

    private SharedDimension[] Shared(string condition, int measure) =>
        [.. Of(condition).Select(o => o.Factors[measure])];
}
