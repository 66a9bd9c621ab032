using Gsr.Kernel.Documents;
using Gsr.Kernel.Outputs;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Tests.Sessions.Execution;

/// <summary>What is too large for any reader is cut, and what is cut is said.</summary>
public sealed class LargeOutputTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("HTML(new string('x', 50_000_000))")]
    [InlineData("display(new string('x', 50_000_000), \"text/html\");")]
    [InlineData("new Gsr.Kernel.Outputs.MimeBundle().Add(\"image/png\", new string('x', 50_000_000))")]
    [InlineData("HTML(\"\").Display().Update(HTML(new string('x', 50_000_000)));")]
    [InlineData(
        "new Gsr.Kernel.Outputs.MimeBundle().Add(\"application/json\", new System.Text.Json.Nodes.JsonArray([.. Enumerable.Range(0, 3_000_000).Select(i => (System.Text.Json.Nodes.JsonNode)i)]))")]
    public async Task A_value_is_left_out_with_a_remark(string code)
    {
        await using var notebook = new TestNotebook();
        var ran = await notebook.RunAsync(code, Token);
        Assert.True(ran.Result.Succeeded);
        var bundle = ran.Outputs[^1] is ResultOutput result ? result.Bundle : ((DisplayOutput)ran.Outputs[^1]).Bundle;
        Assert.InRange(bundle.Size, 1, MimeBundle.Longest);
        Assert.Contains("is left out", bundle.Plain(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_message_of_an_exception_is_cut()
    {
        await using var notebook = new TestNotebook();
        var error = (await notebook.RunAsync("throw new Exception(new string('x', 50_000_000));", Token)).Error;
        Assert.InRange(error.Value.Length, 1, 20_000);
        Assert.InRange(error.Traceback.Sum(line => line.Length), 1, 50_000);
        Assert.Contains("50,000,000 characters", error.Value, StringComparison.Ordinal);
        error = (await notebook.RunAsync(
            "throw new AggregateException(Enumerable.Range(0, 10_000).Select(i => new Exception($\"{i}\")));",
            Token)).Error;
        Assert.InRange(error.Traceback.Count, 1, 300);
    }

    [Fact]
    public async Task The_messages_of_many_exceptions_are_cut_together()
    {
        await using var notebook = new TestNotebook();
        var error = (await notebook.RunAsync(
            "var all = Enumerable.Range(0, 100).Select(i => new Exception(new string('x', 300_000)));"
                + "throw new AggregateException(all);", Token)).Error;
        Assert.Equal("AggregateException", error.Name);
        Assert.InRange(error.Value.Length, 1, 20_000);
        Assert.Contains("100 errors", error.Value, StringComparison.Ordinal);
        Assert.InRange(error.Traceback.Sum(line => line.Length), 1, 100_000);
    }

    [Fact]
    public async Task Values_that_nobody_waits_for_are_left_out_beyond_what_may_come_at_once()
    {
        await using var session = new Session(new SessionOptions
        {
            WorkingDirectory = Path.GetTempPath(),
            CaptureFileDescriptors = false,
            MostTextAtOnce = 100_000,
        });
        var outputs = new List<CellOutput>();
        var result = await session.ExecuteAsync(
            new("for (var i = 0; i < 100; i++) display(HTML(new string('x', 50_000)));", "cell 1"), outputs.Add, Token);
        Assert.True(result.Succeeded);
        Assert.InRange(outputs.OfType<DisplayOutput>().Sum(output => output.Bundle.Size), 300_000, 600_000);
        Assert.Contains("characters are left out", ((StreamOutput)outputs[^1]).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_child_process_may_write_as_much_as_the_cell_itself()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no file descriptors on Windows.");
        await using var session = new Session(new SessionOptions
        {
            WorkingDirectory = Path.GetTempPath(),
            MostTextAtOnce = 100_000,
        });
        var text = new List<string>();
        var result = await session.ExecuteAsync(
            new("System.Diagnostics.Process.Start(\"sh\", [\"-c\", \"yes | head -c 20000000\"]).WaitForExit();", "1"),
            output => text.Add(((StreamOutput)output).Text), Token);
        Assert.True(result.Succeeded);
        Assert.InRange(text.Sum(piece => piece.Length), 90_000, 300_000);
        Assert.Contains(text, piece => piece.Contains("characters are left out", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Text_that_nobody_waits_for_is_left_out_beyond_what_may_come_at_once()
    {
        const string code =
            "for (var i = 0; i < 100; i++) Console.Write(new string('x', 100_000)); Console.Write(\"end\");";
        await using var session = new Session(new SessionOptions
        {
            WorkingDirectory = Path.GetTempPath(),
            CaptureFileDescriptors = false,
            MostTextAtOnce = 100_000,
        });
        var text = new List<string>();
        var result = await session.ExecuteAsync(
            new(code, "cell 1"), output => text.Add(((StreamOutput)output).Text), Token);
        Assert.True(result.Succeeded);
        var all = string.Concat(text);
        Assert.InRange(all.Length, 90_000, 300_000);
        Assert.Contains("characters are left out", all, StringComparison.Ordinal);
        Assert.All(text, piece => Assert.InRange(piece.Length, 1, 70_000));
    }

    [Fact]
    public async Task Text_that_somebody_waits_for_comes_whole_and_in_pieces()
    {
        await using var notebook = new TestNotebook();
        var ran = await notebook.RunAsync(
            "Console.WriteLine(string.Concat(Enumerable.Repeat(\"😀\", 500_000)));", Token);
        Assert.Equal(string.Concat(Enumerable.Repeat("😀", 500_000)) + "\n", ran.Text("stdout"));
        Assert.All(ran.Outputs.OfType<StreamOutput>(), output =>
        {
            Assert.InRange(output.Text.Length, 1, 70_000);
            Assert.False(char.IsHighSurrogate(output.Text[^1]));
        });
    }

    [Fact]
    public void A_notebook_keeps_so_many_values_of_a_cell()
    {
        var text = new string('x', MimeBundle.Longest / 2);
        var kept = Record(Enumerable.Range(0, 15).Select(
            _ => (CellOutput)new DisplayOutput(new MimeBundle().Add("text/plain", text))));
        Assert.Equal(10, kept.Count);
        Assert.Contains("6 more outputs are left out", kept[^1]);
    }

    [Fact]
    public void A_notebook_keeps_as_much_of_updates_and_errors_and_what_went_wrong_in_the_end()
    {
        var text = new string('x', MimeBundle.Longest / 2);
        var (small, large) = (new MimeBundle().Add("text/plain", "."), new MimeBundle().Add("text/plain", text));
        var kept = Record(
        [
            .. Enumerable.Range(0, 15).Select(i => new DisplayOutput(small, $"{i}")),
            .. Enumerable.Range(0, 15).Select(i => new DisplayOutput(large, $"{i}", Update: true)),
            .. Enumerable.Range(0, 15).Select(_ => new ErrorOutput("E", "", [text])),
            new ErrorOutput("E", "the end", []),
        ]);
        Assert.InRange(kept.Sum(output => (long)output.Length), 90_000_000, 101_000_000);
        Assert.Contains("20 more outputs are left out", kept[^1]);
        Assert.Contains("the end", kept[^2]);
    }

    [Fact]
    public void Updates_of_one_display_count_once()
    {
        var large = new MimeBundle().Add("text/plain", new string('x', MimeBundle.Longest / 2));
        var kept = Record([new DisplayOutput(large, "id"),
            .. Enumerable.Range(0, 15).Select(_ => new DisplayOutput(large, "id", Update: true))]);
        Assert.Single(kept);
    }

    [Fact]
    public void A_notebook_keeps_so_many_of_the_smallest_outputs()
    {
        var kept = Record(Enumerable.Range(0, 300_000).Select(
            i => (CellOutput)new DisplayOutput(new MimeBundle().Add("text/plain", "."))));
        Assert.InRange(kept.Count, 100_000, 250_000);
        Assert.Contains("more outputs are left out", kept[^1]);
        kept = Record(Enumerable.Range(0, 100_000).Select(
            i => (CellOutput)new StreamOutput(i % 2 == 0 ? "stdout" : "stderr", ".")));
        Assert.InRange(kept.Count, 10_000, 50_000);
        Assert.Contains("more characters were written", kept[^1]);
    }

    private static List<string> Record(IEnumerable<CellOutput> outputs)
    {
        var notebook = Notebook.Parse(Samples.Notebook("1"), "x");
        var recorder = new NotebookRecord().Begin("cell 1", notebook.Cells[0]);
        foreach (var output in outputs)
            recorder.Record(output);
        recorder.Flush();
        recorder.Flush();
        return [.. notebook.Cells[0].Outputs.Select(output => output!.ToJsonString())];
    }
}
