using System.Collections.Concurrent;
using System.IO.Pipes;
using System.Text.Json.Nodes;
using Gsr.Kernel.Documents;

namespace Gsr.Kernel.Tests.Jupyter;

/// <summary>A front end such as the extension for VS Code: listens on a named pipe.</summary>
internal sealed class PipeClient : KernelClient
{
    private readonly NamedPipeServerStream _pipe;
    private readonly MessageStream _line;
    private readonly Dictionary<string, BlockingCollection<JsonObject>> _received = new()
    {
        ["shell"] = [],
        ["control"] = [],
        ["stdin"] = [],
        ["iopub"] = [],
    };

    /// <inheritdoc cref="KernelClient.Start"/>
    public PipeClient(bool throughShell = false, string? folder = null)
    {
        var name = Guid.NewGuid().ToString("N");
        Name = OperatingSystem.IsWindows() ? @"\\.\pipe\" + name : Path.Combine(Folder, "s");
        _pipe = new(OperatingSystem.IsWindows() ? name : Name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte,
            PipeOptions.Asynchronous);
        Start(throughShell, folder, "--pipe", Name);
        Assert.True(_pipe.WaitForConnectionAsync().Wait(Patience), $"The kernel does not connect. {Errors}");
        _line = new MessageStream(_pipe);
        new Thread(Listen) { IsBackground = true }.Start();
        AwaitKernel();
    }

    public string Name { get; }

    public void SendRaw(JsonObject message) => _line.Send(message);

    /// <summary>Leaves, as a front end does that is closed.</summary>
    public void Close() => _line.Dispose();

    public override void Dispose()
    {
        _line.Dispose();
        base.Dispose();
    }

    protected override string Put(KernelChannel channel, string type, JsonObject content)
    {
        var id = Guid.NewGuid().ToString("N");
        SendRaw(new() { ["channel"] = Key(channel), ["type"] = type, ["id"] = id, ["content"] = content.DeepClone() });
        return id;
    }

    protected override (string Type, string Parent, JsonObject Content)? Receive(
        KernelChannel channel, TimeSpan wait) => _received[Key(channel)].TryTake(out var message, wait)
            ? ((string)message["type"]!, (string?)message["parent"] ?? "", message["content"]!.AsObject()) : null;

    private static string Key(KernelChannel channel) =>
        channel == KernelChannel.Published ? "iopub" : channel.ToString().ToLowerInvariant();

    private void Listen()
    {
        while (_line.Receive() is { } message)
            _received[(string)message["channel"]!].Add(message);
    }
}
