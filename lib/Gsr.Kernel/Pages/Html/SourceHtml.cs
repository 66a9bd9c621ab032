using System.Net;
using System.Text;
using Gsr.Kernel.Sessions.Commands;
using Gsr.Kernel.Sessions.Execution;
using Gsr.Kernel.Sessions.Languages;

namespace Gsr.Kernel.Pages.Html;

/// <summary>The source of a cell: its C# in colours, what is written in other languages as it stands.</summary>
internal static class SourceHtml
{
    private static readonly CommandSet s_commands = new();

    /// <summary>Writes a cell's source.</summary>
    /// <param name="source">The source, which may change its language at lines such as <c>#!fsharp</c>.</param>
    /// <param name="language">The language that it begins in.</param>
    public static string Of(string source, string language)
    {
        var html = new StringBuilder();
        var run = new StringBuilder();
        var isCSharp = IsCSharp(language);
        foreach (var line in source.Split('\n'))
        {
            if (CellParts.Word(line) is { Length: > 0 } word && !s_commands.Contains(word))
            {
                Close();
                isCSharp = IsCSharp(word);
            }
            run.Append(line).Append('\n');
        }
        run.Length--; // the last line has no end
        Close();
        return html.ToString();

        void Close()
        {
            var text = run.ToString();
            html.Append(isCSharp ? CSharpHighlighter.ToHtml(text) : WebUtility.HtmlEncode(text));
            run.Clear();
        }
    }

    private static bool IsCSharp(string language) => language.ToLowerInvariant() is Submission.CSharp or "c#" or "lib";
}
