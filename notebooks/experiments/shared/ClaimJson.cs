using System.Text.Json.Nodes;

namespace Gsr.Experiments;

/// <summary>Claims as JSON, for the results file, the executed notebook and the page of all claims.</summary>
internal static class ClaimJson
{
    public static JsonArray Of(IEnumerable<Claim> claims) => [.. claims.Select(claim => new JsonObject
    {
        ["claim"] = claim.Text,
        ["paper"] = claim.Paper,
        ["here"] = claim.Here,
        ["spread"] = claim.Spread,
        ["null"] = claim.Null,
        ["verdict"] = claim.Verdict.Word(),
        ["reason"] = claim.Undecided ?? claim.Reason,
        ["findings"] = new JsonArray([.. claim.Findings.Select(Of)]),
    })];

    private static JsonObject Of(Finding finding) => new()
    {
        ["name"] = finding.Name,
        ["text"] = finding.Estimate.Text,
        ["value"] = ResultsFile.Number(finding.Estimate.Value),
        ["low"] = ResultsFile.Number(finding.Estimate.Low),
        ["high"] = ResultsFile.Number(finding.Estimate.High),
        ["spread"] = finding.Estimate.Spread,
        ["goal"] = finding.Goal,
        ["verdict"] = finding.Verdict.Word(),
    };
}
