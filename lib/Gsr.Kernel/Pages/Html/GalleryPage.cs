using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gsr.Kernel.Documents;

namespace Gsr.Kernel.Pages.Html;

/// <summary>The index of a folder's pages: a picture and a sentence of each notebook.</summary>
internal static partial class GalleryPage
{
    private const string Chart = "application/vnd.plotly.v1+json";

    /// <summary>The page's text, headed as the README beside the first notebook, or above it, is.</summary>
    public static string Render(
        IReadOnlyList<(Notebook Notebook, string Source)> notebooks, Func<string, string> address, PageFolder pages)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(notebooks[0].Source))!;
        var readme = ((string?[])[folder, Path.GetDirectoryName(folder)])
            .Select(place => Path.Combine(place ?? folder, "README.md")).FirstOrDefault(File.Exists);
        var (title, promise) = MarkdownHtml.Opening(readme is null ? "" : File.ReadAllText(readme));
        title = title.Length > 0 ? title : Path.GetFileName(folder);
        var page = new PageContent(folder, pages);
        page.Html.Append($"<h1>{WebUtility.HtmlEncode(title)}</h1>\n<p>{WebUtility.HtmlEncode(promise)}</p>\n");
        page.Html.Append("<div class=\"gallery\">\n");
        foreach (var (notebook, source) in notebooks)
        {
            page.Html.Append($"<a class=\"card\" href=\"{address(source)}\">\n");
            if (Picture(notebook) is { } picture)
                OutputHtml.Write(page, picture);
            var prose = notebook.Cells.FirstOrDefault(cell => cell.Kind == CellKind.Markdown)?.Source ?? "";
            var (name, paragraph) = MarkdownHtml.Opening(prose);
            name = WebUtility.HtmlEncode(name.Length > 0 ? name : Path.GetFileName(source));
            var sentence = WebUtility.HtmlEncode(Sentence().Match(paragraph).Value.TrimEnd());
            page.Html.Append($"<h2>{name}</h2>\n<p>{sentence}</p>\n</a>\n");
        }
        page.Html.Append("</div>\n");
        return page.Render(title, $"{notebooks.Count} notebooks", "");
    }

    // The cell tagged "cover" has the first word; a picture comes before a chart that a script must draw.
    private static JsonObject? Picture(Notebook notebook)
    {
        var shown =
            from cell in notebook.Cells.OrderBy(cell => !cell.Tags.Contains("cover"))
            from output in cell.Outputs.OfType<JsonObject>()
            where output["data"] is JsonObject
            select output;
        foreach (var type in (string[])["image/png", "image/jpeg", "image/svg+xml", Chart])
        {
            if (shown.FirstOrDefault(output => output["data"]![type] is not null) is { } found)
            {
                return new JsonObject
                {
                    ["output_type"] = "display_data",
                    ["data"] = new JsonObject { [type] = found["data"]![type]!.DeepClone() },
                };
            }
        }
        return null;
    }

    [GeneratedRegex(@"^.+?(?:[.!?](?=\s+\p{Lu})|$)", RegexOptions.Singleline)]
    private static partial Regex Sentence();
}
