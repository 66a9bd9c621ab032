using System.Runtime.CompilerServices;
using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Display;

/// <summary>Scalars, strings, types and tuples: plain text only.</summary>
internal static class ScalarFormat
{
    internal static MimeBundle? TryFormat(object value) =>
        value is ITuple ? MimeFormatter.Plain(Inline.Write(value, Limits.Items))
        : Text.Scalar(value) is { } text ? MimeFormatter.Plain(text) : null;
}
