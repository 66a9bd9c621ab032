using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Pages.Html;

/// <summary>A notebook as one HTML file that needs nothing else: no network, no other file, no server.</summary>
internal static class NotebookPage
{
    public static void Save(Notebook notebook, string sourcePath, string path) =>
        AtomicFile.WriteAllText(path, Render(notebook, sourcePath));

    /// <summary>The page's text; images of the prose are looked for beside <paramref name="sourcePath"/>.</summary>
    public static string Render(Notebook notebook, string sourcePath)
    {
        var page = new PageContent();
        var folder = Path.GetDirectoryName(Path.GetFullPath(sourcePath))!;
        foreach (var cell in notebook.Cells)
            WriteCell(page, cell, folder);

        var name = Path.GetFileName(sourcePath);
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Append("<meta name=\"color-scheme\" content=\"light dark\">\n");
        html.Append($"<title>{WebUtility.HtmlEncode(notebook.Title ?? name)}</title>\n");
        html.Append($"<style>\n{PageAssets.Style}</style>\n</head>\n<body>\n<main>\n");
        html.Append(page.Html);
        html.Append($"</main>\n<footer>{WebUtility.HtmlEncode(name)}, executed by gsr</footer>\n");
        // Megabytes of library only where something is drawn with it, and once however many charts there are.
        if (page.HasMath)
            html.Append($"<script>{PageAssets.Math}</script>\n");
        if (page.ChartCount > 0)
            html.Append($"<script>{PageAssets.Plotly}</script>\n");
        if (page.HasMath || page.ChartCount > 0)
            html.Append($"<script>\n{PageAssets.Script}</script>\n");
        return html.Append("</body>\n</html>\n").ToString();
    }

    private static void WriteCell(PageContent page, NotebookCell cell, string folder)
    {
        switch (cell.Kind)
        {
            case CellKind.Markdown:
                page.Html.Append("<section class=\"prose\">\n");
                MarkdownHtml.Write(page, cell.Source, folder, cell.Attachments);
                page.Html.Append("</section>\n");
                break;
            case CellKind.Raw:
                page.Html.Append($"<pre class=\"raw\">{WebUtility.HtmlEncode(cell.Source)}</pre>\n");
                break;
            case CellKind.Code when cell.Source.Length > 0 || cell.Outputs.Count > 0:
                var prompt = cell.ExecutionCount is { } count ? $"[{count}]" : "[ ]";
                page.Html.Append($"<section class=\"code\">\n<div class=\"prompt\">{prompt}</div>\n");
                var source = SourceHtml.Of(cell.Source, cell.KernelName);
                page.Html.Append($"<pre class=\"source\"><code>{source}</code></pre>\n");
                foreach (var output in cell.Outputs.OfType<JsonObject>())
                    OutputHtml.Write(page, output, folder);
                page.Html.Append("</section>\n");
                break;
        }
    }
}

/// <summary>A page in the making: its text so far, and which libraries that text needs.</summary>
internal sealed class PageContent
{
    public StringBuilder Html { get; } = new();

    public int ChartCount { get; set; }

    public bool HasMath { get; set; }
}
