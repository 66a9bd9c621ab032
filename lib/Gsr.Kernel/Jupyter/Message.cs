using System.Text.Json.Nodes;

namespace Gsr.Kernel.Jupyter;

/// <summary>One message of the Jupyter protocol, either way.</summary>
/// <param name="Type">For example <c>execute_request</c>.</param>
/// <param name="Header">The header as it was received; a reply carries it as its parent.</param>
/// <param name="Content">What the message says.</param>
/// <param name="Identities">The route back to the front end that asked.</param>
internal sealed record Message(string Type, JsonObject Header, JsonObject Content, IReadOnlyList<byte[]> Identities)
{
    /// <summary>The version of the protocol that is spoken.</summary>
    public const string ProtocolVersion = "5.4";

    /// <summary>A boolean of the content.</summary>
    public bool Flag(string name, bool standard) =>
        Content[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : standard;

    /// <summary>A text of the content.</summary>
    public string Text(string name) => Content[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    /// <summary>A number of the content.</summary>
    public int Number(string name, int standard) =>
        Content[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : standard;
}
