using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gsr.Kernel.Documents;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Gsr.Kernel.Pages.Html;

/// <summary>A cell's outputs: of several representations the richest that a page can show by itself.</summary>
internal static class OutputHtml
{
    private const int LinesShown = 30;
    private const int DefaultChartHeight = 450;

    // Richest first. A chart's own data comes before its HTML, which brings the chart library along or, worse, links to
    // it.
    private static readonly string[] Preferred =
    [
        "application/vnd.plotly.v1+json", "text/vnd.mermaid", "text/html", "image/svg+xml", "image/png", "image/jpeg",
        "image/gif", "image/webp", "text/markdown", "text/latex", "application/json", "text/plain",
    ];

    private static readonly JsonSerializerOptions Indented = new(JsonObjects.Compact) { WriteIndented = true };

    public static void Write(PageContent page, JsonObject output)
    {
        switch (Text(output["output_type"]))
        {
            case "stream":
                WriteText(
                    page, Text(output["text"]), $"stream {(Text(output["name"]) == "stderr" ? "stderr" : "stdout")}");
                break;
            case "error":
                var traceback = string.Join('\n', (output["traceback"] as JsonArray ?? []).Select(Text));
                if (traceback.Length == 0)
                    traceback = $"{Text(output["ename"])}: {Text(output["evalue"])}";
                WriteText(page, traceback, "error");
                break;
            case "display_data" or "execute_result" when output["data"] is JsonObject data:
                WriteBundle(page, data);
                break;
        }
    }

    private static void WriteBundle(PageContent page, JsonObject data)
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
            case "text/vnd.mermaid":
                page.HasDiagrams = true;
                page.Html.Append(
                    $"<pre class=\"output mermaid\"><code>{WebUtility.HtmlEncode(Text(value))}</code></pre>\n");
                break;
            case "text/html" or "image/svg+xml":
                page.Html.Append($"<div class=\"output rich\">{page.Foreign(Text(value))}</div>\n");
                break;
            case "text/markdown":
                page.Html.Append("<div class=\"output prose\">\n");
                MarkdownHtml.Write(page, Text(value), []);
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
                var base64 = WebUtility.HtmlEncode(Text(value).ReplaceLineEndings(""));
                page.Html.Append($"<img class=\"output\" src=\"data:{type};base64,{base64}\" alt=\"{alternative}\">\n");
                break;
        }
    }

    private static void WriteChart(PageContent page, JsonObject figure)
    {
        page.ChartCount++;
        var height = figure["layout"] is JsonObject layout
            && layout["height"] is JsonValue number && number.TryGetValue(out double pixels)
            ? pixels
            : DefaultChartHeight;
        // "<" is the one character by which JSON could end the script element that carries it.
        var json = figure.ToJsonString(JsonObjects.Compact).Replace("<", "\\u003c", StringComparison.Ordinal);
        page.Html.Append(CultureInfo.InvariantCulture, $"<div class=\"output chart\" style=\"height: {height:0}px\">");
        page.Html.Append($"<script type=\"application/json\">{json}</script></div>\n");
    }

    private static void WriteText(PageContent page, string text, string kind)
    {
        var lines = text.TrimEnd('\n', '\r').Split('\n');
        if (lines.Length <= LinesShown + 5)
        {
            page.Html.Append(Block(lines)).Append('\n');
            return;
        }
        // An error's gist can stand at either end; a log's beginning tells what it is, the rest is a click away.
        page.Html.Append(Block(lines[..LinesShown]));
        page.Html.Append($"\n<details><summary>{lines.Length - LinesShown} more lines</summary>");
        page.Html.Append(Block(lines[LinesShown..])).Append("</details>\n");

        string Block(string[] part) => $"<pre class=\"output {kind}\">{AnsiHtml.ToHtml(string.Join('\n', part))}</pre>";
    }

    private static string Text(JsonNode? node) => MultilineText.Join(node) ?? node?.ToJsonString() ?? "";
}

/// <summary>Terminal text as HTML: sixteen colours and bold; other control sequences are dropped.</summary>
internal static partial class AnsiHtml
{
    public static string ToHtml(string text)
    {
        if (!text.Contains('\e'))
            return WebUtility.HtmlEncode(text);
        var html = new StringBuilder();
        var style = new Style(null, Bold: false);
        var start = 0;
        foreach (Match match in ControlSequence().Matches(text))
        {
            Append(html, text[start..match.Index], style);
            start = match.Index + match.Length;
            if (match.Groups["sgr"].Success)
                style = style.Apply(match.Groups["sgr"].Value);
        }
        Append(html, text[start..], style);
        return html.ToString();
    }

    private static void Append(StringBuilder html, string text, Style style)
    {
        if (text.Length == 0)
            return;
        var classes = $"{(style.Colour is { } colour ? $"ansi{colour}" : "")} {(style.Bold ? "bold" : "")}".Trim();
        text = WebUtility.HtmlEncode(text);
        html.Append(classes.Length == 0 ? text : $"<span class=\"{classes}\">{text}</span>");
    }

    [GeneratedRegex(@"\e\[(?:(?<sgr>[0-9;]*)m|[0-?]*[ -/]*[@-~])|\e\][^\a\e]*(?:\a|\e\\)|\e.?")]
    private static partial Regex ControlSequence();

