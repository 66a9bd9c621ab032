using System.Text.Encodings.Web;
using Gsr.Kernel.Outputs;
using Microsoft.AspNetCore.Html;

namespace Gsr.Kernel.Display;

/// <summary>ASP.NET's HTML content, which PocketView of older notebooks is.</summary>
internal static class HtmlContentFormat
{
    internal static MimeBundle? TryFormat(object value)
    {
        if (value is not IHtmlContent content)
            return null;
        using var writer = new StringWriter();
        content.WriteTo(writer, HtmlEncoder.Default);
        var html = writer.ToString();
        return MimeFormatter.Plain(html).Add("text/html", html);
    }
}
