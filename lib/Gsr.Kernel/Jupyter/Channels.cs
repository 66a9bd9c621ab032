using System.Text;
using System.Text.Json.Nodes;
using NetMQ;
using NetMQ.Sockets;

namespace Gsr.Kernel.Jupyter;

/// <summary>The line between the kernel and its front ends.</summary>
internal interface IChannels : IDisposable
{
    /// <summary>A message of a front end, raised on the line's own thread; do not block it.</summary>
    event Action<Message>? ShellReceived, ControlReceived, StdinReceived;

    /// <summary>The last front end is gone, and no other can come.</summary>
    event Action? Closed;

    void Start();

    void ReplyOnShell(Message request, string type, JsonObject content);

    void ReplyOnControl(Message request, string type, JsonObject content);

    /// <summary>Asks the front end behind a request for a line of input.</summary>
    void AskOnStdin(Message request, JsonObject content);

    void Publish(string type, JsonObject content, Message? parent);
}

/// <summary>
/// The five sockets of a kernel. One thread owns them, as ZeroMQ wants it; whoever sends only puts a message into its
/// queue, which also keeps a reply and the outputs before it in their order.
/// </summary>
internal sealed class ZeroMqChannels : IChannels
{
    // A cell with a picture pasted into it is a few megabytes; what is larger than this was not typed.
    private const long LargestFrame = 64L * 1024 * 1024;

    private const long Noteworthy = 16 * 1024 * 1024;

    private readonly MessageCodec _codec;
    private readonly RouterSocket _shell, _control, _stdin;
    private readonly PublisherSocket _published;
    private readonly RouterSocket _heartbeat;
    private readonly NetMQQueue<(IOutgoingSocket Socket, NetMQMessage Frames)> _outgoing = new();
    private readonly NetMQPoller _poller, _heart;

    public ZeroMqChannels(ConnectionFile connection)
    {
        _codec = new MessageCodec(connection.Key);
        _shell = Router();
        _control = Router();
        _stdin = Router();
        _published = new PublisherSocket();
        _heartbeat = Router();
        (NetMQSocket Socket, int Port)[] bindings =
        [
            (_shell, connection.Ports.Shell), (_control, connection.Ports.Control), (_stdin, connection.Ports.Stdin),
            (_published, connection.Ports.IOPub), (_heartbeat, connection.Ports.Heartbeat),
        ];
        foreach (var (socket, port) in bindings)
        {
            socket.Options.MaxMsgSize = LargestFrame;
            socket.Options.SendHighWatermark = 0; // an output is never dropped
            socket.Options.Linger = TimeSpan.FromSeconds(1);
            Bind(socket, connection.Endpoint(port));
        }

        Listen(_shell, message => ShellReceived?.Invoke(message));
        Listen(_control, message => ControlReceived?.Invoke(message));
        Listen(_stdin, message => StdinReceived?.Invoke(message));
        _outgoing.ReceiveReady += (_, ready) =>
        {
            while (ready.Queue.TryDequeue(out var item, TimeSpan.Zero))
                item.Socket.SendMultipartMessage(item.Frames);
        };
        _poller = new NetMQPoller { _shell, _control, _stdin, _outgoing };
        // On a thread of its own: it tells the front end that the process lives, whatever else that does.
        _heartbeat.ReceiveReady += (_, _) => _heartbeat.SendMultipartMessage(_heartbeat.ReceiveMultipartMessage());
        _heart = new NetMQPoller { _heartbeat };
    }

    public event Action<Message>? ShellReceived, ControlReceived, StdinReceived;

    // Sockets wait for front ends for ever.
    public event Action? Closed
    {
        add { }
        remove { }
    }

    public void Start()
    {
        _poller.RunAsync("jupyter", isBackgroundThread: true);
        _heart.RunAsync("heartbeat", isBackgroundThread: true);
    }

    public void ReplyOnShell(Message request, string type, JsonObject content) =>
        Send(_shell, request.Identities, type, content, request);

    public void ReplyOnControl(Message request, string type, JsonObject content) =>
        Send(_control, request.Identities, type, content, request);

    public void AskOnStdin(Message request, JsonObject content) =>
        Send(_stdin, request.Identities, "input_request", content, request);

    public void Publish(string type, JsonObject content, Message? parent) =>
        Send(_published, [Encoding.UTF8.GetBytes(type)], type, content, parent);

    /// <summary>Sends what is queued, then closes the sockets.</summary>
    public void Dispose()
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (!_outgoing.IsEmpty && waited.ElapsedMilliseconds < 1000)
            Thread.Sleep(5);
        _poller.Dispose();
        _heart.Dispose();
        foreach (var socket in new NetMQSocket[] { _shell, _control, _stdin, _published, _heartbeat })
            socket.Dispose();
        _outgoing.Dispose();
        NetMQConfig.Cleanup();
    }

    private void Send(
        IOutgoingSocket socket, IEnumerable<byte[]> identities, string type, JsonObject content, Message? parent) =>
        _outgoing.Enqueue((socket, _codec.Write(identities, type, content, parent)));

    // A front end that connects again under its name is the same one; otherwise nobody would ever answer it.
    private static RouterSocket Router() => new() { Options = { RouterHandover = true } };

    private static void Bind(NetMQSocket socket, string endpoint)
    {
        try
        {
            socket.Bind(endpoint);
        }
        catch (NetMQException e)
        {
            var reason = e is AddressAlreadyInUseException ? "another program uses it" : e.Message;
            throw new IOException(
                $"{endpoint} of the connection file cannot be bound: {reason}. "
                + "Start the kernel again from the front end, which chooses other ports.", e);
        }
    }

    private void Listen(RouterSocket socket, Action<Message> received) => socket.ReceiveReady += (_, _) =>
    {
        var frames = socket.ReceiveMultipartMessage();
        if (_codec.TryRead(frames) is { } message)
            received(message);
        else if (frames.Sum(frame => (long)frame.MessageSize) > Noteworthy)
        {
            // Nobody shall fill the memory by what nobody signed; any other mode keeps what it has freed.
            frames.Clear();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    };
}

/// <summary>Lets a cell read lines that the notebook's reader types.</summary>
internal sealed class InputChannel(IChannels channels)
{
    private readonly Lock _gate = new();
    private Message? _request;
    private TaskCompletionSource<string?>? _answer;

    /// <summary>A request is executed; its front end may be asked.</summary>
    public void Begin(Message request, bool allowed)
    {
        lock (_gate)
            _request = allowed ? request : null;
    }

    /// <summary>The request is done; nobody will answer any more.</summary>
    public void End()
    {
        lock (_gate)
        {
            _request = null;
            _answer?.TrySetResult(null);
            _answer = null;
        }
    }

    /// <summary>Asks for a line and waits for it; null where the front end cannot be asked.</summary>
    public string? ReadLine(string prompt, bool isHidden)
    {
        TaskCompletionSource<string?> answer;
        lock (_gate)
        {
            if (_request is null)
                return null;
            _answer = answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
            channels.AskOnStdin(_request, new JsonObject { ["prompt"] = prompt, ["password"] = isHidden });
        }
        return answer.Task.GetAwaiter().GetResult();
    }

    public void Receive(Message message)
    {
        if (message.Type != "input_reply")
            return;
        lock (_gate)
        {
            _answer?.TrySetResult(message.Text("value"));
            _answer = null;
        }
    }
}
