using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Display;

/// <summary>The engine's own markup and picture types, and bundles, which are shown as they are.</summary>
internal static class MarkupFormat
{
    internal static MimeBundle? TryFormat(object value) => value switch
    {
        MimeBundle bundle => Completed(bundle),
        Html html => MimeFormatter.Plain(html.Content).Add("text/html", html.Content),
        Markdown markdown => MimeFormatter.Plain(markdown.Content).Add("text/markdown", markdown.Content),
        LaTeX latex => MimeFormatter.Plain(latex.Content).Add("text/latex", latex.Content),
        Svg svg => MimeFormatter.Plain("SVG drawing").Add("image/svg+xml", svg.Content),
        Image image => MimeFormatter.Plain(image.ToString()).Add(image.MimeType, image.Base64),
        _ => null,
    };

    private static MimeBundle Completed(MimeBundle bundle) =>
        bundle.Data.ContainsKey("text/plain") ? bundle : bundle.Add("text/plain", string.Join(", ", bundle.Data.Keys));
}
