using System.Text;
using System.Text.Json.Nodes;
using NetMQ;

namespace Gsr.Kernel.Tests.Jupyter;

/// <summary>The kernel as a front end meets it, over its sockets.</summary>
public sealed class KernelTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_front_end_that_connects_again_is_answered(bool afterClosing)
    {
        using var kernel = new JupyterClient();
        Assert.True(kernel.AnswersAgain(afterClosing));
    }

    [Fact]
    public void Without_a_key_nothing_is_signed_and_that_is_said()
    {
        using var kernel = new JupyterClient(key: "");
        Assert.Equal("2", kernel.Execute("1 + 1").Result);
        Running.GsrProcess.WaitUntil(
            () => kernel.Errors.ToString().Contains("not signed", StringComparison.Ordinal), "the warning");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"key\": null,")]
    [InlineData("\"key\": 7,")]
    public void A_connection_file_without_a_key_is_refused(string key)
    {
        using var folder = new TemporaryFolder();
        folder.Write("c.json",
            $"{{{key}\"shell_port\":1,\"control_port\":2,\"iopub_port\":3,\"stdin_port\":4,\"hb_port\":5}}");
        var (exit, output) = Running.GsrProcess.Run(folder, "kernel", "start", "--connection-file", "c.json");
        Assert.Equal(2, exit);
        Assert.Contains("\"key\" is ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Tells_who_it_is_on_both_channels_and_beats()
    {
        using var kernel = new JupyterClient();
        foreach (var onControl in new[] { false, true })
        {
            var info = kernel.Ask("kernel_info_request", [], onControl);
            Assert.Equal("ok", (string?)info["status"]);
            Assert.Equal("C#", (string?)info["language_info"]!["name"]);
            Assert.StartsWith("5.", (string?)info["protocol_version"]);
        }
        Assert.True(kernel.Beats());
    }

    [Fact]
    public void Executes_cells_and_publishes_their_outputs_in_order()
    {
        using var kernel = new JupyterClient();
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

    [Fact]
    public void Publishes_what_a_task_writes_under_the_request_that_started_it()
    {
        using var kernel = new JupyterClient();
        kernel.Execute(
            "var go = new TaskCompletionSource(); var done = Task.Run(async () => { await go.Task; Console.Write(\"late\"); });");
        Assert.Equal("own", kernel.Execute("go.SetResult(); await done; Console.Write(\"own\");").Text);
    }

    [Fact]
    public void Neither_counts_nor_shows_what_is_silent_and_evaluates_user_expressions()
    {
        using var kernel = new JupyterClient();
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
        using var kernel = new JupyterClient();
        var failing = kernel.SendExecute("System.Threading.Thread.Sleep(500); throw new System.Exception(\"no\");");
        var waiting = kernel.SendExecute("1");
        Assert.Equal("error", (string?)kernel.Answer(failing, false)["status"]);
        Assert.Equal("aborted", (string?)kernel.Answer(waiting, false)["status"]);
        failing = kernel.SendExecute("System.Threading.Thread.Sleep(500); throw new System.Exception(\"no\");",
            new() { ["stop_on_error"] = false });
        waiting = kernel.SendExecute("1");
        kernel.Answer(failing, false);
        Assert.Equal("ok", (string?)kernel.Answer(waiting, false)["status"]);
    }

    [Fact]
    public void Asks_the_front_end_for_what_a_cell_reads()
    {
        using var kernel = new JupyterClient();
        var cell = kernel.Execute("Console.ReadLine() + \"!\"", input: () => "hello");
        Assert.Equal("hello!", cell.Result);
        Assert.Equal("true", kernel.Execute("Console.ReadLine() is null", new() { ["allow_stdin"] = false }).Result);
    }

    // The loop in a process of its own that has never been interrupted: there the runtime optimises it as if it never
    // were.
    [Theory]
    [InlineData("await System.Threading.Tasks.Task.Delay(600000);")]
    [InlineData("while (true) ;")]
    public void Interrupts_a_cell_and_keeps_its_state(string code)
    {
        using var kernel = new JupyterClient();
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

    [Theory]
    [InlineData("1 + 1", "complete")]
    [InlineData("for (;;) {", "incomplete")]
    [InlineData("var x = (1 + ", "incomplete")]
    [InlineData("1 + ) 2;", "invalid")]
    public void Knows_whether_code_is_complete(string code, string status) =>
        Assert.Equal(status, (string?)Gsr.Kernel.Jupyter.Completeness.Of(code)["status"]);

    [Fact]
    public void Remembers_what_was_executed()
    {
        using var kernel = new JupyterClient();
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
        using var asked = new JupyterClient();
        Assert.Equal("ok",
            (string?)asked.Ask("shutdown_request", new() { ["restart"] = false }, onControl: true)["status"]);
        Assert.True(asked.Process.WaitForExit(30_000));
        Assert.Equal(0, asked.Process.ExitCode);
        if (OperatingSystem.IsWindows())
            return;
        using var told = new JupyterClient();
        Running.GsrProcess.Signal("TERM", told.Process.Id);
        Assert.True(told.Process.WaitForExit(30_000));
        Assert.Equal(0, told.Process.ExitCode);
    }

    [Fact]
    public void Names_the_port_that_another_program_uses()
    {
        using var kernel = new JupyterClient();
        using var folder = new TemporaryFolder();
        var (exitCode, output) =
            Running.GsrProcess.Run(folder, "kernel", "start", "--connection-file", kernel.ConnectionFile);
        Assert.Equal(1, exitCode);
        var port = (int)JsonNode.Parse(File.ReadAllText(kernel.ConnectionFile))!["shell_port"]!;
        Assert.Contains($"tcp://127.0.0.1:{port} of the connection file cannot be bound: another program uses it.",
            output, StringComparison.Ordinal);
        Assert.Equal("2", kernel.Execute("1 + 1").Result);
    }

    [Fact]
    public void Leaves_with_the_front_end_that_was_killed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        using var kernel = new JupyterClient(throughShell: true);
        var id = (int)JsonNode.Parse(kernel.Execute("Environment.ProcessId").Result!)!;
        Assert.True(Running.GsrProcess.IsAlive(id));
        Running.GsrProcess.Signal("KILL", kernel.Process.Id);
        Running.GsrProcess.WaitUntil(() => !Running.GsrProcess.IsAlive(id), "the orphan leaves");
    }

    [Fact]
    public void Executes_nothing_that_comes_on_the_control_channel()
    {
        using var kernel = new JupyterClient();
        kernel.Send("execute_request", new() { ["code"] = "var sneaked = 1;" }, onControl: true);
        kernel.Ask("kernel_info_request", [], onControl: true);
        Assert.Equal("error", (string?)kernel.Execute("sneaked").Reply["status"]);
    }

    [Fact]
    public void Neither_answers_nor_executes_what_is_not_signed()
    {
        using var kernel = new JupyterClient();
        var proof = Path.Combine(Path.GetDirectoryName(kernel.ConnectionFile)!, "executed");
        var code = new JsonObject { ["code"] = $"System.IO.File.WriteAllText(\"{proof}\", \"\");" };
        kernel.SendRaw(kernel.Frames("execute_request", code, out _, key: "another key"));
        var unsigned = kernel.Frames("execute_request", code, out _);
        var frames = unsigned.Select(f => f.ToByteArray()).ToList();
        frames[1] = [];
        kernel.SendRaw(Of(frames));
        frames = [.. kernel.Frames("execute_request", code, out _).Select(f => f.ToByteArray())];
        frames[5] = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(frames[5])
            .Replace("executed", "executeD", StringComparison.Ordinal));
        kernel.SendRaw(Of(frames));
        Assert.False(kernel.HearsOnShell(TimeSpan.FromSeconds(2)));
        Assert.False(File.Exists(proof));
        Assert.Equal("3", kernel.Execute("1 + 2").Result);
    }

    [Fact]
    public void Serves_on_after_ten_thousand_mutated_messages()
    {
        using var kernel = new JupyterClient();
        var random = new Random(1);
        for (var i = 0; i < 10_000; i++)
        {
            var frames = kernel.Frames("execute_request", new() { ["code"] = "0" }, out _)
                .Select(f => f.ToByteArray()).ToList();
            for (var change = random.Next(1, 4); change > 0; change--)
                Mutate(frames, random);
            kernel.SendRaw(Of(frames));
        }
        Assert.Equal("3", kernel.Execute("1 + 2").Result);
        Assert.False(kernel.Process.HasExited);
    }

    [Fact]
    public void Says_in_one_line_what_is_wrong_with_a_connection_file()
    {
        var folder = Directory.CreateTempSubdirectory("gsr-kernel-");
        var file = Path.Combine(folder.FullName, "c.json");
        foreach (var (text, expected) in new[] { ("{", "no JSON"), ("[]", "JSON object"),
            ("{\"transport\":\"ipc\"}", "\"ipc\""), ("{\"ip\":\"nowhere\"}", "\"nowhere\""),
            ("{\"shell_port\":99999}", "99999"), ("{\"signature_scheme\":\"md5\"}", "\"md5\"") })
        {
            File.WriteAllText(file, text);
            var message = Assert.Throws<Gsr.Kernel.Documents.UsageException>(
                () => Gsr.Kernel.Jupyter.ConnectionFile.Read(file)).Message;
            Assert.Contains(expected, message, StringComparison.Ordinal);
            Assert.StartsWith(file, message, StringComparison.Ordinal);
        }
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Installs_where_it_is_told_and_removes_only_its_own()
    {
        var root = Directory.CreateTempSubdirectory("gsr-kernels-").FullName;
        var folder = Gsr.Kernel.Jupyter.KernelSpec.Install(root, "one");
        var spec = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "kernel.json")))!;
        Assert.Contains("{connection_file}", spec["argv"]!.AsArray().Select(a => (string?)a));
        Assert.True(File.Exists((string?)spec["argv"]![1]));
        Assert.Equal(("C#", "message"), ((string?)spec["language"], (string?)spec["interrupt_mode"]));
        // The library of the version that a chart's script asks the notebook's server for.
        var library = Gsr.Kernel.Display.ChartLibrary.FileName;
        Assert.Contains($"plotly.js v{library["plotly-".Length..^".min.js".Length]}",
            File.ReadAllText(Path.Combine(folder, library))[..200], StringComparison.Ordinal);
        Gsr.Kernel.Jupyter.KernelSpec.Uninstall(root, "one");
        Assert.False(Directory.Exists(folder));
        Assert.Throws<Gsr.Kernel.Documents.UsageException>(() => Gsr.Kernel.Jupyter.KernelSpec.Uninstall(root, "one"));
        Assert.Throws<Gsr.Kernel.Documents.UsageException>(() => Gsr.Kernel.Jupyter.KernelSpec.Install(root, "../up"));
        Directory.CreateDirectory(Path.Combine(root, "foreign"));
        File.WriteAllText(Path.Combine(root, "foreign", "kernel.json"), "{\"argv\":[\"python\"]}");
        Assert.Throws<Gsr.Kernel.Documents.UsageException>(
            () => Gsr.Kernel.Jupyter.KernelSpec.Uninstall(root, "foreign"));
        Directory.Delete(root, recursive: true);
    }

    private static void Mutate(List<byte[]> frames, Random random)
    {
        if (frames.Count == 0)
            return;
        var at = random.Next(frames.Count);
        var frame = frames[at];
        switch (random.Next(5))
        {
            case 0:
                frames.RemoveAt(at);
                break;
            case 1:
                frames.Insert(at, frame);
                break;
            case 2 when frame.Length > 0:
                frames[at] = [.. frame];
                frames[at][random.Next(frame.Length)] ^= (byte)random.Next(1, 256);
                break;
            case 3:
                frames[at] = frame[..random.Next(frame.Length + 1)];
                break;
            default:
                frames[at] = [.. frame, .. Enumerable.Repeat((byte)'[', random.Next(2000))];
                break;
        }
    }

    private static NetMQMessage Of(List<byte[]> frames) =>
        frames.Count == 0 ? new NetMQMessage([new NetMQFrame("")]) : new NetMQMessage(frames);
}
