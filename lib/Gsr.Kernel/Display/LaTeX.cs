namespace Gsr.Kernel.Display;

/// <summary>LaTeX, with its delimiters: <c>$…$</c> or an environment.</summary>
public sealed record LaTeX(string Content)
{
    /// <inheritdoc/>
    public override string ToString() => Content;
}
