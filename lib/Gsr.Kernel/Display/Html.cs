using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Gsr.Kernel.Display;

/// <summary>A fragment of HTML, shown as it is.</summary>
/// <param name="Content">The markup, which is not escaped.</param>
public sealed record Html(string Content) : IHtmlContent
{
    /// <summary>Wraps markup that is to be shown as it is.</summary>
    public static Html Raw(string content) => new(content);

    /// <summary>Writes the markup, never encoded; for ASP.NET's content and PocketView, which may hold it.</summary>
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(Content);
    }

    /// <inheritdoc/>
    public override string ToString() => Content;
}
