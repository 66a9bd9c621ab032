using System.Text.Json.Nodes;

namespace Gsr.Kernel.Tests.Jupyter;

/// <summary>The kernel as a front end meets it, whatever the line between them.</summary>
public abstract class KernelTests
{
    private protected abstract KernelClient Start(bool throughShell = false);

    [Fact]
    public void Tells_who_it_is_on_both_channels()
    {
        using var kernel = Start();
        foreach (var onControl in new[] { false, true })
        {
            var info = kernel.Ask("kernel_info_request", [], onControl);
            Assert.Equal("ok", (string?)info["status"]);
            Assert.Equal("csharp", (string?)info["language_info"]!["name"]);
            Assert.StartsWith("5.", (string?)info["protocol_version"]);
        }
    }

    [Fact]
    public void Executes_cells_and_publishes_their_outputs_in_order()
    {
        using var kernel = Start();
        var cell = kernel.Execute(
            "Console.WriteLine(\"one\"); var shown = display(\"two\"); shown.Update(\"three\"); 1 + 3");
        Assert.Equal(("ok", 1), ((string?)cell.Reply["status"], (int)cell.Reply["execution_count"]!));
        Assert.Equal(["status", "execute_input", "stream", "display_data", "update_display_data", "execute_result"],
            cell.Outputs.Select(o => o.Type));
        Assert.Equal("4", cell.Result);
        Assert.Equal((string?)cell.Outputs[3].Content["transient"]!["display_id"],
            (string?)cell.Outputs[4].Content["transient"]!["display_id"]);

        var failing = kernel.Execute("int Half(int n) => 10 / n;\nHalf(0)");
        Assert.Equal(("error", "DivideByZeroException"),
            ((string?)failing.Reply["status"], (string?)failing.Reply["ename"]));
        Assert.Contains(failing.Outputs, o => o.Type == "error"
            && o.Content["traceback"]!.ToJsonString().Contains("line 1", StringComparison.Ordinal));
    }

    // What the cell itself holds is 50 million characters at most; what a kernel lets through at once, 20 million.
    [Theory]
    [InlineData("var s = new string('x', 1_000_000); for (var i = 0; i < 200; i++) Console.Write(s);")]
    [InlineData("HTML(new string('x', 50_000_000))")]
    [InlineData("throw new Exception(new string('x', 50_000_000));")]
    [InlineData("var e = new Exception(new string('x', 1_000_000)); throw new AggregateException([e, e, e, e, e, e]);")]
    [InlineData("for (var i = 0; i < 5_000; i++) display(HTML(new string('x', 100_000)));")]
    public void Hundreds_of_megabytes_do_not_fill_its_memory(string code)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The memory of a process is read from /proc.");
        using var kernel = Start();
        kernel.Execute("1");
        var before = PeakMemory();
        kernel.Execute(code);
        Assert.InRange((PeakMemory() - before) / 1_000_000, 0, 450);

