using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Display;

/// <summary>Turns a value into its representations.</summary>
public static class MimeFormatter
{
    /// <summary>The representations of <paramref name="value"/>; <c>text/plain</c> is always one of them.</summary>
    /// <param name="value">Any value.</param>
    public static MimeBundle Format(object? value) =>
        value as MimeBundle ?? new MimeBundle().Add("text/plain", value?.ToString() ?? "null");
}
