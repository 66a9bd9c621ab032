namespace Gsr.Experiments;

/// <summary>One sentence that a notebook says, and the numbers that carry it.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Findings">What was measured, each with its bound.</param>
public sealed record Claim(string Text, params IReadOnlyList<Finding> Findings)
{
    /// <summary>The paper's value for it, as printed; null if it has none.</summary>
    public string? Paper { get; init; }

    /// <summary>What chance, shuffled data or a network without the penalty give in its place; null if nothing.</summary>
    public string? Null { get; init; }

    /// <summary>Why the verdict is what it is, where the numbers do not say it.</summary>
    public string? Reason { get; init; }

    /// <summary>Why this run does not decide it ("quick profile", "short trainings"); null if it decides.</summary>
    public string? Undecided { get; init; }

    /// <summary>What the findings say together.</summary>
    public Verdict Verdict => Undecided is null ? Verdicts.Of(Findings) : Verdict.NotDecided;

    /// <summary>Our numbers as one text.</summary>
    public string Here => string.Join("; ", Findings);

    /// <summary>The kinds of spread of our numbers, such as "10 seeds".</summary>
    public string Spread => string.Join("; ", Findings.Select(f => f.Estimate.Spread).Distinct());

    /// <summary>Such as "✓ the share stays in its pair: 0.98 ± 0.01 (≥ 0.97)".</summary>
    public override string ToString() => $"{Verdict.Mark()} {Text}: {Here}"
        + (Verdict == Verdict.Reached ? "" : $"; {Verdict.Word()}")
        + (Undecided is null ? "" : $" ({Undecided})");
}
