using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NetMQ;
using NetMQ.Sockets;

namespace Gsr.Kernel.Tests.Jupyter;

/// <summary>A front end of Jupyter: speaks ZeroMQ, with a codec of its own.</summary>
internal sealed class JupyterClient : KernelClient
{
    private const string Delimiter = "<IDS|MSG>";
    private const int FirstPort = 20_000, Ports = 10_000;
    private static int LastPort = Random.Shared.Next(Ports);
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
        ConnectionFile = Path.Combine(Folder, "connection.json");
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
        Start(throughShell, folder, "--connection-file", ConnectionFile);
        AwaitKernel();
    }

    public string Key { get; }

    public string ConnectionFile { get; }

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
        NetMQMessage? frames = null;
        return again.TryReceiveMultipartMessage(TimeSpan.FromSeconds(20), ref frames)
            && (string?)Read(frames!).Parent["msg_id"] == id;
    }

    public bool Beats()
    {
        return _heartbeat.TrySendFrame(Patience, "beat")
            && _heartbeat.TryReceiveFrameString(Patience, out var beat) && beat == "beat";
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

    public override void Dispose()
    {
        base.Dispose();
        foreach (var socket in new NetMQSocket[] { _shell, _control, _stdin, _published, _heartbeat })
        {
            socket.Options.Linger = TimeSpan.Zero;
            socket.Dispose();
        }
    }

    protected override string Put(KernelChannel channel, string type, JsonObject content)
    {
        Put(Socket(channel), Frames(type, content, out var id));
        return id;
    }

    protected override (string Type, string Parent, JsonObject Content)? Receive(KernelChannel channel, TimeSpan wait)
    {
        NetMQMessage? frames = null;
        if (!Socket(channel).TryReceiveMultipartMessage(wait, ref frames))
            return null;
        var (header, parent, content) = Read(frames!);
        return ((string)header["msg_type"]!, (string?)parent["msg_id"] ?? "", content);
    }

    private NetMQSocket Socket(KernelChannel channel) => channel switch
    {
        KernelChannel.Shell => _shell,
        KernelChannel.Control => _control,
        KernelChannel.Stdin => _stdin,
        _ => _published,
    };

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
}
