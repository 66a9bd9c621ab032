using System.Text.Json.Nodes;
using Gsr.Kernel.Jupyter;

namespace Gsr.Kernel.Tests.Jupyter;

/// <summary>Comms as a front end meets them: both ends open, send and close.</summary>
public abstract class CommTests
{
    private protected abstract KernelClient Start();

    private const string Usings = "using Gsr.Kernel.Jupyter;\nusing System.Text.Json.Nodes;\n";

    [Fact]
    public void A_front_end_opens_sends_and_closes()
    {
        using var kernel = Start();
        kernel.Execute(Usings + """
            var seen = new List<string>();
            Comm.Register("doubling", comm =>
            {
                seen.Add($"open {comm.Data}");
                comm.Received += data => comm.Send(new JsonObject { ["twice"] = 2 * (int)data!["x"]!, ["sent"] = data });
                comm.Closed += data => seen.Add($"closed {data}");
                comm.Send("ready");
            });
            """);

        var opened = Tell(kernel, "comm_open", "c1", "hello", target: "doubling");
        Assert.Equal(["status", "comm_msg"], opened.Select(m => m.Type));
        Assert.Equal(("c1", "ready"), ((string?)opened[1].Content["comm_id"], (string?)opened[1].Content["data"]));
        Assert.Equal("""{"twice":42,"sent":{"x":21}}""",
            Tell(kernel, "comm_msg", "c1", new JsonObject { ["x"] = 21 })[1].Content["data"]!.ToJsonString());
        Assert.Equal(["c1"], Open(kernel, "doubling"));
        Assert.Empty(Open(kernel, "halving"));

        Assert.Equal(["status"], Tell(kernel, "comm_close", "c1", "bye").Select(m => m.Type));
        Assert.Empty(Open(kernel));
        Assert.Equal("open hello, closed bye", kernel.Execute("string.Join(\", \", seen)").Result);
    }

    [Fact]
    public void The_kernel_opens_sends_and_closes()
    {
        using var kernel = Start();
        var cell = kernel.Execute(Usings + """
            var slider = Comm.Open("slider", new JsonObject { ["max"] = 10 });
            JsonNode? last = null;
            slider.Received += data => last = data;
            slider.Send(new JsonObject { ["value"] = 3 });
            """);
        var messages = cell.Outputs.Where(o => o.Type.StartsWith("comm", StringComparison.Ordinal)).ToList();
        Assert.Equal(["comm_open", "comm_msg"], messages.Select(m => m.Type));
        Assert.Equal(("slider", 10),
            ((string?)messages[0].Content["target_name"], (int)messages[0].Content["data"]!["max"]!));
        Assert.Equal(3, (int)messages[1].Content["data"]!["value"]!);
        var id = (string)messages[0].Content["comm_id"]!;

        Assert.Equal([id], Open(kernel, "slider"));
        Tell(kernel, "comm_msg", id, new JsonObject { ["value"] = 7 });
        Assert.Equal("7", kernel.Execute("(int)last![\"value\"]!").Result);

        var closing = kernel.Execute("slider.Close(); slider.Send(1); slider.Close();");
        Assert.Single(closing.Outputs, o => o.Type.StartsWith("comm", StringComparison.Ordinal)
            && o.Type == "comm_close");
        Assert.Empty(Open(kernel));
    }

    [Fact]
    public void What_nobody_registered_is_closed_and_what_nobody_opened_is_ignored()
    {
        using var kernel = Start();
        var refused = Tell(kernel, "comm_open", "c1", null, target: "unknown");
        Assert.Equal(["status", "comm_close"], refused.Select(m => m.Type));
        Assert.Equal("c1", (string?)refused[1].Content["comm_id"]);
        Assert.Equal(["status"], Tell(kernel, "comm_msg", "nobody's", null).Select(m => m.Type));
        Assert.Equal(["status"], Tell(kernel, "comm_close", "nobody's", null).Select(m => m.Type));
        Assert.Equal(["status", "comm_close"], kernel.Outputs(kernel.Send("comm_open", [], onControl: false))
            .Select(m => m.Type));
    }