    private readonly record struct Style(int? Colour, bool Bold)
    {
        public Style Apply(string codes)
        {
            var style = this;
            foreach (var code in codes.Split(';'))
            {
                style = code switch
                {
                    "" or "0" => new Style(null, Bold: false),
                    "1" => style with { Bold = true },
                    "22" => style with { Bold = false },
                    "39" => style with { Colour = null },
                    ['3', >= '0' and <= '7'] => style with { Colour = code[1] - '0' },
                    ['9', >= '0' and <= '7'] => style with { Colour = code[1] - '0' },
                    _ => style,
                };
                // What follows chooses one of 256 or 16 million colours by further numbers, not by codes.
                if (code is "38" or "48")
                    break;
            }
            return style;
        }
    }
}

/// <summary>Prose: Markdown as Jupyter takes it, with its images inside the page.</summary>
internal static partial class MarkdownHtml
{
    private const long LargestImage = 20 * 1024 * 1024;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseMathematics()
        .UseAutoIdentifiers(AutoIdentifierOptions.GitHub)
        .UseAutoLinks()
        .UseTaskLists()
        .UseFootnotes()
        .UseEmphasisExtras()
        .Build();

    public static void Write(PageContent page, string markdown, JsonObject attachments)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var link in document.Descendants<LinkInline>())
        {
            var url = link.Url ?? "";
            link.Url = link.IsImage ? Inside(url, page.Folder, attachments)
                : ForeignHtml.IsHarmless(url) ? page.Pages.Address(url) : "#";
        }
        foreach (var link in document.Descendants<AutolinkInline>().Where(l => !ForeignHtml.IsHarmless(l.Url)).ToList())
            link.ReplaceBy(new LiteralInline(link.Url));
        foreach (var heading in document.Descendants<HeadingBlock>())
        {
            // Each cell is a document of its own; the page is one, where every heading has its own address.
            var attributes = heading.GetAttributes();
            attributes.Id = page.Place(attributes.Id ?? "section", heading.Level, PlainText(heading));
        }
        foreach (var fence in document.Descendants<FencedCodeBlock>().Where(fence => fence.Info == "mermaid"))
        {
            fence.GetAttributes().AddClass("mermaid");
            page.HasDiagrams = true;
        }
        page.HasMath |= document.Descendants<MathInline>().Any() || document.Descendants<MathBlock>().Any();
        // A wide table scrolls in a box of its own.
        page.Html.Append(page.Foreign(Table().Replace(document.ToHtml(Pipeline), "<div class=\"rich\">$0</div>")));
    }

    /// <summary>The first heading and the first paragraph as plain text; empty where there is none.</summary>
    public static (string Title, string Paragraph) Opening(string markdown)
    {
        try
        {
            var document = Markdown.Parse(markdown, Pipeline);
            return (PlainText(document.OfType<HeadingBlock>().FirstOrDefault()),
                PlainText(document.OfType<ParagraphBlock>().FirstOrDefault()));
        }
        catch (ArgumentException)
        {
            return ("", ""); // nested deeper than Markdig follows
        }
    }

    private static string PlainText(LeafBlock? block) => string.Concat((block?.Inline?.Descendants() ?? [])
        .Select(inline => inline switch
        {
            LiteralInline literal => literal.Content.ToString(),
            CodeInline code => code.Content,
            MathInline math => math.Content.ToString(),
            HtmlEntityInline entity => entity.Transcoded.ToString(),
            LineBreakInline => " ",
            _ => "",
        }));

    private static string Inside(string url, string folder, JsonObject attachments)
    {
        if (url.StartsWith("attachment:", StringComparison.Ordinal))
        {
            var attached =
                (attachments[Uri.UnescapeDataString(url["attachment:".Length..])] as JsonObject)?.FirstOrDefault();
            return attached?.Value is JsonValue data && data.TryGetValue(out string? base64)
                && ForeignHtml.IsPicture(attached.Value.Key)
                ? $"data:{attached.Value.Key};base64,{base64.ReplaceLineEndings("")}"
                : url;
        }
        if (url.Length == 0 || Uri.TryCreate(url, UriKind.Absolute, out _))
            return ForeignHtml.IsHarmless(url) || ForeignHtml.IsPictureData(url) ? url : "";
        try
        {
            var file = new FileInfo(Path.Combine(folder, Uri.UnescapeDataString(url.Split('?', '#')[0])));
            return MediaType(file.Extension) is { } type && file.Exists && file.Length <= LargestImage
                && IsWithin(file, Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))
                ? $"data:{type};base64,{Convert.ToBase64String(File.ReadAllBytes(file.FullName))}"
                : url;
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            return url; // no name that a file could have, or not ours to read
        }
    }

    // A notebook of unknown origin shall not bring what lies elsewhere into its page, by way of a link either.
    private static bool IsWithin(FileSystemInfo file, string folder)
    {
        for (var at = file; at is not null; at = Directory.GetParent(at.FullName))
        {
            if (at.FullName == folder)
                return true;
            if (at.LinkTarget is not null)
                return false;
        }
        return false;
    }

    [GeneratedRegex("<table>.*?</table>", RegexOptions.Singleline)]
    private static partial Regex Table();

    private static string? MediaType(string extension) => extension.ToLowerInvariant() switch
    {
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".gif" => "image/gif",
        ".webp" => "image/webp",
        ".svg" => "image/svg+xml",
        _ => null,
    };
}
