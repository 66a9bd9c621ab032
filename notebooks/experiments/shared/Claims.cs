using System.Globalization;

namespace Gsr.Experiments;

/// <summary>
/// Checks what a notebook claims, under the evidence: a claim that fails stops the run; one that a short run cannot
/// decide is shown as skipped.
/// </summary>
/// <param name="whySkipped">Why this run cannot decide claims about results ("quick profile"); null if it can.</param>
public sealed class Claims(string? whySkipped = null)
{
    private readonly List<Outcome> _outcomes = [];

    /// <summary>What has been checked so far.</summary>
    public IReadOnlyList<Outcome> Outcomes => _outcomes;

    /// <summary>Skips claims about results from here on, for example because the data are generated.</summary>
    public void Skip(string why) => whySkipped = why;

    /// <summary>A claim that must hold in every run, however short. Returns the line to show.</summary>
    /// <exception cref="ClaimFailedException">It does not hold.</exception>
    public string Always(string claim, object measured, bool holds) => Decide(claim, measured, holds, null);

    /// <summary>A claim about results, which only a full run can decide. Returns the line to show.</summary>
    /// <exception cref="ClaimFailedException">It does not hold.</exception>
    public string Result(string claim, object measured, bool holds) => Decide(claim, measured, holds, whySkipped);

    /// <summary>
    /// A claim that may fail, such as a value of the paper that is not reached: kept with the results without stopping
    /// the run. Returns the line to show.
    /// </summary>
    public string Compare(string claim, object measured, bool holds) =>
        Add(claim, measured, whySkipped is not null ? "not decided" : holds ? "holds" : "does not hold", whySkipped);

    private string Decide(string claim, object measured, bool holds, string? why)
    {
        if (why is not null) return Add(claim, measured, "skipped", why);
        return holds ? Add(claim, measured, "holds", null) : throw new ClaimFailedException(claim, Text(measured));
    }

    private string Add(string claim, object measured, string verdict, string? why)
    {
        var outcome = new Outcome(claim, Text(measured), verdict, why);
        _outcomes.Add(outcome);
        return outcome.ToString();
    }

    private static string Text(object measured) => measured is double number
        ? number.ToString("0.###", CultureInfo.InvariantCulture)
        : FormattableString.Invariant($"{measured}");

    /// <summary>
    /// A claim and its verdict ("holds", "does not hold", "skipped" or "not decided"); prints as one line.
    /// </summary>
    public sealed record Outcome(string Claim, string Measured, string Verdict, string? Why)
    {
        /// <summary>Such as "✓ own-pair share ≥ .97: measured 0.99 ± 0.01".</summary>
        public override string ToString() => Verdict switch
        {
            "holds" => $"✓ {Claim}: measured {Measured}",
            "does not hold" => $"✗ {Claim}: does not hold here, measured {Measured}",
            _ => $"– {Claim}: {Verdict} ({Why}), measured {Measured}",
        };
    }
}
