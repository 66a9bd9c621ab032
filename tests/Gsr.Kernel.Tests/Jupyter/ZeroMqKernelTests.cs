using System.Text;
using System.Text.Json.Nodes;
using NetMQ;

namespace Gsr.Kernel.Tests.Jupyter;

/// <summary>The kernel over ZeroMQ, and what only that line has: signatures, ports, a heartbeat.</summary>
public sealed class ZeroMqKernelTests : KernelTests
{
    [Fact]
    public void Its_heart_beats()
    {
        using var kernel = new JupyterClient();
        Assert.True(kernel.Beats());
    }

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

    // VS Code's extension is there from the start; of others it is known by what they ask.
    [Fact]
    public void Prepares_completion_where_there_is_an_editor_alone()
    {
        const string loaded = "AppDomain.CurrentDomain.GetAssemblies().Any(a => a.GetName().Name == "
            + "\"Microsoft.CodeAnalysis.Features\")";
        using var kernel = new JupyterClient();
        Thread.Sleep(TimeSpan.FromSeconds(4)); // in which it would have begun
        Assert.Equal("false", kernel.Execute(loaded).Result);
        Thread.Sleep(TimeSpan.FromSeconds(2));
        Assert.Equal("false", kernel.Execute(loaded).Result);
        kernel.Ask("comm_info_request", []);
        for (var i = 0; i < 60 && kernel.Execute(loaded).Result == "false"; i++)
            Thread.Sleep(TimeSpan.FromSeconds(1));
        Assert.Equal("true", kernel.Execute(loaded).Result);
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
    public void Neither_answers_nor_executes_what_is_not_signed()
    {
        using var kernel = new JupyterClient();
        var proof = Path.Combine(Path.GetDirectoryName(kernel.ConnectionFile)!, "executed");
        var code = new JsonObject { ["code"] = $"System.IO.File.WriteAllText(@\"{proof}\", \"\");" };
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
        using var folder = new TemporaryFolder();
        var file = folder["c.json"];
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
    }

    [Theory]
    [InlineData("1 + 1", "complete")]
    [InlineData("for (;;) {", "incomplete")]
    [InlineData("var x = (1 + ", "incomplete")]
    [InlineData("1 + ) 2;", "invalid")]
    public void Knows_whether_code_is_complete(string code, string status) =>
        Assert.Equal(status, (string?)Gsr.Kernel.Jupyter.Completeness.Of(code)["status"]);

    private protected override KernelClient Start(bool throughShell = false) => new JupyterClient(throughShell);

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
