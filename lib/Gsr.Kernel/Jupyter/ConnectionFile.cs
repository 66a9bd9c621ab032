using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gsr.Kernel.Documents;

namespace Gsr.Kernel.Jupyter;

/// <summary>Where a front end waits for its kernel: the file that it writes before it starts one.</summary>
internal sealed record ConnectionFile
{
    private const string HmacSha256 = "hmac-sha256";

    public required IPAddress Address { get; init; }

    public required (int Shell, int Control, int IOPub, int Stdin, int Heartbeat) Ports { get; init; }

    /// <summary>The key that messages are signed with; empty where the front end asks for no signatures.</summary>
    public required string Key { get; init; }

    public string Endpoint(int port) => $"tcp://{new IPEndPoint(Address, port)}";

    /// <exception cref="UsageException">It cannot be read, or asks for what this kernel does not offer.</exception>
    public static ConnectionFile Read(string path)
    {
        JsonObject json;
        try
        {
            json = JsonNode.Parse(File.ReadAllBytes(path)) as JsonObject
                ?? throw new UsageException($"{path}: a connection file is a JSON object, written by a front end.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path}: the connection file cannot be read: {e.Message}");
        }
        catch (JsonException e)
        {
            throw new UsageException($"{path}: the connection file is no JSON: {e.Message}");
        }

        string Text(string name, string standard) => (string?)Value<string>(name) ?? standard;

        int Port(string name) => Value<int>(name) is var port and > 0 and <= ushort.MaxValue
            ? port
            : throw new UsageException(
                $"{path}: \"{name}\" is {json[name]?.ToJsonString() ?? "missing"}; it must be a port from 1 to 65535.");

        T? Value<T>(string name) =>
            json[name] is JsonValue value && value.TryGetValue<T>(out var result) ? result : default;

        if (Text("transport", "tcp") is not "tcp" and var transport)
            throw new UsageException($"{path}: transport \"{transport}\" is not offered; use \"tcp\".");
        if (Text("signature_scheme", HmacSha256) is not HmacSha256 and var scheme)
            throw new UsageException($"{path}: signature scheme \"{scheme}\" is not offered; use \"{HmacSha256}\".");
        if (!IPAddress.TryParse(Text("ip", "127.0.0.1").Replace("localhost", "127.0.0.1"), out var address))
        {
            throw new UsageException(
                $"{path}: \"ip\" is {json["ip"]?.ToJsonString()}; it must be an IP address such as 127.0.0.1.");
        }
        return new()
        {
            Address = address,
            Ports = (Port("shell_port"), Port("control_port"), Port("iopub_port"), Port("stdin_port"), Port("hb_port")),
            Key = Value<string>("key") ?? throw new UsageException(
                $"{path}: \"key\" is {json["key"]?.ToJsonString() ?? "missing"}; it must be a text, by which messages are "
                + "signed, or the empty text, by which they are not."),
        };
    }
}
