using System.Text.Json.Nodes;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Tests.Documents;

public class CellRecorderTests
{
    private readonly Notebook _notebook = Notebook.Parse(Samples.Notebook("1", "2"), "x");
    private readonly DisplayRegistry _displays = new();

    [Fact]
    public void Streams_of_one_name_merge_and_others_stay_in_order()
    {
        Record(0, Out("a"), Out("b\n"), Err("!"), Out("c"));
        Assert.Equal(["ab\n", "!", "c"], Outputs(0).Select(Text));
        Assert.Equal(["stdout", "stderr", "stdout"], Outputs(0).Select(output => output["name"]!.GetValue<string>()));
    }

    [Fact]
    public void A_progress_line_leaves_its_last_state_though_it_came_in_pieces()
    {
        Record(0, Out("1 of 3\r2 of"), Out(" 3\r"), Out("3 of 3\n"));
        Assert.Equal("3 of 3\n", Text(Outputs(0).Single()));
    }

    [Fact]
    public void A_later_cell_updates_an_earlier_display()
    {
        Record(0, Show("old", "id"), Show("other", "id2"));
        Record(1, new DisplayOutput(Bundle("new"), "id", Update: true),
            new DisplayOutput(Bundle("?"), "unknown", Update: true));
        Assert.Equal(["new", "other"], Outputs(0).Select(Plain));
        Assert.Empty(Outputs(1));
    }

    [Fact]
    public void Clear_removes_now_or_with_the_next_output()
    {
        Record(0, Out("a"), new ClearOutput(Wait: false), Out("b"), new ClearOutput(Wait: true));
        Assert.Equal(["b"], Outputs(0).Select(Text));
        Record(1, Out("a"), new ClearOutput(Wait: true), Out("c"));
        Assert.Equal(["c"], Outputs(1).Select(Text));
    }

    [Fact]
    public void Text_over_the_limit_is_cut_visibly()
    {
        Record(0, Out(string.Concat(Enumerable.Repeat("0123456789\n", 200_000))), Err("late"), Show("kept", null));
        Assert.Equal(2, Outputs(0).Count());
        var text = Text(Outputs(0).First());
        Assert.InRange(text.Length, CellRecorder.LongestText, CellRecorder.LongestText + 5000);
        Assert.Contains("[Cut here: 1,1", text);
        Assert.Equal("kept", Plain(Outputs(0).Last()));
    }

    [Fact]
    public void A_million_rewrites_of_one_line_are_not_over_the_limit()
    {
        for (var i = 0; i < 100; i++)
            Record(0, Out(string.Concat(Enumerable.Repeat("\r0123456789", 10_000))));
        Assert.Equal("0123456789", Text(Outputs(0).Last()));
    }

    [Fact]
    public void Results_carry_the_cells_count_and_errors_their_traceback()
    {
        Record(0, new ResultOutput(Bundle("8")), new ErrorOutput("E", "v", ["a", "b"]));
        var (result, error) = (Outputs(0).First(), Outputs(0).Last());
        Assert.Equal(["data", "execution_count", "metadata", "output_type"], result.Select(member => member.Key));
        Assert.Equal(5, result["execution_count"]!.GetValue<int>());
        Assert.Equal("""{"ename":"E","evalue":"v","output_type":"error","traceback":["a","b"]}""",
            error.ToJsonString());
    }

    [Fact]
    public void Only_text_is_split_into_lines()
    {
        var bundle = new MimeBundle().Add("text/plain", "a\nb")
            .Add("image/png", "AA\nBB").Add("application/json", new JsonObject { ["z"] = 1, ["a"] = 2 });
        Record(0, new DisplayOutput(bundle));
        Assert.Equal(
            """{"application/json":{"z":1,"a":2},"image/png":"AA\nBB","text/plain":["a\n","b"]}""",
            Outputs(0).Single()["data"]!.ToJsonString());
    }

    [Fact]
    public void What_has_more_lines_than_anybody_compares_is_kept_as_one_string()
    {
        var lines = new string('\n', 200_000);
        Record(0, Out(lines), Show(lines, null));
        Assert.Equal([lines, lines], [Text(Outputs(0).First()), Plain(Outputs(0).Last())]);
        Assert.Equal(System.Text.Json.JsonValueKind.String, Outputs(0).First()["text"]!.GetValueKind());
    }

    private void Record(int cell, params CellOutput[] outputs)
    {
        var recorder = new CellRecorder(_notebook.Cells[cell], _displays);
        foreach (var output in outputs)
            recorder.Record(output);
        recorder.Flush(5);
    }

    private IEnumerable<JsonObject> Outputs(int cell) =>
        _notebook.Cells[cell].Outputs.Select(output => output!.AsObject());

    private static StreamOutput Out(string text) => new("stdout", text);

    private static StreamOutput Err(string text) => new("stderr", text);

    private static MimeBundle Bundle(string text) => new MimeBundle().Add("text/plain", text);

    private static DisplayOutput Show(string text, string? id) => new(Bundle(text), id);

    private static string Text(JsonObject output) => MultilineText.Join(output["text"])!;

    private static string Plain(JsonObject output) => MultilineText.Join(output["data"]!["text/plain"])!;
}
