using System.Text.Json;
using Gsr.Kernel.Display;
using Gsr.Kernel.Outputs;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Sessions.Languages;

/// <summary>A language whose cells are shown rather than run.</summary>
internal sealed class MarkupLanguage(string name, string description, Func<string, MimeBundle> show)
    : CellLanguage(name, description)
{
    public static MarkupLanguage Html { get; } =
        new("html", "shows HTML", text => MimeFormatter.Format(Display.Html.Raw(text)));

    public static MarkupLanguage Markdown { get; } =
        new("markdown", "shows Markdown", text => MimeFormatter.Format(new Markdown(text)));

    /// <summary>Diagrams: JupyterLab draws the first type, VS Code and GitHub the Markdown.</summary>
    public static MarkupLanguage Mermaid { get; } =
        new("mermaid", "draws a Mermaid diagram", text => MimeFormatter.Plain(text)
        .Add("text/vnd.mermaid", text)
        .Add("text/markdown", $"```mermaid\n{text}\n```"));

    public override Task<MimeBundle?> RunAsync(CodePart part, RunningCell cell) =>
        Task.FromResult<MimeBundle?>(show(part.Text));
}

/// <summary>JavaScript, which the front end runs when it shows the cell's output.</summary>
internal sealed class JavaScriptLanguage() : CellLanguage("javascript", "runs JavaScript in the front end", "js")
{
    private readonly Dictionary<string, string> _values = [];

    public override Task<MimeBundle?> RunAsync(CodePart part, RunningCell cell)
    {
        var values = string.Concat(_values.Select(value => $"const {value.Key} = {value.Value};\n"));
        // In a function of its own, so that names of two cells do not meet.
        var script = $"<script type=\"module\">\n{values}{part.Text}\n</script>";
        return Task.FromResult<MimeBundle?>(MimeFormatter.Plain(part.Text).Add("text/html", script));
    }

    public override Task SetAsync(string name, object? value, RunningCell cell)
    {
        try
        {
            // The serialiser escapes '<', so that no value can end the script.
            _values[name] = JsonSerializer.Serialize(value);
        }
        catch (Exception e) when (e is NotSupportedException or JsonException)
        {
            throw new CommandException($"\"{name}\" cannot be given to JavaScript as JSON: {e.Message}");
        }
        return Task.CompletedTask;
    }

    public override void Reset() => _values.Clear();
}
