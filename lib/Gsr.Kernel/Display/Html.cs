using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Gsr.Kernel.Display;

/// <summary>A fragment of HTML, shown as it is.</summary>
/// <param name="Content">The markup, which is not escaped.</param>
public sealed record Html(string Content) : IHtmlContent
{
    /// <summary>Wraps markup that is to be shown as it is.</summary>
    /// <param name="content">The markup.</param>
    public static Html Raw(string content) => new(content);

    /// <summary>Writes the markup as it is; for ASP.NET's content and PocketView, of which it can be a part.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="encoder">Not used: the content is markup already.</param>
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(Content);
    }

    /// <inheritdoc/>
    public override string ToString() => Content;
}
