using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Gsr.Kernel.Outputs;

/// <summary>
/// One value in several representations, keyed by MIME type, as Jupyter's <c>display_data</c> carries it.
/// Text types hold a JSON string; JSON types (<c>application/json</c>, <c>…+json</c>) hold any JSON value.
/// </summary>
public sealed class MimeBundle
{
    /// <summary>The representations in the order of their addition; outputs always have <c>text/plain</c>.</summary>
    [JsonInclude]
    public OrderedDictionary<string, JsonNode> Data { get; internal init; } = [];

    /// <summary>Jupyter's output metadata; usually empty.</summary>
    [JsonInclude]
    public JsonObject Metadata { get; internal init; } = [];

    /// <summary>
    /// Adds text of a type such as <c>text/html</c> and returns this bundle, so that calls chain. Its lines end as they
    /// do on Unix, since notebooks are the same on every system.
    /// </summary>
    public MimeBundle Add(string mimeType, string text)
    {
        Data[mimeType] = JsonValue.Create(text.Replace("\r\n", "\n", StringComparison.Ordinal));
        return this;
    }

    /// <summary>How many characters an output may have; no front end shows so much.</summary>
    internal const int Longest = 20_000_000;

    /// <summary>About how many characters the representations have as JSON.</summary>
    internal long Size => Data.Sum(entry => SizeOf(entry.Value));

    /// <summary>Leaves out what is too long, and says so in the plain text.</summary>
    internal MimeBundle Limited()
    {
        if (Size <= Longest)
            return this;
        foreach (var (type, value) in Data.ToList())
        {
            if (SizeOf(value) is var size && size <= Longest / 2)
                continue;
            Data.Remove(type);
            Add("text/plain", FormattableString.Invariant(
                $"[{type} of about {size:N0} characters is left out; an output has {Longest:N0} at most.]\n")
                + Data.GetValueOrDefault("text/plain"));
        }
        return this;
    }

    private static long SizeOf(JsonNode? node) => node switch
    {
        JsonObject members => members.Sum(member => member.Key.Length + SizeOf(member.Value)),
        JsonArray items => items.Sum(SizeOf),
        JsonValue value when value.TryGetValue(out string? text) => text.Length,
        _ => 8,
    };

    /// <summary>A copy of the representations.</summary>
    internal JsonObject ToJson() =>
        new(Data.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value.DeepClone())));

    /// <summary>Sees to it that there is a plain text, which front ends without the other types show.</summary>
    internal MimeBundle WithPlainText()
    {
        if (!Data.ContainsKey("text/plain"))
        {
            var readable = Data.FirstOrDefault(entry => entry.Key is "text/markdown" or "text/latex"
                && entry.Value is JsonValue).Value;
            Data["text/plain"] = readable?.DeepClone() ?? $"[{string.Join(", ", Data.Keys)}]";
        }
        return this;
    }

    /// <summary>Adds JSON of a type such as <c>application/vnd.plotly.v1+json</c> and returns this bundle.</summary>
    public MimeBundle Add(string mimeType, JsonNode json)
    {
        Data[mimeType] = json;
        return this;
    }
}
