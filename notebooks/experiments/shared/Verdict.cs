namespace Gsr.Experiments;

/// <summary>What the numbers of a run say of a claim.</summary>
public enum Verdict
{
    /// <summary>Every finding lies beyond its bound, with its whole interval.</summary>
    Reached,

    /// <summary>Some findings do, others do not or are not decided.</summary>
    InPart,

    /// <summary>Every finding misses its bound, with its whole interval.</summary>
    NotReached,

    /// <summary>The intervals hold the bounds, or the run is too short to say.</summary>
    NotDecided,
}

/// <summary>How verdicts are written.</summary>
internal static class Verdicts
{
    public static string Word(this Verdict verdict) => verdict switch
    {
        Verdict.Reached => "reached",
        Verdict.InPart => "in part",
        Verdict.NotReached => "not reached",
        _ => "not decided",
    };

    public static string Mark(this Verdict verdict) => verdict switch
    {
        Verdict.Reached => "✓",
        Verdict.InPart => "◐",
        Verdict.NotReached => "✗",
        _ => "–",
    };

    /// <summary>The verdict of a claim with several findings; of none, not decided.</summary>
    public static Verdict Of(IReadOnlyList<Finding> findings)
    {
        var reached = findings.Count(f => f.Verdict == Verdict.Reached);
        if (reached > 0) return reached == findings.Count ? Verdict.Reached : Verdict.InPart;
        return findings.Count > 0 && findings.All(f => f.Verdict == Verdict.NotReached)
            ? Verdict.NotReached
            : Verdict.NotDecided;
    }
}
