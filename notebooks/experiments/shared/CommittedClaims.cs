using System.Text.Json.Nodes;

namespace Gsr.Experiments;

/// <summary>The claims of a notebook as committed, which its table of claims carries as data.</summary>
public sealed class CommittedClaims
{
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
    /// Such as "0.97 ± 0.01: agrees" for each finding: two means agree when they differ by no more than their
    /// intervals' half widths together, √(a² + b²).
    /// </summary>
    internal string Compare(Claim claim)
    {
        if (!_byText.TryGetValue(claim.Text, out var committed)) return "new";
        var findings = committed["findings"]!.AsArray();
        return string.Join("; ", claim.Findings.Select((finding, i) => i >= findings.Count
            ? "new"
            : (string)findings[i]!["text"]! + (Agrees(finding.Estimate, findings[i]!) ? ": agrees" : ": differs")));
    }

    /// <summary>
    /// Whether the committed notebook reaches a claim that this run misses, by a number that differs from the committed
    /// one: with few seeds alone a share of networks may miss its bound and agree all the same.
    /// </summary>
    internal bool IsLost(Claim claim) => claim.Verdict == Verdict.NotReached
        && _byText.TryGetValue(claim.Text, out var committed)
        && (string)committed["verdict"]! == Verdict.Reached.Word()
        && claim.Findings.Zip(committed["findings"]!.AsArray()).Any(pair => !Agrees(pair.First.Estimate, pair.Second!));

    private static bool Agrees(Estimate here, JsonNode committed)
    {
        var half = Math.Sqrt(Square(here.High - here.Low) + Square(Number("high") - Number("low"))) / 2;
        // 1e-6: numbers in files have six decimals.
        return Math.Abs(here.Value - Number("value")) <= half + 1e-6;

        double Number(string key) => (double?)committed[key] ?? double.NaN;
        static double Square(double width) => double.IsNaN(width) ? 0 : width * width;
    }
}
