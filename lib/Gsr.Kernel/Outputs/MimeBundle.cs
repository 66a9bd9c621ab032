using System.Text.Json.Nodes;

namespace Gsr.Kernel.Outputs;

/// <summary>
/// One value in several representations, keyed by MIME type, as Jupyter's <c>display_data</c> carries it.
/// Text types hold a JSON string; JSON types (<c>application/json</c>, <c>…+json</c>) hold any JSON value.
/// </summary>
public sealed class MimeBundle
{
    /// <summary>The representations in the order of their addition; outputs always have <c>text/plain</c>.</summary>
    public OrderedDictionary<string, JsonNode> Data { get; } = [];

    /// <summary>Jupyter's output metadata; usually empty.</summary>
    public JsonObject Metadata { get; } = [];

    /// <summary>Adds text of a type such as <c>text/html</c> and returns this bundle, so that calls chain.</summary>
    public MimeBundle Add(string mimeType, string text)
    {
        Data[mimeType] = JsonValue.Create(text);
        return this;
    }

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
