using System.Text.Json.Nodes;

namespace Gsr.Kernel.Jupyter;

/// <summary>Lets a cell read lines that the reader of the notebook types.</summary>
internal sealed class InputChannel(Channels channels)
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
    public string? ReadLine()
    {
        TaskCompletionSource<string?> answer;
        lock (_gate)
        {
            if (_request is null)
                return null;
            _answer = answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
            channels.AskOnStdin(_request, new JsonObject { ["prompt"] = "", ["password"] = false });
        }
        return answer.Task.GetAwaiter().GetResult();
    }

    /// <summary>Takes the front end's answer.</summary>
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
