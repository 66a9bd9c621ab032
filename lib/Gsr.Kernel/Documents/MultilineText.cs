using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gsr.Kernel.Documents;

/// <summary>nbformat's multi-line strings: one string, or a list of lines that keep their line ends.</summary>
internal static class MultilineText
{
    /// <summary>The whole text, or null when the node is neither a string nor a list of strings.</summary>
    public static string? Join(JsonNode? node) => node switch
    {
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        JsonArray lines when lines.All(IsString) => string.Concat(lines.Select(line => line!.GetValue<string>())),
        _ => null,
    };

    /// <summary>The list form, which version control compares line by line.</summary>
    public static JsonArray Split(string text)
    {
        var lines = new JsonArray();
        for (var start = 0; start < text.Length;)
        {
            var newline = text.IndexOf('\n', start);
            var end = newline < 0 ? text.Length : newline + 1;
            lines.Add((JsonNode)text[start..end]);
            start = end;
        }
        return lines;
    }

    private static bool IsString(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String;
}
