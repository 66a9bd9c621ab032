namespace Gsr.Kernel.Display;

/// <summary>Markdown text.</summary>
public sealed record Markdown(string Content)
{
    /// <inheritdoc/>
    public override string ToString() => Content;
}
