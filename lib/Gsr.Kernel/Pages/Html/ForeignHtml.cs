using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Gsr.Kernel.Pages.Html;

/// <summary>
/// Markup of unknown origin, of which nothing shall run. The page's policy sees to that, which every browser keeps to;
/// what it forbids is left out of the page besides.
/// </summary>
internal static partial class ForeignHtml
{
    // What is left out may make one of the same from what stood around it; nobody nests that by accident.
    private const int MostRounds = 10;

    /// <summary>Lets a page run these scripts and no others, no handlers, and no page within the page.</summary>
    public static string Policy(IEnumerable<string> scripts) => "script-src 'unsafe-eval' "
        + string.Concat(scripts.Select(script =>
            $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}' "))
        + "; object-src 'none'; frame-src 'none'; base-uri 'none'; form-action 'none'";

    public static string WithoutScripts(string html)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var less = Tag().Replace(Active().Replace(html, ""), tag => Attribute().Replace(tag.Value, Kept));
            if (less == html)
                return html;
            html = less;
        }
        return WebUtility.HtmlEncode(html);
    }

    /// <summary>Whether a link leads to a page, a mail or a place, and does not hold what it leads to.</summary>
    public static bool IsHarmless(string url) =>
        Scheme().Match(Bare(url)) is not { Success: true } scheme
            || scheme.Groups[1].Value.ToLowerInvariant() is "http" or "https" or "mailto" or "tel" or "ftp";

    public static bool IsPicture(string mimeType) => Picture().IsMatch(mimeType);

    /// <summary>Whether an address is itself the picture.</summary>
    public static bool IsPictureData(string url) => PictureData().IsMatch(url);

    private static string Kept(Match attribute)
    {
        var (name, value) = (attribute.Groups["name"].Value, attribute.Groups["value"].Value.Trim('"', '\''));
        return name.StartsWith("on", StringComparison.OrdinalIgnoreCase)
            || name.Equals("srcdoc", StringComparison.OrdinalIgnoreCase)
            || (Dangerous().IsMatch(Bare(WebUtility.HtmlDecode(value))) && !IsPictureData(value))
            ? "" : attribute.Value;
    }

    // Browsers pass over control characters and blanks in an address.
    private static string Bare(string url) => string.Concat(url.Where(c => c > ' '));

    [GeneratedRegex(@"<(script|iframe|object|applet|frameset|template)\b.*?(?:</\1\b[^>]*>|$)"
        + @"|</?(?:script|iframe|object|applet|embed|base|meta|link|frame|portal)\b[^>]*>?",
        RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Active();

    [GeneratedRegex(@"<[a-z](?:""[^""]*""|'[^']*'|[^""'>])*>?", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();

    [GeneratedRegex(@"(?<=[\s/""'])(?<name>[^\s/""'<>=]+)(?:\s*=\s*(?<value>""[^""]*""|'[^']*'|[^\s""'>]*))?")]
    private static partial Regex Attribute();

    [GeneratedRegex("^([a-z][a-z0-9+.-]*):", RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();

    [GeneratedRegex("^(?:javascript|vbscript|data):", RegexOptions.IgnoreCase)]
    private static partial Regex Dangerous();

    [GeneratedRegex(@"^image/[a-z0-9.+-]+\z", RegexOptions.IgnoreCase)]
    private static partial Regex Picture();

    [GeneratedRegex(@"^data:image/[a-z0-9.+-]+[;,]", RegexOptions.IgnoreCase)]
    private static partial Regex PictureData();
}
