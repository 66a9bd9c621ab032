using System.Globalization;

namespace Gsr.Experiments;

/// <summary>
/// Checks what a notebook claims, straight under the evidence: a claim that does not hold stops the run, one that a short
/// run cannot decide is named and skipped in sight.
/// </summary>
public sealed class Claims
{
    private readonly List<Outcome> _outcomes = [];
    private string? _whySkipped;

    /// <summary>Makes a list of claims.</summary>
    /// <param name="whySkipped">Why claims about results cannot be decided in this run ("quick profile"); null if they can.</param>
    public Claims(string? whySkipped = null) => _whySkipped = whySkipped;

    /// <summary>From here on claims about results are not decided, such as where data are generated.</summary>
    /// <param name="why">Such as "generated digits, not MNIST".</param>
    public void Skip(string why) => _whySkipped = why;

    /// <summary>What was checked so far.</summary>
    public IReadOnlyList<Outcome> Outcomes => _outcomes;

    /// <summary>A claim that must hold in every run, however short.</summary>
    /// <param name="claim">The sentence.</param>
    /// <param name="measured">The evidence, printed beside it.</param>
    /// <param name="holds">Whether it holds.</param>
    /// <returns>The line to show.</returns>
    /// <exception cref="ClaimFailedException">It does not hold.</exception>
    public string Always(string claim, object measured, bool holds) => Decide(claim, measured, holds, null);

    /// <summary>A claim about results, which only a full run can decide.</summary>
    /// <param name="claim">The sentence.</param>
    /// <param name="measured">The evidence, printed beside it.</param>
    /// <param name="holds">Whether it holds; not looked at when claims are skipped.</param>
    /// <returns>The line to show.</returns>
    /// <exception cref="ClaimFailedException">It does not hold.</exception>
    public string Result(string claim, object measured, bool holds) => Decide(claim, measured, holds, _whySkipped);

    /// <summary>A value of the paper that is not reached: shown beside what is, and kept with the results; it does not stop the run.</summary>
    /// <param name="claim">The paper's claim.</param>
    /// <param name="measured">The evidence, printed beside it.</param>
    /// <param name="holds">Whether it holds.</param>
    /// <returns>The line to show.</returns>
    public string Compare(string claim, object measured, bool holds) =>
        Add(new Outcome(claim, Text(measured), _whySkipped is not null ? "not decided" : holds ? "holds" : "does not hold", _whySkipped));

    private string Decide(string claim, object measured, bool holds, string? whySkipped)
    {
        if (whySkipped is not null) return Add(new Outcome(claim, Text(measured), "skipped", whySkipped));
        if (!holds) throw new ClaimFailedException(claim, Text(measured));
        return Add(new Outcome(claim, Text(measured), "holds", null));
    }

    private string Add(Outcome outcome)
    {
        _outcomes.Add(outcome);
        return outcome.ToString();
    }

    private static string Text(object measured) =>
        measured is double number ? number.ToString("0.###", CultureInfo.InvariantCulture) : FormattableString.Invariant($"{measured}");

    /// <summary>A claim and what became of it; prints as one line.</summary>
    /// <param name="Claim">The sentence.</param>
    /// <param name="Measured">The evidence.</param>
    /// <param name="Verdict">holds, does not hold, skipped or not decided.</param>
    /// <param name="Why">Why it was skipped; null if it was not.</param>
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

/// <summary>A notebook's claim does not hold.</summary>
public sealed class ClaimFailedException : Exception
{
    internal ClaimFailedException(string claim, string measured)
        : base($"The claim does not hold: {claim}; measured {measured}.")
    {
    }
}
