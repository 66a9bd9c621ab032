using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Gsr.Kernel.Jupyter;

/// <summary>The comms of a kernel that are open, and what front ends may open.</summary>
/// <param name="publish">Sends every front end a type, a content, and the request that it belongs to.</param>
internal sealed class CommTable(Action<string, JsonObject, Message?> publish)
{
    private readonly ConcurrentDictionary<string, Action<Comm>> _targets = new();
    private readonly ConcurrentDictionary<string, Comm> _open = new();

    /// <summary>That of the kernel that this process is; null where it is none.</summary>
    public static CommTable? OfKernel { get; set; }

    /// <summary>The request that is answered, to which what is sent meanwhile belongs.</summary>
    public Message? Parent { get; set; }

    public void Register(string target, Action<Comm> opened) => _targets[target] = opened;

    /// <summary>Tells the front ends of a comm that a cell opens.</summary>
    public void Open(Comm comm)
    {
        _open[comm.Id] = comm;
        Publish("comm_open", comm.Id, comm.Data, ("target_name", comm.Target));
    }

    public void Send(Comm comm, JsonNode? data)
    {
        if (_open.ContainsKey(comm.Id))
            Publish("comm_msg", comm.Id, data);
    }

    public void Close(Comm comm, JsonNode? data)
    {
        if (_open.TryRemove(comm.Id, out _))
            Publish("comm_close", comm.Id, data);
    }

    /// <summary>Answers which comms are open; only those of one target if it is named.</summary>
    public JsonObject Answer(Message request)
    {
        var target = request.Text("target_name");
        var listed = _open.Values.Where(comm => target.Length == 0 || comm.Target == target)
            .Select(comm => KeyValuePair.Create(comm.Id, (JsonNode?)new JsonObject { ["target_name"] = comm.Target }));
        return new() { ["status"] = "ok", ["comms"] = new JsonObject(listed) };
    }

    /// <summary>Takes a front end's message and returns the handler to call, which may throw; null for none.</summary>
    public Action? Receive(Message message)
    {
        var id = message.Text("comm_id");
        // A handler may put the data into what it sends, and a node has one parent only.
        var data = message.Content["data"]?.DeepClone();
        return message.Type switch
        {
            "comm_open" => Open(id, message.Text("target_name"), data),
            "comm_msg" when _open.TryGetValue(id, out var comm) => () => comm.OnReceived(data),
            "comm_close" when _open.TryRemove(id, out var comm) => () => comm.OnClosed(data),
            _ => null,
        };
    }

    private Action? Open(string id, string target, JsonNode? data)
    {
        if (!_targets.TryGetValue(target, out var opened))
        {
            Publish("comm_close", id, null);
            return null;
        }
        var comm = _open[id] = new Comm(this, id, target, data);
        return () =>
        {
            try
            {
                opened(comm);
            }
            catch
            {
                comm.Close(); // half an end is none
                throw;
            }
        };
    }

    private void Publish(string type, string id, JsonNode? data, params (string Name, string Value)[] more)
    {
        var content = new JsonObject { ["comm_id"] = id, ["data"] = data?.DeepClone() ?? new JsonObject() };
        foreach (var (name, value) in more)
            content[name] = value;
        publish(type, content, Parent);
    }
}
