using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gsr.Kernel.Sessions.Packages;
using NetMQ;
using NetMQ.Sockets;

namespace Gsr.Kernel.Tests.Jupyter;

/// <summary>A front end: starts a kernel as a process and speaks to it, with a codec of its own.</summary>
internal sealed class JupyterClient : IDisposable
{
    private const string Delimiter = "<IDS|MSG>";
    private const int FirstPort = 20_000, Ports = 10_000;
    private static int LastPort = Random.Shared.Next(Ports);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("gsr-kernel-").FullName;
    private readonly DealerSocket _shell = new(), _control = new(), _stdin = new();
    private readonly SubscriberSocket _published = new();
    private readonly RequestSocket _heartbeat = new();

    /// <param name="throughShell">
    /// True to start the kernel as the child of a shell, which then stands for the front end.
    /// </param>
    /// <param name="folder">Where it runs; a folder of its own unless given.</param>
    /// <param name="key">The key that it signs with; one of its own unless given.</param>
    public JupyterClient(bool throughShell = false, string? folder = null, string? key = null)
    {
        Key = key ?? Guid.NewGuid().ToString("N");
        var ports = Enumerable.Range(0, 5).Select(_ => FreePort()).ToArray();
        ConnectionFile = Path.Combine(_folder, "connection.json");
        File.WriteAllText(ConnectionFile, new JsonObject
        {
            ["transport"] = "tcp",
            ["ip"] = "127.0.0.1",
            ["key"] = Key,
            ["signature_scheme"] = "hmac-sha256",
            ["shell_port"] = ports[0],
            ["control_port"] = ports[1],
            ["stdin_port"] = ports[2],
            ["iopub_port"] = ports[3],
            ["hb_port"] = ports[4],
        }.ToJsonString());
        var identity = Encoding.ASCII.GetBytes(Guid.NewGuid().ToString("N"));
        _shell.Options.Identity = _stdin.Options.Identity = _control.Options.Identity = identity;
        _published.SubscribeToAnyTopic();
        NetMQSocket[] sockets = [_shell, _control, _stdin, _published, _heartbeat];
        for (var i = 0; i < sockets.Length; i++)
            sockets[i].Connect($"tcp://127.0.0.1:{ports[i]}");
        string[] command =
            [EngineLocation.DotNet, EngineLocation.Assembly, "kernel", "start", "--connection-file", ConnectionFile];
        // With a command after it, the shell stays instead of becoming the kernel.
        if (throughShell)
            command = ["sh", "-c", "\"$@\"; true", "sh", .. command];
        var start = new ProcessStartInfo(command[0])
        {
            WorkingDirectory = folder ?? _folder,
            RedirectStandardError = true,
        };
        foreach (var argument in command[1..])
            start.ArgumentList.Add(argument);
        Process = Process.Start(start)!;
        Process.ErrorDataReceived += (_, line) => Errors.AppendLine(line.Data);
        Process.BeginErrorReadLine();
        AwaitKernel();
    }

    public string Key { get; }

    public string ConnectionFile { get; }

    public Process Process { get; }

    public StringBuilder Errors { get; } = new();

    public JsonObject Ask(string type, JsonObject content, bool onControl = false)
    {
        var id = Send(type, content, onControl);
        return Answer(id, onControl);
    }

    public Executed Execute(string code, JsonObject? more = null, Action? meanwhile = null, Func<string>? input = null)
    {
        var id = SendExecute(code, more);
        meanwhile?.Invoke();
        if (input is not null)
        {
            Assert.True(TryReceive(_stdin, Patience, out var asked), "No input was asked for.");
            Assert.Equal("input_request", (string?)Read(asked!).Header["msg_type"]);
            Put(_stdin, Frames("input_reply", new() { ["value"] = input(), ["status"] = "ok" }, out _));
        }
        return new(Answer(id, onControl: false), Outputs(id));
    }

    public string SendExecute(string code, JsonObject? more = null)
    {
        var content = new JsonObject
        {
            ["code"] = code,
            ["silent"] = false,
            ["store_history"] = true,
            ["allow_stdin"] = true,
        };
        foreach (var (name, value) in more ?? [])
            content[name] = value?.DeepClone();
        return Send("execute_request", content, onControl: false);
    }

    public string Send(string type, JsonObject content, bool onControl)
    {
        Put(onControl ? _control : _shell, Frames(type, content, out var id));
        return id;
    }

    public void SendRaw(NetMQMessage frames) => Put(_shell, frames);

    /// <summary>
    /// Whether another connection is answered that gives the name of this one, which stays or has been closed.
    /// </summary>
    public bool AnswersAgain(bool afterClosing)
    {
        using var again = new DealerSocket();
        again.Options.Identity = _shell.Options.Identity!;
        if (afterClosing)
            _shell.Disconnect(_shell.Options.LastEndpoint!);
        again.Connect(_shell.Options.LastEndpoint!);
        Put(again, Frames("kernel_info_request", [], out var id));
        return TryReceive(again, TimeSpan.FromSeconds(20), out var frames)
            && (string?)Read(frames!).Parent["msg_id"] == id;
    }

    public JsonObject Answer(string id, bool onControl)
    {
        while (TryReceive(onControl ? _control : _shell, Patience, out var frames))
        {
            var (_, parent, content) = Read(frames!);
            if ((string?)parent["msg_id"] == id)
                return content;
        }
        throw new TimeoutException($"The kernel does not answer. {Errors}");
    }

