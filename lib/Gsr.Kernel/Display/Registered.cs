using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Gsr.Kernel.Outputs;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting;

namespace Gsr.Kernel.Display;

/// <summary>What was registered with .NET Interactive's <c>Formatter.Register</c>.</summary>
internal static class Registered
{
    private static readonly HashSet<ITypeFormatter> OfExtensions = [];

    /// <summary>As the notebook's cells registered it.</summary>
    internal static MimeBundle? TryFormat(object value) => TryFormat(value, ofExtensions: false);

    /// <summary>
    /// As an extension of .NET Interactive has it. What the engine formats itself comes first: such an extension's
    /// charts fetch a script from the web.
    /// </summary>
    internal static MimeBundle? TryFormatOfExtensions(object value) => TryFormat(value, ofExtensions: true);

    /// <summary>What is registered meanwhile is an extension's.</summary>
    internal static async Task<T> NoteAsync<T>(Func<Task<T>> load)
    {
        var before = Formatter.RegisteredFormatters(false).ToHashSet();
        var result = await load();
        lock (OfExtensions)
            OfExtensions.UnionWith(Formatter.RegisteredFormatters(false).Except(before));
        return result;
    }

    private static MimeBundle? TryFormat(object value, bool ofExtensions)
    {
        // False leaves the package's own defaults out, so that only what was registered is seen. Latest comes first.
        var type = value.GetType();
        List<ITypeFormatter> matching;
        lock (OfExtensions)
        {
            matching = [.. Formatter.RegisteredFormatters(false).Where(formatter => formatter.MimeType is not null
                && formatter.Type != typeof(object) && Matches(formatter.Type, type)
                && OfExtensions.Contains(formatter) == ofExtensions)];
        }
        if (matching.Count == 0)
            return null;
        var bundle = new MimeBundle();
        foreach (var group in matching.GroupBy(formatter => formatter.MimeType))
        {
            foreach (var formatter in group.OrderByDescending(formatter => Relevance(formatter.Type, type)))
            {
                if (Write(formatter, value) is not { } text)
                    continue;
                bundle.Add(group.Key, text);
                break;
            }
        }
        return Completed(bundle, value);
    }

    /// <summary>The bundle with a plain text, if it has anything.</summary>
    internal static MimeBundle Completed(MimeBundle bundle, object value)
    {
        if (bundle.Data.Count > 0 && !bundle.Data.ContainsKey("text/plain"))
            bundle.Add("text/plain", Text.Cut(Inline.Write(value), Limits.PlainText));
        return bundle;
    }

    private static bool Matches(Type registered, Type type) => registered.IsAssignableFrom(type)
        || registered.IsGenericTypeDefinition && Lineage(type).Any(at => at.IsGenericType
            && at.GetGenericTypeDefinition() == registered);

    private static IEnumerable<Type> Lineage(Type type)
    {
        foreach (var face in type.GetInterfaces())
            yield return face;
        for (var at = type; at is not null; at = at.BaseType)
            yield return at;
    }

    /// <summary>The value's own class ranks above its bases, and classes above interfaces.</summary>
    private static int Relevance(Type registered, Type type)
    {
        if (registered == type)
            return int.MaxValue;
        var depth = 0;
        for (var at = registered.IsInterface ? null : registered; at is not null; at = at.BaseType)
            depth++;
        return depth;
    }

    private static string? Write(ITypeFormatter formatter, object value)
    {
        try
        {
            using var writer = new StringWriter();
            using var context = new FormatContext(writer);
            return formatter.Format(value, context) ? writer.ToString() : null;
        }
        catch (Exception)
        {
            // A registered formatter is the user's code; where it fails, the next one, or ours, shows the value.
            return null;
        }
    }
}

/// <summary>
/// Classes that name their own formatters by the attribute TypeFormatterSource, which .NET Interactive knows by its
/// name alone: so a library is shown in a notebook without a reference to any engine. Plotly.NET's charts are such a
/// class too, but their own HTML fetches a script; what this engine formats itself comes first.
/// </summary>
internal static class SourcedFormat
{
    internal static MimeBundle? TryFormat(object value)
    {
        var type = value.GetType();
        if (!type.IsDefined(typeof(Attribute), inherit: true)
            || !Array.Exists(type.GetCustomAttributes(inherit: true),
                attribute => attribute.GetType().Name == nameof(TypeFormatterSourceAttribute)))
            return null;
        var bundle = new MimeBundle();
        foreach (var mimeType in Formatter.GetPreferredMimeTypesFor(type))
        {
            var text = value.ToDisplayString(mimeType);
            if (mimeType.EndsWith("json", StringComparison.Ordinal) && JsonNode.Parse(text) is { } json)
                bundle.Add(mimeType, json);
            else
                bundle.Add(mimeType, text);
        }
        return Registered.Completed(bundle, value);
    }
}

/// <summary>ASP.NET's HTML content, which PocketView of older notebooks is.</summary>
internal static class HtmlContentFormat
{
    internal static MimeBundle? TryFormat(object value)
    {
        if (value is not IHtmlContent content)
            return null;
        using var writer = new StringWriter();
        content.WriteTo(writer, HtmlEncoder.Default);
        var html = writer.ToString();
        return MimeFormatter.Plain(html).Add("text/html", html);
    }
}
