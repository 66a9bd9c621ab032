using System.Runtime.CompilerServices;
using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Display;

/// <summary>The representations of any value that a notebook shows: always text/plain, more where it helps.</summary>
internal static class MimeFormatter
{
    // The first that recognises the value formats it. A user's own registration outranks everything of ours; the last
    // two take any object.
    private static readonly Func<object, MimeBundle?>[] Formatters =
    [
        Markup, Registered.TryFormat, Scalar, HtmlContentFormat.TryFormat,
        ChartFormat.TryFormat, FrameFormat.TryFormat, SeriesFormat.TryFormat, TensorFormat.TryFormat,
        Registered.TryFormatOfExtensions, SourcedFormat.TryFormat, Other.TryFormat, DictionaryFormat.TryFormat,
        ArrayFormat.TryFormat, SequenceFormat.TryFormat, ObjectFormat.Format,
    ];

    /// <summary>Formats a value. Never throws: a formatter that fails falls back to plain text.</summary>
    /// <param name="value">The value; null is shown as <c>null</c>, a <see cref="MimeBundle"/> as it is.</param>
    public static MimeBundle Format(object? value)
    {
        if (value is null)
            return Plain("null");
        if (value is MimeBundle given)
            return given.WithPlainText().Limited();
        try
        {
            foreach (var formatter in Formatters)
            {
                if (formatter(value) is { Data.Count: > 0 } bundle)
                    return bundle.Limited();
            }
            return Plain(Inline.Write(value));
        }
        catch (Exception error)
        {
            return Fallback(value, error);
        }
    }

    public static MimeBundle Plain(string text) => new MimeBundle().Add("text/plain", Text.Cut(text, Limits.PlainText));

    private static MimeBundle? Markup(object value) => value switch
    {
        Html html => Plain(html.Content).Add("text/html", html.Content),
        Markdown markdown => Plain(markdown.Content).Add("text/markdown", markdown.Content),
        LaTeX latex => Plain(latex.Content).Add("text/latex", latex.Content),
        Svg svg => Plain("SVG drawing").Add("image/svg+xml", svg.Content),
        Image image => Plain(image.ToString()).Add(image.MimeType, image.Base64),
        _ => null,
    };

    private static MimeBundle? Scalar(object value) =>
        value is ITuple ? Plain(Inline.Write(value, Limits.Items))
        : Text.Scalar(value) is { } text ? Plain(text) : null;

    private static MimeBundle Fallback(object value, Exception error)
    {
        try
        {
            if (value.ToString() is { } text)
                return Plain(text);
        }
        catch (Exception)
        {
            // ToString is the user's code too; the type's name below cannot fail.
        }
        return Plain($"{Text.TypeName(value.GetType())} (could not be shown: {error.Message})");
    }
}
