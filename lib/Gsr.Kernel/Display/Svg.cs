namespace Gsr.Kernel.Display;

/// <summary>An SVG drawing.</summary>
/// <param name="Content">The <c>svg</c> element.</param>
public sealed record Svg(string Content)
{
    /// <inheritdoc/>
    public override string ToString() => Content;
}