    [Fact]
    public void A_handler_that_fails_says_so_and_kills_nothing()
    {
        using var kernel = Start();
        kernel.Execute(Usings + """
            Comm.Register("failing", comm => comm.Received += data => throw new Exception("on receiving"));
            Comm.Register("unborn", comm => throw new Exception("on opening"));
            Comm.Register("late", comm => comm.Received += async data => { await Task.Delay(1); throw new Exception("afterwards"); });
            """);
        Tell(kernel, "comm_open", "c1", null, target: "failing");
        var failed = Tell(kernel, "comm_msg", "c1", null);
        Assert.Equal(["status", "stream"], failed.Select(m => m.Type));
        Assert.Equal("stderr", (string?)failed[1].Content["name"]);
        Assert.Contains("on receiving", (string?)failed[1].Content["text"], StringComparison.Ordinal);
        Assert.Equal(["c1"], Open(kernel));

        var unborn = Tell(kernel, "comm_open", "c2", null, target: "unborn");
        Assert.Contains(unborn, m => m.Type == "comm_close" && (string?)m.Content["comm_id"] == "c2");
        Assert.Contains(unborn, m => m.Type == "stream"
            && ((string)m.Content["text"]!).Contains("on opening", StringComparison.Ordinal));
        Assert.Equal(["c1"], Open(kernel));

        Tell(kernel, "comm_open", "c3", null, target: "late");
        Tell(kernel, "comm_msg", "c3", null);
        Assert.Equal("2", kernel.Execute("1 + 1").Result);
    }

    [Fact]
    public void Handlers_run_on_the_thread_of_the_cells_in_their_turn_and_can_be_interrupted()
    {
        using var kernel = Start();
        kernel.Execute(Usings + """
            var thread = Environment.CurrentManagedThreadId;
            var order = new List<string>();
            Comm.Register("order", comm => comm.Received += data => order.Add($"{data} {Environment.CurrentManagedThreadId == thread}"));
            Comm.Register("waiting", comm => comm.Received += data => { Console.WriteLine("waits"); System.Threading.Thread.Sleep(600_000); });
            """);
        Tell(kernel, "comm_open", "c1", null, target: "order");
        var cell = kernel.SendExecute("System.Threading.Thread.Sleep(2000); order.Add(\"cell\");");
        Tell(kernel, "comm_msg", "c1", "message");
        Assert.Equal("ok", (string?)kernel.Answer(cell, onControl: false)["status"]);
        Assert.Equal("cell, message True", kernel.Execute("string.Join(\", \", order)").Result);

        Tell(kernel, "comm_open", "c2", null, target: "waiting");
        var waiting = kernel.Send("comm_msg", Content("c2", null), onControl: false);
        kernel.Await(waiting, "stream");
        kernel.Ask("interrupt_request", [], onControl: true);
        Assert.Contains(kernel.Outputs(waiting),
            m => ((string?)m.Content["text"])?.Contains("interrupted", StringComparison.Ordinal) == true);
        Assert.Equal("2", kernel.Execute("1 + 1").Result);
    }

    [Fact]
    public void Without_a_front_end_a_comm_does_nothing()
    {
        Comm.Register("nobody", _ => Assert.Fail("There is nobody who could open it."));
        var comm = Comm.Open("nobody", new JsonObject { ["x"] = 1 });
        comm.Send("into the void");
        comm.Close();
        Assert.Equal("nobody", comm.Target);
    }

    private static JsonObject Content(string id, JsonNode? data) =>
        new() { ["comm_id"] = id, ["data"] = data ?? new JsonObject() };

    private static List<(string Type, JsonObject Content)> Tell(
        KernelClient kernel, string type, string id, JsonNode? data, string? target = null)
    {
        var content = Content(id, data);
        if (target is not null)
            content["target_name"] = target;
        return kernel.Outputs(kernel.Send(type, content, onControl: false));
    }

    private static string[] Open(KernelClient kernel, string? target = null)
    {
        var request = target is null ? [] : new JsonObject { ["target_name"] = target };
        return [.. kernel.Ask("comm_info_request", request)["comms"]!.AsObject().Select(comm => comm.Key)];
    }
}
