using System.Text.Json.Nodes;
using Gsr.Kernel.Documents;

namespace Gsr.Kernel.Jupyter;

/// <summary>
/// Jupyter's messages to one front end that listens on a named pipe, which nobody but its user can open: no ports, no
/// signatures. In: channel, type, id, content. Out: channel, type, the id of the request, content.
/// </summary>
internal sealed class PipeChannels : IChannels
{
    private static readonly TimeSpan TimeToConnect = TimeSpan.FromSeconds(10);

    private readonly MessageStream _line;

    /// <param name="path">The pipe's name: a socket's path, or <c>\\.\pipe\NAME</c> on Windows.</param>
    public PipeChannels(string path)
    {
        try
        {
            _line = MessageStream.Connect(path, TimeToConnect);
        }
        catch (IOException e)
        {
            throw new IOException($"--pipe {e.Message} A front end names a pipe on which it listens.", e);
        }
    }

    public event Action<Message>? ShellReceived, ControlReceived, StdinReceived;

    public event Action? Closed;

    public void Start() => new Thread(Receive) { IsBackground = true, Name = "jupyter" }.Start();

    public void ReplyOnShell(Message request, string type, JsonObject content) =>
        Send("shell", type, content, request);

    public void ReplyOnControl(Message request, string type, JsonObject content) =>
        Send("control", type, content, request);

    public void AskOnStdin(Message request, JsonObject content) => Send("stdin", "input_request", content, request);

    public void Publish(string type, JsonObject content, Message? parent) => Send("iopub", type, content, parent);

    public void Dispose() => _line.Dispose();

    private void Send(string channel, string type, JsonObject content, Message? parent)
    {
        try
        {
            _line.Send(new()
            {
                ["channel"] = channel,
                ["type"] = type,
                ["parent"] = parent?.Header["msg_id"]?.DeepClone(),
                ["content"] = content,
            });
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            Closed?.Invoke();
        }
    }

    private void Receive()
    {
        while (_line.Receive() is { } json)
        {
            if (Read(json) is not var (channel, message))
                continue;
            var received = channel switch
            {
                "shell" => ShellReceived,
                "control" => ControlReceived,
                "stdin" => StdinReceived,
                _ => null,
            };
            received?.Invoke(message);
        }
        Closed?.Invoke();
    }

    // Null for what is no message, which is passed over as on sockets.
    private static (string Channel, Message Message)? Read(JsonObject json)
    {
        try
        {
            JsonObjects.CheckStrings(json);
            var (type, id) = ((string)json["type"]!, (string)json["id"]!);
            var header = new JsonObject { ["msg_id"] = id, ["msg_type"] = type };
            return ((string)json["channel"]!, new Message(type, header, json["content"]!.AsObject(), []));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or NullReferenceException)
        {
            return null;
        }
    }
}
