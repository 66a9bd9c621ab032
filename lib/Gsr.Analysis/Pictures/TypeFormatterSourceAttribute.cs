namespace Gsr.Analysis.Pictures;

/// <summary>
/// Says who formats a class. Notebook engines know the attribute by its name and members alone, so that a library can be shown
/// in them without a reference to any of them; an interface of one of their packages would tie it to that package's version.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>A class with a method CreateTypeFormatters.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The representations to show, best first.</summary>
    public string[] PreferredMimeTypes { get; set; } = [];
}

/// <summary>The two representations of a <see cref="TrainingView"/>, in the shape that engines look for.</summary>
internal sealed class TrainingViewFormats
{
    /// <summary>Called by engines.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
        [new TrainingViewFormat("text/html", view => view.ToHtml()), new TrainingViewFormat("text/plain", view => view.ToString())];
}

/// <summary>One representation.</summary>
internal sealed class TrainingViewFormat(string mimeType, Func<TrainingView, string> write)
{
    /// <summary>Read by engines.</summary>
    public string MimeType { get; } = mimeType;

    /// <summary>Called by engines.</summary>
    public bool Format(object value, TextWriter writer)
    {
        writer.Write(write((TrainingView)value));
        return true;
    }
}
