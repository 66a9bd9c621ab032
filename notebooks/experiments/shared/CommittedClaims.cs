using System.Text.Json.Nodes;

namespace Gsr.Experiments;

/// <summary>The claims of a notebook as committed, which its table of claims carries as data.</summary>
public sealed class CommittedClaims
{
    private const double Usual = 0.05;
    private const double Certain = 0.002;

    private readonly Dictionary<string, JsonNode> _byText;

    private CommittedClaims(Dictionary<string, JsonNode> byText) => _byText = byText;

    /// <summary>Those of notebooks/NAME.ipynb of the workbook around the current folder; null if there are none.</summary>
    /// <param name="name">The notebook's name without ending.</param>
    /// <param name="workbook">The workbook's folder; null looks for it.</param>
    public static CommittedClaims? Read(string name, string? workbook = null)
    {
        var path = Path.Combine(workbook ?? ResultsFile.WorkbookFolder(), "notebooks", name + ".ipynb");
        if (!File.Exists(path)) return null;
        var outputs = JsonNode.Parse(File.ReadAllText(path))?["cells"]?.AsArray()
            .SelectMany(cell => cell?["outputs"]?.AsArray() ?? []);
        var table = outputs?.Select(output => output?["data"]?[ClaimTable.MimeType])
            .LastOrDefault(data => data is not null);
        return table is null
            ? null
            : new(table["claims"]!.AsArray().ToDictionary(claim => (string)claim!["claim"]!, claim => claim!));
    }

    /// <summary>
    /// Such as "0.97 ± 0.01: agrees" for each finding: it does where networks of one kind would differ as much with a
    /// probability of 5 % or more (<see cref="Agreement"/>).
    /// </summary>
    internal string Compare(Claim claim) => !_byText.ContainsKey(claim.Text) ? "new"
        : string.Join("; ", Pairs(claim).Select(pair => pair.Committed is not { } committed ? "new"
            : committed.Text + (Agrees(pair.Here, committed) ? ": agrees" : ": differs")));

    /// <summary>Such as "22 of 23 numbers agree with the committed ones".</summary>
    internal string Compare(IEnumerable<Claim> claims)
    {
        bool[] agree = [.. claims.SelectMany(Pairs).Where(pair => pair.Committed is not null)
            .Select(pair => Agrees(pair.Here, pair.Committed!))];
        return $"{agree.Count(yes => yes)} of {agree.Length} numbers agree with the committed ones";
    }

    /// <summary>
    /// Whether the committed notebook reaches a claim of which a number here is beyond its bound and differs from the
    /// committed one as less than .2 % would: with few networks a mean may miss its bound and agree all the same. Where
    /// nothing but intervals can be compared, every number has to miss its bound by its interval.
    /// </summary>
    internal bool IsLost(Claim claim) => claim.Undecided is null
        && _byText.TryGetValue(claim.Text, out var committed)
        && (string)committed["verdict"]! == Verdict.Reached.Word()
        && claim.Findings.Where((finding, i) => Committed(committed, i) is { } estimate
            && IsLost(claim, finding, estimate)).Any();

    private IEnumerable<(Estimate Here, Estimate? Committed)> Pairs(Claim claim) => claim.Findings.Select(
        (finding, i) => (finding.Estimate, _byText.TryGetValue(claim.Text, out var of) ? Committed(of, i) : null));

    private static bool IsLost(Claim claim, Finding finding, Estimate committed) =>
        Agreement.Probability(finding.Estimate, committed) is var probability && double.IsNaN(probability)
            ? claim.Verdict == Verdict.NotReached && !Agrees(finding.Estimate, committed)
            : finding.ValueMisses && probability < Certain;

    private static bool Agrees(Estimate here, Estimate committed) =>
        Agreement.Probability(here, committed) is var probability && double.IsNaN(probability)
            ? Agreement.IsWithinIntervals(here, committed)
            : probability >= Usual;

    // A finding's own spread; of one that has none written the claim's, where it is clear which.
    private static Estimate? Committed(JsonNode claim, int i)
    {
        if (claim["findings"]!.AsArray() is var findings && i >= findings.Count) return null;
        var finding = findings[i]!;
        var spreads = ((string?)claim["spread"] ?? "").Split("; ");
        var spread = (string?)finding["spread"]
            ?? (spreads.Length == 1 ? spreads[0] : spreads.Length == findings.Count ? spreads[i] : "");
        return new(Number("value"), Number("low"), Number("high"), (string)finding["text"]!, spread);

        double Number(string key) => (double?)finding[key] ?? double.NaN;
    }
}
