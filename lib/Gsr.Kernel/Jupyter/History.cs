using System.IO.Enumeration;
using System.Text.Json.Nodes;

namespace Gsr.Kernel.Jupyter;

/// <summary>What was typed in this session, oldest first.</summary>
internal sealed class History
{
    private readonly List<(int Line, string Source)> _entries = [];

    public void Add(int line, string source) => _entries.Add((line, source));

    /// <summary>Answers a history request: a range of lines, the last n, or those that match a pattern.</summary>
    public JsonObject Answer(Message request)
    {
        var found = request.Text("hist_access_type") switch
        {
            "range" => Range(request),
            "search" => Last(Search(request), request.Number("n", int.MaxValue)),
            _ => Last(_entries, request.Number("n", int.MaxValue)),
        };
        var withOutput = request.Flag("output", false);
        return new()
        {
            ["status"] = "ok",
            ["history"] = new JsonArray([.. found.Select(entry => (JsonNode)new JsonArray(
                0, entry.Line, withOutput ? new JsonArray(entry.Source, null) : entry.Source))]),
        };
    }

    // Only this session is known, which the protocol calls 0; earlier ones, counted down from it, are empty.
    private IEnumerable<(int Line, string Source)> Range(Message request)
    {
        var (start, stop) = (request.Number("start", 0), request.Number("stop", int.MaxValue));
        return request.Number("session", 0) == 0 ? _entries.Where(e => e.Line >= start && e.Line < stop) : [];
    }

    private IEnumerable<(int Line, string Source)> Search(Message request)
    {
        var pattern = request.Text("pattern") is { Length: > 0 } text ? text : "*";
        var matches = _entries.Where(e => FileSystemName.MatchesSimpleExpression(
            pattern.Replace("\\", "\\\\", StringComparison.Ordinal), e.Source, ignoreCase: false));
        // Of equal ones the last is kept.
        return request.Flag("unique", false) ? matches.Reverse().DistinctBy(e => e.Source).Reverse() : matches;
    }

    private static IEnumerable<(int Line, string Source)> Last(IEnumerable<(int Line, string Source)> entries, int n) =>
        n <= 0 ? [] : entries.TakeLast(n);
}
