namespace Gsr.Kernel.Display;

/// <summary>Markdown text.</summary>
/// <param name="Content">The text.</param>
public sealed record Markdown(string Content)
{
    /// <inheritdoc/>
    public override string ToString() => Content;
}
