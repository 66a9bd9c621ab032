namespace Gsr.Kernel.Display;

/// <summary>LaTeX, with its delimiters: <c>$…$</c> or an environment.</summary>
/// <param name="Content">The source.</param>
public sealed record LaTeX(string Content)
{
    /// <inheritdoc/>
    public override string ToString() => Content;
}
