using Gsr.Kernel.Display;
using Gsr.Kernel.Outputs;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Sessions.Languages;

/// <summary>A language whose cells are shown rather than run.</summary>
internal sealed class MarkupLanguage(string name, string description, Func<string, MimeBundle> show)
    : CellLanguage(name, description)
{
    /// <summary>HTML, as it is.</summary>
    public static MarkupLanguage Html { get; } = new("html", "shows HTML", text => MimeFormatter.Format(Display.Html.Raw(text)));

    /// <summary>Markdown.</summary>
    public static MarkupLanguage Markdown { get; } = new("markdown", "shows Markdown", text => MimeFormatter.Format(new Markdown(text)));

    /// <summary>Diagrams. JupyterLab draws the first type, VS Code and GitHub draw such Markdown; nothing is fetched for it.</summary>
    public static MarkupLanguage Mermaid { get; } = new("mermaid", "draws a Mermaid diagram", text => MimeFormatter.Plain(text)
        .Add("text/vnd.mermaid", text)
        .Add("text/markdown", $"```mermaid\n{text}\n```"));

    public override Task<MimeBundle?> RunAsync(CodePart part, RunningCell cell) => Task.FromResult<MimeBundle?>(show(part.Text));
}
