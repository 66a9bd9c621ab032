using System.Text.Json.Nodes;

namespace Gsr.Kernel.Jupyter;

/// <summary>
/// A line between the code of a cell and code in the front end, such as the two halves of a control; either end opens
/// it, both send, and what they send is JSON. The protocol's binary buffers are not carried.
/// </summary>
/// <remarks>
/// Handlers run as cells do: on the cell thread, one after another, never while a cell runs. What a handler throws goes
/// to standard error. Where a notebook runs without a front end there is no other end: targets are never called and
/// what is sent is gone, without a word, so that the notebook's outputs are those of its cells.
/// </remarks>
/// <example>
/// <code>
/// using Gsr.Kernel.Jupyter;
/// Comm.Register("doubling", comm => comm.Received += data => comm.Send(2 * (int)data!["x"]!));
/// </code>
/// </example>
public sealed class Comm
{
    private readonly CommTable? _table;

    internal Comm(CommTable? table, string id, string target, JsonNode? data) =>
        (_table, Id, Target, Data) = (table, id, target, data);

    /// <summary>What both ends know the comm by.</summary>
    public string Id { get; }

    /// <summary>The name that decides what is at the end that did not open it.</summary>
    public string Target { get; }

    /// <summary>What came with the opening.</summary>
    public JsonNode? Data { get; }

    /// <summary>Called with what the front end sends.</summary>
    public event Action<JsonNode?>? Received;

    /// <summary>Called with what the front end says when it closes the comm.</summary>
    public event Action<JsonNode?>? Closed;

    /// <summary>Lets front ends open comms of a target.</summary>
    /// <param name="target">The target's name; one that is registered already is replaced.</param>
    /// <param name="opened">Called with every comm that a front end opens, before anything is received.</param>
    public static void Register(string target, Action<Comm> opened)
    {
        ArgumentException.ThrowIfNullOrEmpty(target);
        ArgumentNullException.ThrowIfNull(opened);
        CommTable.OfKernel?.Register(target, opened);
    }

    /// <summary>Opens a comm; a front end where nobody registered the target closes it again.</summary>
    /// <param name="target">The target's name in the front end.</param>
    /// <param name="data">What the other end learns first; an empty object unless given.</param>
    public static Comm Open(string target, JsonNode? data = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(target);
        var comm = new Comm(CommTable.OfKernel, Guid.NewGuid().ToString("N"), target, data);
        comm._table?.Open(comm);
        return comm;
    }

    /// <summary>Sends data to the other end; once the comm is closed nobody gets it.</summary>
    /// <param name="data">Any JSON; an empty object unless given.</param>
    public void Send(JsonNode? data = null) => _table?.Send(this, data);

    /// <summary>Closes the comm; the second time nothing happens.</summary>
    /// <param name="data">What the other end learns last.</param>
    public void Close(JsonNode? data = null) => _table?.Close(this, data);

    internal void OnReceived(JsonNode? data) => Received?.Invoke(data);

    internal void OnClosed(JsonNode? data) => Closed?.Invoke(data);
}
