using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Gsr.Internals;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Pages.Html;

/// <summary>A notebook as one HTML file that needs nothing else: no network, no other file, no server.</summary>
internal static class NotebookPage
{
    /// <summary>Writes the page to where its folder wants it.</summary>
    /// <param name="notebook">What is shown.</param>
    /// <param name="sourcePath">Its file.</param>
    /// <param name="pages">The pages beside it.</param>
    /// <param name="note">Told in one line what could not be shown as it was meant.</param>
    public static void Save(Notebook notebook, string sourcePath, PageFolder pages, Action<string> note) =>
        AtomicFile.WriteAllText(pages.PagePath(sourcePath), Render(notebook, sourcePath, pages, note));

    /// <summary>The page's text; images of the prose are looked for beside <paramref name="sourcePath"/>.</summary>
    public static string Render(
        Notebook notebook, string sourcePath, PageFolder pages, Action<string>? note = null)
    {
        var page = new PageContent(Path.GetDirectoryName(Path.GetFullPath(sourcePath))!, pages);
        var opening = 0;
        for (var i = 0; i < notebook.Cells.Count; i++)
        {
            var cell = notebook.Cells[i];
            var start = page.Html.Length;
            try
            {
                WriteCell(page, cell);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                page.Html.Length = start;
                page.Html.Append($"<pre class=\"raw\">{WebUtility.HtmlEncode(cell.Source)}</pre>\n");
                note?.Invoke($"{Path.GetFileName(sourcePath)}: cells[{i}] is shown as plain text without its outputs: "
                    + e.Message.ReplaceLineEndings(" "));
            }
            // The contents stand below the title and what the first cell says.
            if (opening == 0 && cell.Kind == CellKind.Markdown)
                opening = page.Html.Length;
        }
        page.Html.Insert(opening, page.Contents());
        var name = Path.GetFileName(sourcePath);
        return page.Render(page.Title ?? name, pages.Foot(name), name);
    }

    private static void WriteCell(PageContent page, NotebookCell cell)
    {
        switch (cell.Kind)
        {
            case CellKind.Markdown:
                page.Html.Append("<section class=\"prose\">\n");
                MarkdownHtml.Write(page, cell.Source, cell.Attachments);
                page.Html.Append("</section>\n");
                break;
            case CellKind.Raw:
                page.Html.Append($"<pre class=\"raw\">{WebUtility.HtmlEncode(cell.Source)}</pre>\n");
                break;
            case CellKind.Code when cell.Source.Length > 0 || cell.Outputs.Count > 0:
                var prompt = cell.ExecutionCount is { } count ? $"[{count}]" : "[ ]";
                page.Html.Append($"<section class=\"code\">\n<div class=\"prompt\">{prompt}</div>\n");
                var source = SourceHtml.Of(cell.Source, cell.KernelName);
                var code = $"<pre class=\"source\"><code>{source}</code></pre>";
                if (CellFold.IsFolded(cell))
                {
                    var lines = cell.Source.TrimEnd().Split('\n');
                    var first = WebUtility.HtmlEncode(lines[0].Trim()) + (lines.Length > 1 ? " …" : "");
                    code = $"<details class=\"fold\"><summary><code>{first}</code></summary>{code}</details>";
                }
                page.Html.Append(code).Append('\n');
                foreach (var output in cell.Outputs.OfType<JsonObject>())
                    OutputHtml.Write(page, output);
                page.Html.Append("</section>\n");
                break;
        }
    }
}

/// <summary>A page in the making: its text so far, its headings, and which libraries that text needs.</summary>
/// <param name="folder">Where images of the prose lie.</param>
/// <param name="pages">The pages beside this one.</param>
internal sealed class PageContent(string folder, PageFolder pages)
{
    private readonly HashSet<string> _places = [];
    private readonly List<(string Place, int Level, string Text)> _headings = [];

    public StringBuilder Html { get; } = new();

    public string Folder => folder;

    public PageFolder Pages => pages;

    /// <summary>Markup of the notebook as the page may have it.</summary>
    public string Foreign(string html) => pages.Sanitizes ? ForeignHtml.WithoutScripts(html) : html;

    /// <summary>The first heading; null when there is none.</summary>
    public string? Title => _headings.Count > 0 ? _headings[0].Text : null;

    public int ChartCount { get; set; }

    public bool HasMath { get; set; }

    public bool HasDiagrams { get; set; }

    /// <summary>Notes a heading and gives it a place that no other one has.</summary>
    public string Place(string wanted, int level, string text)
    {
        var place = wanted;
        for (var i = 1; !_places.Add(place); i++)
            place = $"{wanted}-{i}";
        _headings.Add((place, level, text));
        return place;
    }

    /// <summary>The headings of the second level as links, if there are several.</summary>
    public string Contents()
    {
        var sections = _headings.Where(heading => heading.Level == 2).Select(heading =>
            $"<li><a href=\"#{heading.Place}\">{WebUtility.HtmlEncode(heading.Text)}</a></li>").ToList();
        return sections.Count < 3 ? ""
            : $"<nav class=\"contents\"><details open><summary>Contents</summary><ul>{string.Concat(sections)}"
                + "</ul></details></nav>\n";
    }

    /// <summary>The whole page; of several notebooks' pages it is that of <paramref name="notebook"/>.</summary>
    /// <param name="title">In plain text.</param>
    /// <param name="foot">Markup.</param>
    /// <param name="notebook">Its file's name; empty for an index.</param>
    public string Render(string title, string foot, string notebook)
    {
        // Megabytes of library only where something is drawn with it, and once however many charts there are.
        List<(string Name, string Text)> libraries = [];
        if (HasMath)
            libraries.Add(("temml.min.js", PageAssets.Math));
        if (HasDiagrams)
            libraries.Add(("mermaid.min.js", PageAssets.Mermaid));
        if (ChartCount > 0)
            libraries.Add(("plotly.min.js", PageAssets.Plotly));
        var script = $"\n{PageAssets.Script}";
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Append("<meta name=\"color-scheme\" content=\"light dark\">\n");
        if (pages.Sanitizes)
        {
            List<string> inline = [.. pages.IsSite ? [] : libraries.Select(library => library.Text)];
            if (libraries.Count > 0)
                inline.Add(script);
            html.Append("<meta http-equiv=\"Content-Security-Policy\" ")
                .Append($"content=\"{ForeignHtml.Policy(inline, withFiles: pages.IsSite)}\">\n");
        }
        html.Append($"<title>{WebUtility.HtmlEncode(title)}</title>\n");
        html.Append($"<style>\n{PageAssets.Style}</style>\n</head>\n<body>\n{pages.Bar(notebook)}<main>\n");
        html.Append(Html).Append(pages.Neighbours(notebook));
        html.Append($"</main>\n<footer>{foot}</footer>\n");
        foreach (var (name, text) in libraries)
            html.Append(pages.Library(name, text));
        if (libraries.Count > 0)
            html.Append($"<script>{script}</script>\n");
        return html.Append("</body>\n</html>\n").ToString();
    }
}
