namespace Gsr.Analysis.Pictures;

/// <summary>
/// Says who formats a class. Notebook engines know the attribute by its name and members alone, so that a library can
/// be shown in them without a reference to any of them; an interface of one of their packages would tie it to that
/// package's version.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>A class with a method CreateTypeFormatters.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The representations to show, best first.</summary>
    public string[] PreferredMimeTypes { get; set; } = [];
}

/// <summary>One representation of a value.</summary>
internal sealed class ValueFormat<T>(string mimeType, Func<T, string> write)
{
    /// <summary>Read by engines.</summary>
    public string MimeType { get; } = mimeType;

    /// <summary>Called by engines.</summary>
    public bool Format(object value, TextWriter writer)
    {
        writer.Write(write((T)value));
        return true;
    }
}
