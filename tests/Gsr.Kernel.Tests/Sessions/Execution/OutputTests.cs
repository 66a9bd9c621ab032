using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Tests.Sessions.Execution;

public sealed class OutputTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Outputs_keep_their_order()
    {
        await using var notebook = new TestNotebook();
        var ran = await notebook.RunAsync(
            "Console.WriteLine(\"a\"); Console.Write(\"b\"); Console.Error.Write(\"c\"); "
            + "display(1); Console.Write(\"d\"); 2.Display(); 3", Token);
        Assert.Collection(
            ran.Outputs,
            o => Assert.Equal(new StreamOutput("stdout", "a\nb"), o),
            o => Assert.Equal(new StreamOutput("stderr", "c"), o),
            o => Assert.Equal("1", Assert.IsType<DisplayOutput>(o).Bundle.Plain()),
            o => Assert.Equal(new StreamOutput("stdout", "d"), o),
            o => Assert.Equal("2", Assert.IsType<DisplayOutput>(o).Bundle.Plain()),
            o => Assert.Equal("3", Assert.IsType<ResultOutput>(o).Bundle.Plain()));
    }

    [Fact]
    public async Task Text_comes_before_the_error_that_follows_it()
    {
        await using var notebook = new TestNotebook();
        var ran = await notebook.RunAsync("Console.Write(\"before\"); throw new Exception();", Token);
        Assert.Collection(
            ran.Outputs,
            o => Assert.Equal(new StreamOutput("stdout", "before"), o),
            o => Assert.IsType<ErrorOutput>(o));
    }

    [Fact]
    public async Task Many_lines_arrive_whole_in_few_events()
    {
        await using var notebook = new TestNotebook();
        var ran = await notebook.RunAsync("for (var i = 0; i < 20_000; i++) Console.WriteLine(i);", Token);
        Assert.Equal(string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i}\n")), ran.Text("stdout"));
        Assert.True(ran.Outputs.Count < 1000, $"{ran.Outputs.Count} events");
    }

    [Fact]
    public async Task A_display_can_be_updated_by_a_later_cell()
    {
        await using var notebook = new TestNotebook();
        var shown = Assert.IsType<DisplayOutput>(
            Assert.Single((await notebook.RunAsync("var d = display(\"old\");", Token)).Outputs));
        var updated = Assert.IsType<DisplayOutput>(
            Assert.Single((await notebook.RunAsync("d.Update(\"new\");", Token)).Outputs));
        Assert.False(shown.Update);
        Assert.True(updated.Update);
        Assert.NotNull(shown.DisplayId);
        Assert.Equal(shown.DisplayId, updated.DisplayId);
        Assert.Equal("new", updated.Bundle.Plain());
    }

    [Fact]
    public async Task Display_takes_a_mime_type_and_a_bundle()
    {
        await using var notebook = new TestNotebook();
        var html = Assert.IsType<DisplayOutput>(
            Assert.Single((await notebook.RunAsync("display(\"<b>x</b>\", \"text/html\");", Token)).Outputs));
        Assert.Equal("<b>x</b>", html.Bundle.Data["text/html"].GetValue<string>());
        var bundle = Assert.IsType<DisplayOutput>(Assert.Single((await notebook.RunAsync(
            "display(new Gsr.Kernel.Outputs.MimeBundle().Add(\"text/plain\", \"own\"));", Token)).Outputs));
        Assert.Equal("own", bundle.Bundle.Plain());
    }

    [Fact]
    public async Task Display_works_in_lambdas_and_on_other_threads()
    {
        await using var notebook = new TestNotebook();
        await using var other = new TestNotebook(); // so that the only session is no answer
        var ran = await notebook.RunAsync(
            "await Task.Run(() => display(1)); "
            + "var t = new System.Threading.Thread(() => { display(2); Console.Write(3); }); t.Start(); t.Join();",
            Token);
        Assert.Equal(["1", "2"], ran.Outputs.OfType<DisplayOutput>().Select(o => o.Bundle.Plain()));
        Assert.Equal("3", ran.Text("stdout"));
    }

    [Fact]
    public async Task Background_output_between_cells_waits_for_the_next_one()
    {
        await using var notebook = new TestNotebook();
        await notebook.ValueAsync(
            "var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);",
            "var work = Task.Run(async () => { await go.Task; Console.Write(\"from behind\"); });");
        var ran = await notebook.RunAsync("go.SetResult(); await work; Console.Write(\"!\");", Token);
        Assert.Equal("from behind!", ran.Text("stdout"));
    }

    [Fact]
    public async Task Lines_end_as_on_Unix_wherever_they_were_made()
    {
        await using var notebook = new TestNotebook();
        var ran = await notebook.RunAsync(
            "Console.Write(\"a\\r\\nb\"); display(\"c\\r\\nd\"); display(HTML(\"e\\r\\nf\")); "
            + "throw new Exception(\"g\\r\\nh\");", Token);
        Assert.Equal("a\nb", ran.Text("stdout"));
        var displayed = ran.Outputs.OfType<DisplayOutput>().Select(o => o.Bundle).ToList();
        Assert.Equal("c\nd", displayed[0].Plain());
        Assert.Equal("e\nf", displayed[1].Data["text/html"].GetValue<string>());
        Assert.Equal("g\nh", ran.Outputs.OfType<ErrorOutput>().Single().Value);
        Assert.DoesNotContain('\r', string.Concat(ran.Outputs.OfType<ErrorOutput>().Single().Traceback));
    }

    [Fact]
    public async Task Nobody_answers_a_question()
    {
        await using var notebook = new TestNotebook();
        Assert.Equal("true", await notebook.ValueAsync("Console.ReadLine() is null"));
    }
}
