using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NetMQ;

namespace Gsr.Kernel.Tests.Jupyter;

/// <summary>
/// What no front end sends: the kernel neither answers nor executes it, keeps its memory, and serves on.
/// </summary>
public sealed class HostileFrameTests(HostileFrameTests.OneKernel one) : IClassFixture<HostileFrameTests.OneKernel>
{
    private const long Megabyte = 1024 * 1024;

    private readonly JupyterClient _kernel = one.Client;

    /// <summary>One kernel takes it all.</summary>
    public sealed class OneKernel : IDisposable
    {
        internal JupyterClient Client { get; } = new();

        public void Dispose() => Client.Dispose();
    }

    [Theory]
    [InlineData(0x4000_0000_0000_0000)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MaxValue + 1L)]
    [InlineData(300 * Megabyte)]
    public void A_frame_of_an_absurd_size_takes_no_memory(long size)
    {
        var before = Memory();
        using var connection = Greeted();
        byte[] header = [2, .. BitConverter.GetBytes(IPAddress.HostToNetworkOrder(size))];
        TrySend(connection, header, new byte[64]);
        Serves();
        Assert.InRange(Memory() - before, long.MinValue, 100 * Megabyte);
    }

    [Fact]
    public void What_nobody_signed_is_not_kept()
    {
        var before = Memory();
        for (var i = 0; i < 5; i++)
        {
            var frames = _kernel.Frames("execute_request", new() { ["code"] = "1" }, out _, key: "another");
            frames.RemoveFrame(frames.Last);
            frames.Append(new byte[60 * Megabyte]);
            _kernel.SendRaw(frames);
        }
        Serves();
        Running.GsrProcess.WaitUntil(() => Memory() - before < 100 * Megabyte, "the memory to be free");
    }

    [Fact]
    public void A_message_that_comes_again_is_not_executed_again()
    {
        var frames = _kernel.Frames("execute_request", new() { ["code"] = "count++;" }, out _);
        Assert.True(_kernel.Execute("var count = 0;").Reply["status"]!.GetValue<string>() == "ok");
        for (var i = 0; i < 3; i++)
            _kernel.SendRaw(new NetMQMessage(frames.Select(frame => frame.Duplicate())));
        Assert.Equal("1", _kernel.Execute("count").Result);
    }

    [Fact]
    public void Ten_thousand_parts_are_no_message()
    {
        var frames = new NetMQMessage(Enumerable.Range(0, 10_000).Select(_ => new NetMQFrame("part")));
        _kernel.SendRaw(frames);
        frames.Append("<IDS|MSG>");
        _kernel.SendRaw(frames);
        Assert.False(_kernel.HearsOnShell(TimeSpan.FromSeconds(1)));
        Serves();
    }

    [Theory]
    [InlineData("{\"code\":" + "[[[")]
    [InlineData("{\"code\": \"1\", \"code\": \"2\"}")]
    [InlineData("{\"code\": NaN}")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("{\"code\":\"\xff\"}")]
    [InlineData("{\"code\":\"\\ud800\"}")]
    [InlineData("{\"code\":\"1\",\"user_expressions\":{\"a\":\"1\",\"a\":\"2\"}}")]
    [InlineData("{\"code\":\"1\",\"\\udc00\":0}")]
    public void Signed_content_that_is_no_object_is_not_answered(string content)
    {
        Send("{\"msg_id\":\"1\",\"msg_type\":\"execute_request\"}", Encoding.Latin1.GetBytes(content));
        Assert.False(_kernel.HearsOnShell(TimeSpan.FromMilliseconds(500)));
        Serves();
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"msg_id\":1,\"msg_type\":\"execute_request\"}")]
    [InlineData("{\"msg_id\":\"1\",\"msg_type\":[]}")]
    [InlineData("{\"msg_id\":\"1\",\"msg_type\":\"execute_request\",\"username\":\"\\ud800\"}")]
    [InlineData("{\"msg_id\":\"1\",\"msg_type\":\"kernel_info_request\",\"x\":[{\"y\":\"\\ud800\"}]}")]
    [InlineData("{\"msg_type\":\"execute_request\"}")]
    [InlineData("{\"msg_id\":\"1\",\"msg_type\":\"no_such_request\"}")]
    public void Signed_headers_that_make_no_sense_are_not_answered(string header)
    {
        Send(header, "{\"code\":\"1\"}"u8.ToArray());
        Assert.False(_kernel.HearsOnShell(TimeSpan.FromMilliseconds(500)));
        Serves();
    }

    [Fact]
    public void Nesting_beyond_all_measure_is_not_answered()
    {
        Send("{\"msg_id\":\"1\",\"msg_type\":\"execute_request\"}",
            [.. "{\"code\":"u8, .. Enumerable.Repeat((byte)'[', 100_000),
                .. Enumerable.Repeat((byte)']', 100_000), (byte)'}']);
        Assert.False(_kernel.HearsOnShell(TimeSpan.FromMilliseconds(500)));
        Serves();
    }

    [Theory]
    [InlineData("complete_request", "cursor_pos", "-1")]
    [InlineData("complete_request", "cursor_pos", "2147483647")]
    [InlineData("complete_request", "cursor_pos", "1e300")]
    [InlineData("inspect_request", "cursor_pos", "1.5")]
    [InlineData("inspect_request", "code", "7")]
    [InlineData("execute_request", "code", "7")]
    [InlineData("execute_request", "code", "null")]
    [InlineData("execute_request", "user_expressions", "[1]")]
    [InlineData("execute_request", "silent", "\"yes\"")]
    [InlineData("history_request", "n", "-5")]
    [InlineData("history_request", "n", "\"many\"")]
    [InlineData("history_request", "hist_access_type", "{}")]
    [InlineData("comm_info_request", "target_name", "[]")]
    [InlineData("is_complete_request", "code", "{}")]
    public void Values_of_a_wrong_kind_are_answered_as_if_they_were_missing(string type, string name, string value)
    {
        var content = new JsonObject { ["code"] = "1 + 1", [name] = JsonNode.Parse(value) };
        Assert.Contains((string?)_kernel.Ask(type, content)["status"], (string[])["ok", "complete"]);
        Serves();
    }

    [Fact]
    public void A_cell_of_twenty_megabytes_is_answered()
    {
        var reply = _kernel.Execute($"// {new string('x', 20_000_000)}\n1 + 1");
        Assert.Equal("2", reply.Result);
    }

    [Fact]
    public void Connections_that_say_nothing_do_not_matter()
    {
        var silent = Enumerable.Range(0, 100).Select(_ => Connected()).ToArray();
        using (var other = Connected())
            TrySend(other, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
        using (var half = Greeted())
            TrySend(half, [2, 0, 0]);
        Serves();
        Array.ForEach(silent, connection => connection.Dispose());
        Serves();
    }

    private void Serves()
    {
        Assert.Equal("3", _kernel.Execute("1 + 2").Result);
        Assert.False(_kernel.Process.HasExited);
    }

    private long Memory()
    {
        _kernel.Process.Refresh();
        return _kernel.Process.WorkingSet64;
    }

    private void Send(string header, byte[] content)
    {
        byte[][] json = [Encoding.UTF8.GetBytes(header), "{}"u8.ToArray(), "{}"u8.ToArray(), content];
        var frames = new NetMQMessage();
        frames.Append("<IDS|MSG>");
        frames.Append(Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.ASCII.GetBytes(_kernel.Key), json.SelectMany(part => part).ToArray())));
        foreach (var part in json)
            frames.Append(part);
        _kernel.SendRaw(frames);
    }

    private TcpClient Connected()
    {
        var port = (int)JsonNode.Parse(File.ReadAllText(_kernel.ConnectionFile))!["shell_port"]!;
        return new TcpClient("127.0.0.1", port) { ReceiveTimeout = 10_000 };
    }

    // The greeting and the handshake of ZMTP 3.0, https://rfc.zeromq.org/spec/23: no security, a dealer.
    private TcpClient Greeted()
    {
        var connection = Connected();
        byte[] greeting = [0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3, 0, .. "NULL"u8, .. new byte[16], 0, .. new byte[31]];
        byte[] ready = [5, .. "READY"u8, 11, .. "Socket-Type"u8, 0, 0, 0, 6, .. "DEALER"u8];
        Assert.True(TrySend(connection, greeting));
        connection.GetStream().ReadExactly(new byte[64]);
        Assert.True(TrySend(connection, [4, (byte)ready.Length, .. ready]));
        return connection;
    }

    private static bool TrySend(TcpClient connection, params byte[][] parts)
    {
        try
        {
            foreach (var part in parts)
                connection.GetStream().Write(part);
            return true;
        }
        catch (IOException)
        {
            return false; // the kernel has hung up already
        }
    }
}
