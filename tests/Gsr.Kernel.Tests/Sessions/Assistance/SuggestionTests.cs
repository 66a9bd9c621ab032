using System.Text.Json.Nodes;
using Gsr.Kernel.Tests.Jupyter;

namespace Gsr.Kernel.Tests.Sessions.Assistance;

/// <summary>Completion and inspection as front ends ask for them.</summary>
public sealed class SuggestionTests
{
    [Fact]
    public void Completes_and_inspects_over_the_protocol()
    {
        using var kernel = new JupyterClient();
        kernel.Execute("var weights = new List<int> { 1 };");
        // The cursor counts code points: the emoji is one.
        var completed =
            kernel.Ask("complete_request", new() { ["code"] = "var e = \"😀\"; weights.Cap", ["cursor_pos"] = 24 });
        Assert.Equal("ok", (string?)completed["status"]);
        Assert.Equal(["Capacity"], completed["matches"]!.AsArray().Select(match => (string?)match));
        Assert.Equal((21, 24), ((int)completed["cursor_start"]!, (int)completed["cursor_end"]!));
        var described = completed["metadata"]!["_jupyter_types_experimental"]![0]!;
        Assert.Equal(("Capacity", "property", 21, 24),
            ((string?)described["text"], (string?)described["type"], (int)described["start"]!, (int)described["end"]!));

        var inspected =
            kernel.Ask("inspect_request",
                new() { ["code"] = "\"😀\"; weights", ["cursor_pos"] = 8, ["detail_level"] = 0 });
        Assert.True((bool)inspected["found"]!);
        Assert.Contains("List<int> weights", (string?)inspected["data"]!["text/plain"], StringComparison.Ordinal);
        Assert.NotNull(inspected["data"]!["text/markdown"]);

        var unknown = kernel.Ask("inspect_request", new() { ["code"] = "", ["cursor_pos"] = 0 });
        Assert.Equal(("ok", false), ((string?)unknown["status"], (bool)unknown["found"]!));
    }

    [Fact]
    public void Answers_while_a_cell_runs_and_leaves_the_kernel_busy()
    {
        using var kernel = new JupyterClient();
        kernel.Execute("var kept = 1;");
        var cell = kernel.Execute("await System.Threading.Tasks.Task.Delay(-1);", meanwhile: () =>
        {
            var completed = kernel.Ask("complete_request", new() { ["code"] = "kep", ["cursor_pos"] = 3 });
            Assert.Equal(["kept"], completed["matches"]!.AsArray().Select(match => (string?)match));
            Assert.True((bool)kernel.Ask("inspect_request", new() { ["code"] = "kept", ["cursor_pos"] = 2 })["found"]!);
            kernel.Ask("interrupt_request", [], onControl: true);
        });
        Assert.Equal("Interrupted", (string?)cell.Reply["ename"]);
        Assert.Equal("1", kernel.Execute("kept").Result);
    }

    [Fact]
    public void Answers_of_hostile_requests_that_nothing_is_found()
    {
        using var kernel = new JupyterClient();
        foreach (var content in (JsonObject[])
        [
            [], new() { ["code"] = 3, ["cursor_pos"] = "x" },
            new() { ["code"] = "x", ["cursor_pos"] = -5 }, new() { ["code"] = "\"a", ["cursor_pos"] = int.MaxValue },
            new() { ["code"] = new string('(', 100_000), ["cursor_pos"] = 50_000 },
            new() { ["code"] = "\ud83d Cons", ["cursor_pos"] = 1 },
        ])
        {
            Assert.Equal("ok", (string?)kernel.Ask("complete_request", (JsonObject)content.DeepClone())["status"]);
            Assert.Equal("ok", (string?)kernel.Ask("inspect_request", content)["status"]);
        }
        Assert.Equal("3", kernel.Execute("1 + 2").Result);
    }
}
