using System.Text;
using System.Text.Json.Nodes;
using Gsr.Internals;

namespace Gsr.Notebooks;

/// <summary>
/// The page of all claims, notebooks/CLAIMS.md: from a notebook's results of the thorough profile in artifacts/results
/// where there are any, else from the claims that the committed notebook carries as data.
/// </summary>
internal static class ClaimsPage
{
    private const string MimeType = "application/vnd.gsr.claims+json";

    private static readonly string[] Verdicts = ["reached", "in part", "not reached", "not decided"];

    /// <summary>Writes the page and returns the exit code.</summary>
    /// <param name="workbook">The workbook's folder.</param>
    /// <param name="page">The file to write.</param>
    public static int Write(string workbook, string page)
    {
        var notebooks = Directory.GetFiles(Path.Combine(workbook, "notebooks"), "*.ipynb");
        var parts = new List<(string Name, string Title, IReadOnlyList<JsonNode> Claims)>();
        var missing = new List<string>();
        foreach (var path in notebooks.Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            var notebook = JsonNode.Parse(File.ReadAllText(path))!;
            if ((Results(workbook, name) ?? Committed(notebook)) is { } claims)
                parts.Add((name, Title(notebook), [.. claims["claims"]!.AsArray().Select(claim => claim!)]));
            else
                missing.Add($"[{name}]({name}.ipynb)");
        }

        AtomicFile.WriteAllText(page, Text(parts, missing));
        Console.WriteLine($"written: {Path.GetRelativePath(Environment.CurrentDirectory, page)}");
        return 0;
    }

    private static JsonNode? Results(string workbook, string name)
    {
        var path = Path.Combine(workbook, "artifacts", "results", name + ".json");
        var results = File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path)) : null;
        return (string?)results?["profile"] == "thorough" ? results : null;
    }

    /// <summary>The claims that an executed notebook carries as data; null if it has no table of them.</summary>
    public static JsonNode? Committed(JsonNode notebook) => notebook["cells"]!.AsArray()
        .SelectMany(cell => cell!["outputs"]?.AsArray() ?? [])
        .Select(output => output!["data"]?[MimeType]).LastOrDefault(data => data is not null);

    /// <summary>A text that nbformat may have as one string or as lines.</summary>
    public static string Joined(JsonNode text) =>
        text is JsonArray lines ? string.Concat(lines.Select(line => (string)line!)) : (string)text!;

    private static string Title(JsonNode notebook) =>
        Joined(notebook["cells"]![0]!["source"]!).Split('\n')[0].TrimStart('#', ' ');

    private static string Text(
        IReadOnlyList<(string Name, string Title, IReadOnlyList<JsonNode> Claims)> parts, IReadOnlyList<string> missing)
    {
        var text = new StringBuilder("""
            # All claims

            What the notebooks claim, each with its numbers; generated from the committed notebooks by
            `dotnet run --project notebooks -- claims`. a ± b is the mean and half of its 95 % interval over networks
            trained from different seeds. A bound is reached when the whole interval lies beyond it, not reached when
            none of it does, and else not decided; a claim of several numbers is reached in part when some of them are.


            """);
        text.Append("| notebook | claims | ").AppendJoin(" | ", Verdicts).Append(" |\n|---|---|---|---|---|---|\n");
        foreach (var (name, title, claims) in parts) Row($"[{title}]({name}.ipynb)", claims);
        Row("**together**", [.. parts.SelectMany(part => part.Claims)]);
        if (missing.Count > 0)
            text.Append("\nWithout a table of claims yet: ").AppendJoin(", ", missing).Append(".\n");
        foreach (var (name, title, claims) in parts)
        {
            text.Append($"\n## [{title}]({name}.ipynb)\n\n")
                .Append("| claim | paper | here | null | verdict |\n|---|---|---|---|---|\n");
            foreach (var claim in claims)
            {
                var why = (string?)claim["reason"] is { } reason ? $": {reason}" : "";
                string[] cells = [Cell("claim"), Cell("paper"), $"{Cell("here")}, {Cell("spread")}", Cell("null"),
                    Cell("verdict") + Escape(why)];
                text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

                string Cell(string key) => Escape((string?)claim[key] ?? "");
            }
        }
        return text.ToString();

        void Row(string name, IReadOnlyList<JsonNode> claims) => text.Append($"| {name} | {claims.Count} | ")
            .AppendJoin(" | ", Verdicts.Select(verdict => claims.Count(claim => (string?)claim["verdict"] == verdict)))
            .Append(" |\n");
    }

    /// <summary>What Markdown would take for a column, a tag or emphasis.</summary>
    private static string Escape(string text) => text.Replace("|", "\\|").Replace("<", "&lt;").Replace("*", "\\*")
        .ReplaceLineEndings(" ");
}
