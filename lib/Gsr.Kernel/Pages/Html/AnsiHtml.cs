using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Gsr.Kernel.Pages.Html;

/// <summary>Terminal text as HTML: the sixteen colours and bold are kept, every other control sequence is dropped.</summary>
internal static partial class AnsiHtml
{
    public static string ToHtml(string text)
    {
        if (!text.Contains('\e'))
            return WebUtility.HtmlEncode(text);
        var html = new StringBuilder();
        var style = new Style(null, Bold: false);
        var start = 0;
        foreach (Match match in ControlSequence().Matches(text))
        {
            Append(html, text[start..match.Index], style);
            start = match.Index + match.Length;
            if (match.Groups["sgr"].Success)
                style = style.Apply(match.Groups["sgr"].Value);
        }
        Append(html, text[start..], style);
        return html.ToString();
    }

    private static void Append(StringBuilder html, string text, Style style)
    {
        if (text.Length == 0)
            return;
        var classes = string.Join(' ', new[] { style.Colour is { } colour ? $"ansi{colour}" : null, style.Bold ? "bold" : null }.OfType<string>());
        html.Append(classes.Length == 0 ? WebUtility.HtmlEncode(text) : $"<span class=\"{classes}\">{WebUtility.HtmlEncode(text)}</span>");
    }

    [GeneratedRegex(@"\e\[(?:(?<sgr>[0-9;]*)m|[0-?]*[ -/]*[@-~])|\e\][^\a\e]*(?:\a|\e\\)|\e.?")]
    private static partial Regex ControlSequence();

    private readonly record struct Style(int? Colour, bool Bold)
    {
        public Style Apply(string codes)
        {
            var style = this;
            foreach (var code in codes.Split(';'))
            {
                style = code switch
                {
                    "" or "0" => new Style(null, Bold: false),
                    "1" => style with { Bold = true },
                    "22" => style with { Bold = false },
                    "39" => style with { Colour = null },
                    ['3', >= '0' and <= '7'] => style with { Colour = code[1] - '0' },
                    ['9', >= '0' and <= '7'] => style with { Colour = code[1] - '0' },
                    _ => style,
                };
                // What follows chooses one of 256 or 16 million colours by further numbers, not by codes.
                if (code is "38" or "48")
                    break;
            }
            return style;
        }
    }
}
