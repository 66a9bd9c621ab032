using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Gsr.Kernel.Sessions.Assistance;

/// <summary>The documentation of a symbol as lines of text.</summary>
internal static partial class Documentation
{
    /// <summary>Its summary; in detail its parameters and its result too.</summary>
    public static IReadOnlyList<string> Of(ISymbol symbol, bool detailed, CancellationToken cancellationToken)
    {
        if (symbol.GetDocumentationCommentXml(cancellationToken: cancellationToken) is not { Length: > 0 } xml)
            return [];
        try
        {
            // Of a file it is the inside of an element, of source the element.
            var elements = XElement.Parse($"<m>{xml}</m>").Descendants().ToArray();
            string?[] lines =
            [
                Text(elements.FirstOrDefault(e => e.Name == "summary")),
                .. elements.Where(e => detailed && e.Name == "param").Select(e => $"{e.Attribute("name")?.Value}: {Text(e)}"),
                Text(elements.FirstOrDefault(e => detailed && e.Name == "returns")) is { Length: > 0 } result ? $"Returns: {result}" : null,
            ];
            return [.. lines.OfType<string>().Where(line => line.Length > 0)];
        }
        catch (XmlException)
        {
            return [];
        }
    }

    private static string Text(XElement? element) =>
        element is null ? "" : Space().Replace(string.Concat(element.Nodes().Select(Part)), " ").Trim();

    private static string Part(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { IsEmpty: true } empty when empty.FirstAttribute is { } named => Name(named),
        XElement { Name.LocalName: "para" or "item" } element => $" {string.Concat(element.Nodes().Select(Part))} ",
        XElement element => string.Concat(element.Nodes().Select(Part)),
        _ => "",
    };

    // "M:System.Linq.Enumerable.Where``1(...)" is read as "Where".
    private static string Name(XAttribute attribute) => attribute.Name == "cref"
        ? attribute.Value.Split('(')[0].Split('.', ':')[^1].Split('`')[0]
        : attribute.Value;

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
