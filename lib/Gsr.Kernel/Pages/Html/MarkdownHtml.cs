using System.Text.Json.Nodes;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Extensions.Mathematics;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Gsr.Kernel.Pages.Html;

/// <summary>Prose: Markdown as Jupyter takes it, with its images inside the page.</summary>
internal static class MarkdownHtml
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

    public static void Write(PageContent page, string markdown, string folder, JsonObject attachments)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var image in document.Descendants<LinkInline>().Where(link => link.IsImage))
            image.Url = Inside(image.Url ?? "", folder, attachments);
        page.HasMath |= document.Descendants<MathInline>().Any() || document.Descendants<MathBlock>().Any();
        page.Html.Append(document.ToHtml(Pipeline));
    }

    private static string Inside(string url, string folder, JsonObject attachments)
    {
        if (url.StartsWith("attachment:", StringComparison.Ordinal))
        {
            var attached = (attachments[Uri.UnescapeDataString(url["attachment:".Length..])] as JsonObject)?.FirstOrDefault();
            return attached?.Value is JsonValue data && data.TryGetValue(out string? base64)
                ? $"data:{attached.Value.Key};base64,{base64.ReplaceLineEndings("")}"
                : url;
        }
        if (url.Length == 0 || Uri.TryCreate(url, UriKind.Absolute, out _))
            return url;
        var file = new FileInfo(Path.Combine(folder, Uri.UnescapeDataString(url.Split('?', '#')[0])));
        return MediaType(file.Extension) is { } type && file.Exists && file.Length <= LargestImage
            ? $"data:{type};base64,{Convert.ToBase64String(File.ReadAllBytes(file.FullName))}"
            : url;
    }

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
