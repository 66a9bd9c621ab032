using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Tests.Sessions.Execution;

/// <summary>What cells of notebooks made for .NET Interactive use without bringing it in.</summary>
public sealed class OlderNotebookTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HTML_is_a_value_a_display_and_an_update()
    {
        await using var notebook = new TestNotebook();
        var ran = await notebook.RunAsync(
            "display(HTML(\"<b>1</b>\")); HTML(\"<b>2</b>\").Display().Update(HTML(\"<b>3</b>\")); HTML(\"<b>4</b>\")",
            Token);
        Assert.True(ran.Result.Succeeded, ran.Result.Error?.Value);
        Assert.Equal(["<b>1</b>", "<b>2</b>", "<b>3</b>", "<b>4</b>"], ran.Outputs.Select(Html));
    }

    [Fact]
    public async Task PocketView_writes_markup_and_escapes_text()
    {
        await using var notebook = new TestNotebook();
        var ran = await notebook.RunAsync(
            "using static Microsoft.DotNet.Interactive.Formatting.PocketViewTags;\ndiv(b(\"a<b\"), HTML(\"<i>c</i>\"))",
            Token);
        Assert.True(ran.Result.Succeeded, ran.Result.Error?.Value);
        Assert.Equal("<div><b>a&lt;b</b><i>c</i></div>", Html(Assert.Single(ran.Outputs)));
    }

    [Fact]
    public async Task A_formatter_registered_in_a_cell_is_used_by_later_ones()
    {
        await using var notebook = new TestNotebook();
        await notebook.ValueAsync(
            "using Microsoft.DotNet.Interactive.Formatting; record Point(int X);",
            "Formatter.Register<Point>(p => $\"<i>{p.X}</i>\", \"text/html\");");
        var ran = await notebook.RunAsync("new Point(7)", Token);
        Assert.Equal("<i>7</i>", Html(Assert.Single(ran.Outputs)));
        Assert.Equal("Point { X = 7 }", ran.Value);
    }

    private static string Html(CellOutput output) => (output switch
    {
        DisplayOutput display => display.Bundle,
        ResultOutput result => result.Bundle,
        _ => throw new InvalidOperationException($"not shown: {output}"),
    }).Data["text/html"].GetValue<string>();
}
