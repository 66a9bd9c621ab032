using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gsr.Kernel.Documents;

namespace Gsr.Kernel.Pages.Html;

/// <summary>A cell's outputs: of several representations the richest that a page can show by itself.</summary>
internal static class OutputHtml
{
    private const int LinesShown = 30;
    private const int DefaultChartHeight = 450;

    // Richest first. A chart's own data comes before its HTML, which brings the chart library along or, worse, links to it.
    private static readonly string[] Preferred =
    [
        "application/vnd.plotly.v1+json", "text/html", "image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp",
        "text/markdown", "text/latex", "application/json", "text/plain",
    ];

    private static readonly JsonSerializerOptions Indented = new(JsonObjects.Compact) { WriteIndented = true };

    public static void Write(PageContent page, JsonObject output, string folder)
    {
        switch (Text(output["output_type"]))
        {
            case "stream":
                WriteText(page, Text(output["text"]), $"stream {(Text(output["name"]) == "stderr" ? "stderr" : "stdout")}");
                break;
            case "error":
                var traceback = string.Join('\n', (output["traceback"] as JsonArray ?? []).Select(Text));
                WriteText(page, traceback.Length > 0 ? traceback : $"{Text(output["ename"])}: {Text(output["evalue"])}", "error");
                break;
            case "display_data" or "execute_result" when output["data"] is JsonObject data:
                WriteBundle(page, data, folder);
                break;
        }
    }

    private static void WriteBundle(PageContent page, JsonObject data, string folder)
    {
        var type = Array.Find(Preferred, data.ContainsKey);
        var value = type is null ? null : data[type];
        switch (type)
        {
            case null or "text/plain":
                WriteText(page, Text(value), "result");
                break;
            case "application/vnd.plotly.v1+json" when value is JsonObject figure:
                WriteChart(page, figure);
                break;
            case "text/html" or "image/svg+xml":
                page.Html.Append($"<div class=\"output rich\">{Text(value)}</div>\n");
                break;
            case "text/markdown":
                page.Html.Append("<div class=\"output prose\">\n");
                MarkdownHtml.Write(page, Text(value), folder, []);
                page.Html.Append("</div>\n");
                break;
            case "text/latex":
                page.HasMath = true;
                var tex = Text(value).Trim().Trim('$').Trim();
                page.Html.Append($"<div class=\"output math\">\\[{WebUtility.HtmlEncode(tex)}\\]</div>\n");
                break;
            case "application/json":
                WriteText(page, value?.ToJsonString(Indented) ?? "null", "result");
                break;
            case ['i', 'm', 'a', 'g', 'e', ..]:
                var alternative = WebUtility.HtmlEncode(Text(data["text/plain"]));
                page.Html.Append($"<img class=\"output\" src=\"data:{type};base64,{WebUtility.HtmlEncode(Text(value).ReplaceLineEndings(""))}\" alt=\"{alternative}\">\n");
                break;
        }
    }

    private static void WriteChart(PageContent page, JsonObject figure)
    {
        page.ChartCount++;
        var height = figure["layout"] is JsonObject layout && layout["height"] is JsonValue number && number.TryGetValue(out double pixels)
            ? pixels
            : DefaultChartHeight;
        // "<" is the one character by which JSON could end the script element that carries it.
        var json = figure.ToJsonString(JsonObjects.Compact).Replace("<", "\\u003c", StringComparison.Ordinal);
        page.Html.Append(CultureInfo.InvariantCulture, $"<div class=\"output chart\" style=\"height: {height:0}px\">");
        page.Html.Append($"<script type=\"application/json\">{json}</script></div>\n");
    }

    private static void WriteText(PageContent page, string text, string kind)
    {
        text = text.TrimEnd('\n', '\r');
        var lines = text.Split('\n');
        if (lines.Length <= LinesShown + 5)
        {
            page.Html.Append($"<pre class=\"output {kind}\">{AnsiHtml.ToHtml(text)}</pre>\n");
            return;
        }
        // An error's gist can stand at either end; a log's beginning tells what it is, the rest is a click away.
        page.Html.Append($"<pre class=\"output {kind}\">{AnsiHtml.ToHtml(string.Join('\n', lines[..LinesShown]))}</pre>\n");
        page.Html.Append($"<details><summary>{lines.Length - LinesShown} more lines</summary>");
        page.Html.Append($"<pre class=\"output {kind}\">{AnsiHtml.ToHtml(string.Join('\n', lines[LinesShown..]))}</pre></details>\n");
    }

    private static string Text(JsonNode? node) => MultilineText.Join(node) ?? node?.ToJsonString() ?? "";
}
