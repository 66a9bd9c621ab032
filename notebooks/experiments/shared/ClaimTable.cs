using System.Security;
using System.Text;
using System.Text.Json.Nodes;
using Gsr.Analysis.Pictures;

namespace Gsr.Experiments;

/// <summary>A notebook's claims as one table: HTML, text, and data for other programs.</summary>
[TypeFormatterSource(typeof(ClaimTableFormats), PreferredMimeTypes = ["text/html", MimeType, "text/plain"])]
public sealed class ClaimTable
{
    /// <summary>The type under which an executed notebook holds the claims as JSON.</summary>
    public const string MimeType = "application/vnd.gsr.claims+json";

    private const string Legend = "a ± b: the mean and half of its 95 % interval over seeds. A bound is reached when "
        + "the whole interval lies beyond it, not reached when none of it does, and else not decided.";

    private readonly Claims _claims;
    private readonly string _profile;

    internal ClaimTable(Claims claims, string profile) => (_claims, _profile) = (claims, profile);

    private string Counts => string.Join(", ", _claims.All.GroupBy(claim => claim.Verdict).OrderBy(group => group.Key)
        .Select(group => $"{group.Count()} {group.Key.Word()}"))
            + (_claims.Committed is { } committed ? $"; {committed.Compare(_claims.All)}" : "");

    /// <summary>A table that folds: claim, paper, here, null, verdict; and what is committed, where compared.</summary>
    public string ToHtml()
    {
        var html = new StringBuilder("<details open><summary>").Append(_claims.All.Count).Append(" claims: ")
            .Append(Counts).Append("</summary><table class=\"dataframe\"><thead>");
        Row(html, "th", ["claim", "paper", "here", "null", "verdict", .. Committed("committed")]);
        html.Append("</thead><tbody>");
        foreach (var claim in _claims.All)
        {
            var verdict = $"{claim.Verdict.Mark()} {claim.Verdict.Word()}"
                + ((claim.Undecided ?? claim.Reason) is { } why ? $": {why}" : "");
            Row(html, "td", [claim.Text, claim.Paper ?? "", $"{claim.Here}, {claim.Spread}", claim.Null ?? "", verdict,
                .. Committed(_claims.Committed?.Compare(claim) ?? "")]);
        }
        return html.Append("</tbody></table><small>").Append(Legend).Append("</small></details>").ToString();
    }

    /// <summary>The table as lines.</summary>
    public override string ToString() => $"{_claims.All.Count} claims: {Counts}\n"
        + string.Join("\n", _claims.All.Select(claim => claim.ToString()));

    /// <summary>The claims as JSON, as in the results file.</summary>
    internal JsonObject ToJson() => new() { ["profile"] = _profile, ["claims"] = ClaimJson.Of(_claims.All) };

    private static void Row(StringBuilder html, string cell, IReadOnlyList<string> texts)
    {
        html.Append("<tr>");
        foreach (var text in texts)
            html.Append($"<{cell} style=\"text-align:left\">{SecurityElement.Escape(text)}</{cell}>");
        html.Append("</tr>");
    }

    private string[] Committed(string text) => _claims.Committed is null ? [] : [text];

}

/// <summary>The representations of a <see cref="ClaimTable"/>, in the shape that engines look for.</summary>
internal sealed class ClaimTableFormats
{
    /// <summary>Called by engines.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
        [new ValueFormat<ClaimTable>("text/html", table => table.ToHtml()),
            new ValueFormat<ClaimTable>(ClaimTable.MimeType, table => table.ToJson().ToJsonString()),
            new ValueFormat<ClaimTable>("text/plain", table => table.ToString())];
}
