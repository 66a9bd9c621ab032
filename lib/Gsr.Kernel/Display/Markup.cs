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

/// <summary>Markdown text.</summary>
/// <param name="Content">The text.</param>
public sealed record Markdown(string Content)
{
    /// <inheritdoc/>
    public override string ToString() => Content;
}

/// <summary>LaTeX, with its delimiters: <c>$…$</c> or an environment.</summary>
/// <param name="Content">The source.</param>
public sealed record LaTeX(string Content)
{
    /// <inheritdoc/>
    public override string ToString() => Content;
}

/// <summary>An SVG drawing.</summary>
/// <param name="Content">The <c>svg</c> element.</param>
public sealed record Svg(string Content)
{
    /// <inheritdoc/>
    public override string ToString() => Content;
}

/// <summary>An encoded picture.</summary>
public sealed class Image
{
    private Image(string mimeType, byte[] bytes) => (MimeType, Base64) = (mimeType, Convert.ToBase64String(bytes));

    /// <summary>The picture's type, for example <c>image/png</c>.</summary>
    public string MimeType { get; }

    /// <summary>The encoded bytes as the notebook file holds them.</summary>
    public string Base64 { get; }

    /// <summary>A picture from the bytes of a PNG file.</summary>
    /// <param name="bytes">The whole file.</param>
    public static Image FromPng(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (!bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]))
            throw new ArgumentException("These bytes do not begin as a PNG file does.", nameof(bytes));
        return new Image("image/png", bytes);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{MimeType}, {Base64.Length * 3L / 4:N0} bytes";
}
