using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Gsr.Kernel.Pages.Html;

/// <summary>
/// Markup of unknown origin, of which nothing shall run. The page's policy sees to that, which every browser keeps to;
/// besides, only what is known to be harmless comes into the page.
/// </summary>
internal static partial class ForeignHtml
{
    // Browsers nest 512 deep.
    private const int Deepest = 400;

    // What a browser reads may differ from what was written; nobody needs a second correction by accident.
    private const int MostRounds = 5;

    private static readonly HashSet<string> Html = Names("""
        a abbr acronym address article aside audio b bdi bdo big blockquote br caption center cite code col colgroup
        data dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img
        input ins kbd label legend li main mark menu meter nav ol p picture pre progress q rp rt ruby s samp section
        small source span strike strong style sub summary sup table tbody td tfoot th thead time tr track tt u ul var
        video wbr
        """);

    private static readonly HashSet<string> Svg = Names("""
        a circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix
        feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR
        feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight
        feTile feTurbulence filter g image line linearGradient marker mask metadata path pattern polygon polyline
        radialGradient rect stop style svg switch symbol text textPath title tspan use view
        """);

    private static readonly HashSet<string> Addresses = Names("href src poster background cite longdesc");

    /// <summary>Lets a page run these scripts and no others, no handlers, and no page within the page.</summary>
    /// <param name="scripts">The text of scripts in the page.</param>
    /// <param name="withFiles">True where scripts also lie beside the page.</param>
    public static string Policy(IEnumerable<string> scripts, bool withFiles = false) =>
        $"script-src 'unsafe-eval' {(withFiles ? "'self' " : "")}"
        + string.Concat(scripts.Select(script =>
            $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}' "))
        + "; object-src 'none'; frame-src 'none'; base-uri 'none'; form-action 'none'";

    /// <exception cref="FormatException">It is nested deeper than browsers go.</exception>
    public static string WithoutScripts(string html)
    {
        // Tags that are not closed in their order are made anew after each paragraph: n tags make n² elements.
        var (last, left) = ((INode?)null, long.MaxValue);
        // As it is read, which takes the longer the deeper it is nested.
        var parser = new HtmlParser(new HtmlParserOptions
        {
            OnCreated = (element, _) =>
            {
                CheckDepth(last);
                if (--left < 0)
                    throw new FormatException("The markup makes many times as many elements as it has tags.");
                last = element;
            },
        });
        var body = parser.ParseDocument("").Body!;
        for (var round = 0; round < MostRounds; round++)
        {
            (last, left) = (null, 10L * html.AsSpan().Count('<') + 1000);
            body.InnerHtml = "";
            body.Append([.. parser.ParseFragment(html, body)]);
            Clean(body);
            var clean = body.InnerHtml;
            if (clean == html)
                return html;
            html = clean;
        }
        throw new FormatException("The markup changes each time that it is read.");
    }

    /// <summary>Whether a link leads to a page, a mail or a place, and does not hold what it leads to.</summary>
    public static bool IsHarmless(string url) =>
        Scheme().Match(string.Concat(url.Where(c => c > ' '))) is not { Success: true } scheme
            || scheme.Groups[1].Value.ToLowerInvariant() is "http" or "https" or "mailto" or "tel" or "ftp";

    public static bool IsPicture(string mimeType) => Picture().IsMatch(mimeType);

    /// <summary>Whether an address is itself the picture.</summary>
    public static bool IsPictureData(string url) => PictureData().IsMatch(url);

    private static void CheckDepth(INode? node)
    {
        for (var depth = 0; node is not null; node = node.Parent)
        {
            if (++depth > Deepest)
                throw new FormatException($"The markup is nested more than {Deepest} levels deep.");
        }
    }

    private static void Clean(IElement root)
    {
        var left = new Stack<INode>(root.ChildNodes);
        while (left.TryPop(out var node))
        {
            if (node is IElement element && IsKnown(element))
            {
                foreach (var attribute in element.Attributes.Where(attribute => Runs(element, attribute)).ToList())
                    element.RemoveAttribute(attribute.NamespaceUri, attribute.LocalName);
                foreach (var child in element.ChildNodes)
                    left.Push(child);
            }
            else if (node is not IText)
            {
                node.Parent!.RemoveChild(node);
            }
        }
    }

    private static bool IsKnown(IElement element) =>
        (element.NamespaceUri == NamespaceNames.HtmlUri && Html.Contains(element.LocalName))
            || (element.NamespaceUri == NamespaceNames.SvgUri && Svg.Contains(element.LocalName));

    // Handlers, and whatever may be the address of a program.
    private static bool Runs(IElement element, IAttr attribute) =>
        attribute.Name == "srcdoc" || attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)
            || (Addresses.Contains(attribute.Name.Split(':')[^1]) && !IsHarmless(attribute.Value)
                && !(element.LocalName is "img" or "image" && IsPictureData(attribute.Value)));

    private static HashSet<string> Names(string text) =>
        [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];

    [GeneratedRegex("^([a-z][a-z0-9+.-]*):", RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"^image/[a-z0-9.+-]+\z", RegexOptions.IgnoreCase)]
    private static partial Regex Picture();

    [GeneratedRegex(@"^data:image/[a-z0-9.+-]+[;,]", RegexOptions.IgnoreCase)]
    private static partial Regex PictureData();
}
