using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Gsr.Kernel.Documents;
using NetMQ;

namespace Gsr.Kernel.Jupyter;

/// <summary>One message of the Jupyter protocol, either way.</summary>
/// <param name="Type">For example <c>execute_request</c>.</param>
/// <param name="Header">The header as it was received; a reply carries it as its parent.</param>
/// <param name="Content">What the message says.</param>
/// <param name="Identities">The route back to the front end that asked.</param>
internal sealed record Message(string Type, JsonObject Header, JsonObject Content, IReadOnlyList<byte[]> Identities)
{
    public const string ProtocolVersion = "5.4";

    public bool Flag(string name, bool standard) => Value(name, standard);

    public string Text(string name) => Value(name, "");

    public int Number(string name, int standard) => Value(name, standard);

    private T Value<T>(string name, T standard) =>
        Content[name] is JsonValue value && value.TryGetValue<T>(out var found) ? found : standard;
}

/// <summary>Messages as frames on the wire: identities, a delimiter, a signature, four JSON objects.</summary>
/// <param name="key">The key of the connection file; without one nothing is signed or checked.</param>
internal sealed class MessageCodec(string key)
{
    private const int JsonFrames = 4;
    private const int Remembered = 65_536; // as many as Jupyter's own kernels
    private static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray();
    private static readonly JsonDocumentOptions Limits = new() { MaxDepth = 64 };

    private readonly byte[] _key = Encoding.UTF8.GetBytes(key);
    private readonly HashSet<UInt128> _seen = [];
    private readonly Queue<UInt128> _order = [];
    private readonly string _session = Guid.NewGuid().ToString("N");

    public Message? TryRead(NetMQMessage frames)
    {
        var parts = frames.Select(frame => frame.ToByteArray()).ToList();
        var delimiter = parts.FindIndex(part => part.AsSpan().SequenceEqual(Delimiter));
        // Buffers may follow the JSON objects; no message that this kernel knows has any.
        if (delimiter < 0 || parts.Count < delimiter + 2 + JsonFrames)
            return null;
        var json = parts.GetRange(delimiter + 2, JsonFrames);
        var signature = parts[delimiter + 1];
        if (_key.Length > 0 && !(CryptographicOperations.FixedTimeEquals(Sign(json), signature) && IsNew(signature)))
            return null;
        // The parser only looks at text that is asked for.
        if (!json.TrueForAll(part => Utf8.IsValid(part)))
            return null;
        try
        {
            return Parse(json[0]) is { } header
                && Parse(json[1]) is not null && Parse(json[2]) is not null && Parse(json[3]) is { } content
                && header["msg_type"] is JsonValue type && type.TryGetValue<string>(out var name)
                && header["msg_id"] is JsonValue id && id.TryGetValue<string>(out _)
                ? new Message(name, header, content, parts.GetRange(0, delimiter))
                : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return null; // not JSON, two members of one name, or text that is not UTF-8
        }
    }

    /// <summary>Writes a message to its receiver on a routed channel, or with its topic on the published one.</summary>
    public NetMQMessage Write(IEnumerable<byte[]> identities, string type, JsonObject content, Message? parent)
    {
        var header = new JsonObject
        {
            ["msg_id"] = Guid.NewGuid().ToString("N"),
            ["session"] = _session,
            ["username"] = "kernel",
            ["date"] = DateTime.UtcNow.ToString("o"),
            ["msg_type"] = type,
            ["version"] = Message.ProtocolVersion,
        };
        List<byte[]> json =
            [Bytes(header), parent is null ? "{}"u8.ToArray() : Bytes(parent.Header), "{}"u8.ToArray(), Bytes(content)];
        var frames = new NetMQMessage();
        foreach (var part in identities.Append(Delimiter).Append(Sign(json)).Concat(json))
            frames.Append(part);
        return frames;
    }

    // Whoever listens could send a cell again, which is signed.
    private bool IsNew(byte[] signature)
    {
        var seen = BinaryPrimitives.ReadUInt128LittleEndian(signature);
        if (!_seen.Add(seen))
            return false;
        _order.Enqueue(seen);
        if (_order.Count > Remembered)
            _seen.Remove(_order.Dequeue());
        return true;
    }

    // The hexadecimal digest over the four objects, in ASCII, as the protocol has it.
    private byte[] Sign(List<byte[]> json)
    {
        if (_key.Length == 0)
            return [];
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        foreach (var part in json)
            hmac.AppendData(part);
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hmac.GetHashAndReset()));
    }

    private static byte[] Bytes(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString());

    private static JsonObject? Parse(byte[] json)
    {
        var parsed = JsonNode.Parse(json, documentOptions: Limits) as JsonObject;
        JsonObjects.CheckStrings(parsed);
        return parsed;
    }
}
