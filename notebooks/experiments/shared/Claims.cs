namespace Gsr.Experiments;

/// <summary>
/// What a notebook claims, collected under the evidence. A verdict is an answer and stops nothing; a law that every run
/// must keep is a <see cref="Check"/>.
/// </summary>
/// <param name="undecided">Why this run decides nothing ("quick profile"); null if it decides.</param>
/// <param name="committed">The claims of the committed notebook, to be compared with.</param>
public sealed class Claims(string? undecided = null, CommittedClaims? committed = null)
{
    private readonly List<Claim> _all = [];

    /// <summary>The claims so far.</summary>
    public IReadOnlyList<Claim> All => _all;

    /// <summary>The committed notebook's claims where this run decides; else null.</summary>
    public CommittedClaims? Committed => undecided is null ? committed : null;

    /// <summary>From here on nothing is decided, for example because the data are generated.</summary>
    public void Skip(string why) => undecided = why;

    /// <summary>Adds a claim and returns the line to show.</summary>
    /// <exception cref="ArgumentException">The notebook has made this claim already.</exception>
    public string Add(Claim claim)
    {
        if (_all.Exists(c => c.Text == claim.Text))
            throw new ArgumentException($"There is a claim \"{claim.Text}\" already; make each once.", nameof(claim));
        _all.Add(claim with { Undecided = undecided ?? claim.Undecided });
        return _all[^1].ToString();
    }

    /// <summary>Adds a claim for which the paper has no value.</summary>
    public string Add(string text, params IReadOnlyList<Finding> findings) => Add(new Claim(text, findings));

    /// <summary>A law, which must hold in every run, however short. Returns the line to show.</summary>
    /// <exception cref="ClaimFailedException">It does not hold.</exception>
    public static string Check(string law, bool holds, string measured) =>
        holds ? $"✓ {law}: {measured}" : throw new ClaimFailedException(law, measured);
}
