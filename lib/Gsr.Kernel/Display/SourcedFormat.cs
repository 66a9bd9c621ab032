using Gsr.Kernel.Outputs;
using Microsoft.DotNet.Interactive.Formatting;

namespace Gsr.Kernel.Display;

/// <summary>
/// Classes that name their own formatters by the attribute TypeFormatterSource, which .NET Interactive knows by its name alone:
/// so a library is shown in a notebook without a reference to any engine. Plotly.NET's charts are such a class too, but their
/// own HTML fetches a script; what this engine formats itself comes first.
/// </summary>
internal static class SourcedFormat
{
    internal static MimeBundle? TryFormat(object value)
    {
        var type = value.GetType();
        if (!type.IsDefined(typeof(Attribute), inherit: true)
            || !Array.Exists(type.GetCustomAttributes(inherit: true), attribute => attribute.GetType().Name == nameof(TypeFormatterSourceAttribute)))
            return null;
        var bundle = new MimeBundle();
        foreach (var mimeType in Formatter.GetPreferredMimeTypesFor(type))
            bundle.Add(mimeType, value.ToDisplayString(mimeType));
        if (bundle.Data.Count > 0 && !bundle.Data.ContainsKey("text/plain"))
            bundle.Add("text/plain", Text.Cut(Inline.Write(value), Limits.PlainText));
        return bundle;
    }
}