    /// <summary>Whether anything at all is answered on the shell channel within a while.</summary>
    public bool HearsOnShell(TimeSpan wait) => TryReceive(_shell, wait, out _);

    public bool Beats()
    {
        return _heartbeat.TrySendFrame(Patience, "beat")
            && _heartbeat.TryReceiveFrameString(Patience, out var beat) && beat == "beat";
    }

    /// <summary>What is published about a request, until the kernel is idle again.</summary>
    public List<(string Type, JsonObject Content)> Outputs(string id) =>
        [.. OutputsOfAll(id).Where(o => o.Parent == id).Select(o => (o.Type, o.Content))];

    /// <summary>The same, with what is published meanwhile about other requests.</summary>
    public List<(string Parent, string Type, JsonObject Content)> OutputsOfAll(string id)
    {
        var outputs = new List<(string, string, JsonObject)>();
        while (TryReceive(_published, Patience, out var frames))
        {
            var (header, parent, content) = Read(frames!);
            var about = (string?)parent["msg_id"] ?? "";
            if (about == id && (string?)content["execution_state"] == "idle")
                return outputs;
            outputs.Add((about, (string)header["msg_type"]!, content));
        }
        throw new TimeoutException($"The kernel does not become idle. {Errors}");
    }

    /// <summary>Waits until something of a type is published about a request.</summary>
    public void Await(string id, string type)
    {
        while (TryReceive(_published, Patience, out var frames))
        {
            var (header, parent, _) = Read(frames!);
            if ((string?)parent["msg_id"] == id && (string?)header["msg_type"] == type)
                return;
        }
        throw new TimeoutException($"No {type} comes. {Errors}");
    }

    public NetMQMessage Frames(string type, JsonObject content, out string id, string? key = null)
    {
        id = Guid.NewGuid().ToString("N");
        var header = new JsonObject
        {
            ["msg_id"] = id,
            ["msg_type"] = type,
            ["session"] = "test",
            ["username"] = "test",
            ["date"] = "2026-01-01T00:00:00Z",
            ["version"] = "5.4",
        };
        byte[][] json = [.. new JsonNode[] { header, new JsonObject(), new JsonObject(), content }.Select(
            part => Encoding.UTF8.GetBytes(part.ToJsonString()))];
        var frames = new NetMQMessage();
        frames.Append(Delimiter);
        frames.Append(Sign(json, key ?? Key));
        foreach (var part in json)
            frames.Append(part);
        return frames;
    }

    public void Dispose()
    {
        if (!Process.HasExited)
            Process.Kill();
        Process.Dispose();
        foreach (var socket in new NetMQSocket[] { _shell, _control, _stdin, _published, _heartbeat })
        {
            socket.Options.Linger = TimeSpan.Zero;
            socket.Dispose();
        }
        Directory.Delete(_folder, recursive: true);
    }

    // Subscriptions take effect some time after the connection; a kernel's idle status tells that this one has.
    private void AwaitKernel()
    {
        var until = Stopwatch.StartNew();
        while (until.Elapsed < Patience)
        {
            var id = Send("kernel_info_request", [], onControl: true);
            Answer(id, onControl: true);
            if (TryReceive(_published, TimeSpan.FromMilliseconds(200), out _))
                return;
        }
        throw new TimeoutException($"The kernel does not start. {Errors}");
    }

    private (JsonObject Header, JsonObject Parent, JsonObject Content) Read(NetMQMessage frames)
    {
        var parts = frames.Select(frame => frame.ToByteArray()).ToList();
        var at = parts.FindIndex(part => Encoding.ASCII.GetString(part) == Delimiter);
        var json = parts.GetRange(at + 2, 4);
        Assert.Equal(Sign(json, Key), Encoding.ASCII.GetString(parts[at + 1]));
        return (Json(json[0]), Json(json[1]), Json(json[3]));

        static JsonObject Json(byte[] part) => JsonNode.Parse(part)!.AsObject();
    }

    private static string Sign(IEnumerable<byte[]> json, string key) => key.Length == 0 ? "" : Convert.ToHexStringLower(
        HMACSHA256.HashData(Encoding.ASCII.GetBytes(key), json.SelectMany(part => part).ToArray()));

    // To a kernel that is gone, a socket takes a thousand messages and then waits for ever.
    private void Put(NetMQSocket socket, NetMQMessage frames)
    {
        if (!socket.TrySendMultipartMessage(Patience, frames))
            throw new TimeoutException($"The kernel takes no more messages. {Errors}");
    }

    private static bool TryReceive(NetMQSocket socket, TimeSpan wait, out NetMQMessage? frames)
    {
        frames = null;
        return socket.TryReceiveMultipartMessage(wait, ref frames);
    }

    // Below the range that systems take for outgoing connections: there, a connection that is tried again and again
    // before the kernel listens can meet itself and take the port. Counted up, so that no two clients get the same.
    private static int FreePort()
    {
        while (true)
        {
            var port = FirstPort + Interlocked.Increment(ref LastPort) % Ports;
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Another program has it.
            }
        }
    }

    internal sealed record Executed(JsonObject Reply, List<(string Type, JsonObject Content)> Outputs)
    {
        public string Text =>
            string.Concat(Outputs.Where(o => o.Type == "stream").Select(o => (string?)o.Content["text"]));

        public string? Result =>
            (string?)Outputs.FirstOrDefault(o => o.Type == "execute_result").Content?["data"]?["text/plain"];
    }
}