        long PeakMemory()
        {
            kernel.Process.Refresh();
            return kernel.Process.PeakWorkingSet64;
        }
    }

    [Fact]
    public void Publishes_what_a_task_writes_under_the_request_that_started_it()
    {
        using var kernel = Start();
        kernel.Execute(
            "var go = new TaskCompletionSource(); var done = Task.Run(async () => { await go.Task; Console.Write(\"late\"); });");
        Assert.Equal("own", kernel.Execute("go.SetResult(); await done; Console.Write(\"own\");").Text);
    }

    [Fact]
    public void Neither_counts_nor_shows_what_is_silent_and_evaluates_user_expressions()
    {
        using var kernel = Start();
        var silent = kernel.Execute("var x = 20; x", new() { ["silent"] = true });
        Assert.Equal(["status"], silent.Outputs.Select(o => o.Type));
        var loud = kernel.Execute("x++;",
            new() { ["user_expressions"] = new JsonObject { ["twice"] = "2 * x", ["wrong"] = "nowhere" } });
        Assert.Equal(1, (int)loud.Reply["execution_count"]!);
        Assert.Equal("42", (string?)loud.Reply["user_expressions"]!["twice"]!["data"]!["text/plain"]);
        Assert.Equal("error", (string?)loud.Reply["user_expressions"]!["wrong"]!["status"]);
        Assert.Equal(2, (int)kernel.Execute("1").Reply["execution_count"]!);
    }

    [Fact]
    public void Does_not_run_what_waits_behind_a_failure_unless_it_is_told_to()
    {
        using var kernel = Start();
        var failing = kernel.SendExecute("System.Threading.Thread.Sleep(2000); throw new System.Exception(\"no\");");
        var waiting = kernel.SendExecute("1");
        Assert.Equal("error", (string?)kernel.Answer(failing, false)["status"]);
        Assert.Equal("aborted", (string?)kernel.Answer(waiting, false)["status"]);
        failing = kernel.SendExecute("System.Threading.Thread.Sleep(2000); throw new System.Exception(\"no\");",
            new() { ["stop_on_error"] = false });
        waiting = kernel.SendExecute("1");
        kernel.Answer(failing, false);
        Assert.Equal("ok", (string?)kernel.Answer(waiting, false)["status"]);
    }

    [Fact]
    public void Asks_the_front_end_for_what_a_cell_reads()
    {
        using var kernel = Start();
        var cell = kernel.Execute("Console.ReadLine() + \"!\"", input: () => "hello");
        Assert.Equal("hello!", cell.Result);
        Assert.Equal("true", kernel.Execute("Console.ReadLine() is null", new() { ["allow_stdin"] = false }).Result);
        Assert.Equal("you", kernel.Execute("await Kernel.GetInputAsync(\"Who?\")", input: () => "you").Result);
        kernel.Execute("#!set --name who --value \"@password:Who are you?\"", input: () => "42");
        Assert.Equal("42!", kernel.Execute("who + \"!\"").Result);
    }

    // The loop in a process of its own that has never been interrupted: there the runtime optimises it as if it never
    // were.
    [Theory]
    [InlineData("await System.Threading.Tasks.Task.Delay(600000);")]
    [InlineData("while (true) ;")]
    public void Interrupts_a_cell_and_keeps_its_state(string code)
    {
        using var kernel = Start();
        kernel.Execute("var kept = 7;");
        var cell = kernel.Execute(code, meanwhile: () =>
        {
            Thread.Sleep(3000);
            kernel.Ask("interrupt_request", [], onControl: true);
        });
        Assert.Equal(("Interrupted", "The cell was interrupted."),
            ((string?)cell.Reply["ename"], (string?)cell.Reply["evalue"]));
        Assert.Equal("7", kernel.Execute("kept").Result);
    }

    [Fact]
    public void Remembers_what_was_executed()
    {
        using var kernel = Start();
        foreach (var code in new[] { "1 + 1", "2 + 1", "1 + 1" })
            kernel.Execute(code);
        string[] History(JsonObject request) =>
            [.. kernel.Ask("history_request", request)["history"]!.AsArray()
                .Select(entry => $"{entry![1]}: {entry[2]}")];
        Assert.Equal(["2: 2 + 1", "3: 1 + 1"], History(new() { ["hist_access_type"] = "tail", ["n"] = 2 }));
        Assert.Equal(["2: 2 + 1"],
            History(new() { ["hist_access_type"] = "range", ["session"] = 0, ["start"] = 2, ["stop"] = 3 }));
        Assert.Equal(["3: 1 + 1"],
            History(new() { ["hist_access_type"] = "search", ["pattern"] = "1*", ["unique"] = true }));
        Assert.Equal(["3: 1 + 1"], History(new() { ["hist_access_type"] = "search", ["pattern"] = "1*", ["n"] = 1 }));
    }

    [Fact]
    public void Ends_when_it_is_asked_to_and_when_it_is_told_to()
    {
        using var asked = Start();
        Assert.Equal("ok",
            (string?)asked.Ask("shutdown_request", new() { ["restart"] = false }, onControl: true)["status"]);
        Assert.True(asked.Process.WaitForExit(30_000));
        Assert.Equal(0, asked.Process.ExitCode);
        if (OperatingSystem.IsWindows())
            return;
        using var told = Start();
        Running.GsrProcess.Signal("TERM", told.Process.Id);
        Assert.True(told.Process.WaitForExit(30_000));
        Assert.Equal(0, told.Process.ExitCode);
    }

    [Fact]
    public void Leaves_with_the_front_end_that_was_killed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        using var kernel = Start(throughShell: true);
        var id = (int)JsonNode.Parse(kernel.Execute("Environment.ProcessId").Result!)!;
        Assert.True(Running.GsrProcess.IsAlive(id));
        Running.GsrProcess.Signal("KILL", kernel.Process.Id);
        Running.GsrProcess.WaitUntil(() => !Running.GsrProcess.IsAlive(id), "the orphan leaves");
    }

    [Fact]
    public void Executes_nothing_that_comes_on_the_control_channel()
    {
        using var kernel = Start();
        kernel.Send("execute_request", new() { ["code"] = "var sneaked = 1;" }, onControl: true);
        kernel.Ask("kernel_info_request", [], onControl: true);
        Assert.Equal("error", (string?)kernel.Execute("sneaked").Reply["status"]);
    }

    [Fact]
    public void A_breakpoint_stops_a_cell_shows_its_variables_and_lets_it_go_on_by_steps()
    {
        using var kernel = Start();
        kernel.Execute("var earlier = 40;");
        Debug(kernel, "initialize");
        Debug(kernel, "attach");
        const string code = """
            int Twice(int n)
            {
                var half = n; // é
                return n + half;
            }
            var top = Twice(1);
            if (top > 1)
                top += earlier;
            top
            """;
        var path = (string?)Debug(kernel, "dumpCell", new() { ["code"] = code })["sourcePath"];
        Debug(kernel, "setBreakpoints", new()
        {
            ["source"] = new JsonObject { ["path"] = path },
            ["breakpoints"] = new JsonArray(new JsonObject { ["line"] = 4 }),
        });
        Debug(kernel, "configurationDone");

        var cell = kernel.SendExecute(code);
        kernel.Await(cell, "debug_event", "stopped");
        var frame = Debug(kernel, "stackTrace")["stackFrames"]![0]!;
        Assert.Equal((path, 4), ((string?)frame["source"]!["path"], (int)frame["line"]!));
        Assert.Equal(["half = 1", "n = 1"], Variables(1));
        Assert.Equal(["earlier = 40"], Variables(2));

        foreach (var line in new[] { 7, 8, 9 })
        {
            Debug(kernel, "next");
            kernel.Await(cell, "debug_event", "stopped");
            Assert.Equal(line, (int)Debug(kernel, "stackTrace")["stackFrames"]![0]!["line"]!);
        }
        Assert.Equal(["top = 42"], Variables(1));
        Debug(kernel, "continue");
        Assert.Equal("ok", (string?)kernel.Answer(cell, onControl: false)["status"]);

        // One that is interrupted where it stands, and one that nobody debugs.
        cell = kernel.SendExecute(code);
        kernel.Await(cell, "debug_event", "stopped");
        kernel.Ask("interrupt_request", [], onControl: true);
        Assert.Equal("Interrupted", (string?)kernel.Answer(cell, onControl: false)["ename"]);
        Debug(kernel, "disconnect");
        Assert.Equal("42", kernel.Execute(code).Result);

        IEnumerable<string> Variables(int scope) =>
            Debug(kernel, "variables", new() { ["variablesReference"] = scope })["variables"]!.AsArray()
                .Select(variable => $"{variable!["name"]} = {variable["value"]}");
    }

    [Fact]
    public void Answers_a_front_ends_debugger_from_its_start_to_the_end_of_a_cell()
    {
        using var kernel = Start();
        kernel.Execute("var table = new[] { 1, 2, 3 };");

        // In JupyterLab 4's order and words: the first question has no arguments.
        var info = kernel.Ask("debug_request",
            new() { ["type"] = "request", ["seq"] = 0, ["command"] = "debugInfo" }, onControl: true)["body"]!;
        Assert.False((bool)info["isStarted"]!);
        Assert.Equal("Murmur2", (string?)info["hashMethod"]);
        Assert.Empty(Debug(kernel, "initialize", new()
        {
            ["clientID"] = "jupyterlab",
            ["adapterID"] = ".net-csharp",
            ["pathFormat"] = "path",
            ["linesStartAt1"] = true,
        })["exceptionBreakpointFilters"]!.AsArray());
        Debug(kernel, "attach");
        Assert.True((bool)Debug(kernel, "debugInfo")["isStarted"]!);
        Assert.Equal(["table"], Names(Debug(kernel, "inspectVariables")));

        // It computes the path of a cell that it has not sent; this number is its own code's.
        const string code = "var half = 1; // é";
        var path = (string?)Debug(kernel, "dumpCell", new() { ["code"] = code })["sourcePath"];
        Assert.Equal($"{info["tmpFilePrefix"]}325767434{info["tmpFileSuffix"]}", path);
        Assert.True((bool)Debug(kernel, "setBreakpoints", new()
        {
            ["breakpoints"] = new JsonArray(new JsonObject { ["line"] = 1 }),
            ["source"] = new JsonObject { ["path"] = path },
            ["sourceModified"] = false,
        })["breakpoints"]![0]!["verified"]!);
        Assert.Equal(path, (string?)Debug(kernel, "debugInfo")["breakpoints"]![0]!["source"]);
        Debug(kernel, "setExceptionBreakpoints", new() { ["filters"] = new JsonArray() });

        var cell = kernel.SendExecute(code);
        kernel.Await(cell, "debug_event", "stopped");
        Assert.Equal(1, (int)Debug(kernel, "debugInfo")["stoppedThreads"]![0]!);
        var frame = Debug(kernel, "stackTrace", new() { ["threadId"] = 1 })["stackFrames"]![0]!;
        Assert.Equal(path, (string?)frame["source"]!["path"]);
        var scopes = Debug(kernel, "scopes", new() { ["frameId"] = frame["id"]!.DeepClone() })["scopes"]!.AsArray();
        Assert.Equal(["table"], scopes.SelectMany(scope => Names(Debug(kernel, "variables", new()
        {
            ["variablesReference"] = scope!["variablesReference"]!.DeepClone(),
        }))));
        Assert.Equal(code, (string?)Debug(kernel, "source", new()
        {
            ["source"] = new JsonObject { ["path"] = path },
            ["sourceReference"] = 0,
        })["content"]);
        Assert.Contains("1, 2, 3", (string?)Debug(kernel, "richInspectVariables", new()
        {
            ["variableName"] = "table",
            ["frameId"] = 1,
        })["data"]!["text/plain"], StringComparison.Ordinal);
        Debug(kernel, "continue", new() { ["threadId"] = 1 });
        Assert.Equal("ok", (string?)kernel.Answer(cell, onControl: false)["status"]);

        Assert.Equal(["half", "table"], Names(Debug(kernel, "inspectVariables")).Order());
        Assert.Empty(Debug(kernel, "modules")["modules"]!.AsArray());
        Debug(kernel, "disconnect", new() { ["restart"] = false, ["terminateDebuggee"] = false });

        static IEnumerable<string?> Names(JsonNode body) =>
            body["variables"]!.AsArray().Select(variable => (string?)variable!["name"]);
    }

    private static JsonNode Debug(KernelClient kernel, string command, JsonObject? arguments = null)
    {
        var response = kernel.Ask("debug_request", new()
        {
            ["type"] = "request",
            ["seq"] = 1,
            ["command"] = command,
            ["arguments"] = arguments ?? [],
        }, onControl: true);
        Assert.True((bool)response["success"]!, response.ToJsonString());
        return response["body"]!;
    }
}
