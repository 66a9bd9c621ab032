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
        var notebook = Notebook.Parse(Samples.Notebook("1"), "x");
        var recorder = new NotebookRecord().Begin("cell 1", notebook.Cells[0]);
        var text = new string('x', MimeBundle.Longest / 2);
        for (var i = 0; i < 15; i++)
            recorder.Record(new DisplayOutput(new MimeBundle().Add("text/plain", text)));
        recorder.Flush();
        recorder.Flush();
        Assert.Equal(11, notebook.Cells[0].Outputs.Count);
        Assert.Contains("5 more outputs are left out", notebook.Cells[0].Outputs[^1]!.ToJsonString());
    }
}
