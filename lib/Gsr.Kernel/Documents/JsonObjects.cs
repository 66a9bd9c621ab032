using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gsr.Kernel.Documents;

/// <summary>What notebooks need of JSON objects beyond what System.Text.Json offers.</summary>
internal static class JsonObjects
{
    /// <summary>Escapes no more than JSON requires; deep enough for every chart.</summary>
    public static readonly JsonSerializerOptions Compact =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 250 };

    /// <summary>
    /// Looks at every member and string. The parser finds members of equal name and half surrogate pairs ("\ud800")
    /// only then, and it should be before half of the document has taken effect.
    /// </summary>
    /// <exception cref="ArgumentException">An object has two members of one name.</exception>
    /// <exception cref="InvalidOperationException">A string holds half a surrogate pair.</exception>
    public static void CheckStrings(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (_, value) in members)
                    CheckStrings(value);
                break;
            case JsonArray items:
                foreach (var item in items)
                    CheckStrings(item);
                break;
            case JsonValue value:
                _ = value.TryGetValue<string>(out _);
                break;
        }
    }

    /// <summary>Sets a member; a new one goes where Jupyter, which sorts keys, would have put it.</summary>
    public static void SetSorted(this JsonObject json, string key, JsonNode? value)
    {
        if (json.ContainsKey(key))
        {
            json[key] = value;
            return;
        }
        var index = 0;
        while (index < json.Count && string.CompareOrdinal(json.GetAt(index).Key, key) < 0)
            index++;
        json.Insert(index, key, value);
    }

    /// <summary>The member that is an object, made where there is none.</summary>
    public static JsonObject Child(this JsonObject json, string key)
    {
        if (json[key] is not JsonObject child)
            json.SetSorted(key, child = []);
        return child;
    }

    /// <summary>The text of a member; null when it is missing or no text.</summary>
    public static string? Text(this JsonObject? json, string key) =>
        json?[key] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}

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

    // Each line takes a hundred bytes beside its text, and nobody compares so many.
    private const int MostLines = 100_000;

    /// <summary>The list form, which version control compares line by line, unless there are too many.</summary>
    public static JsonNode Split(string text)
    {
        if (text.AsSpan().Count('\n') > MostLines)
            return JsonValue.Create(text);
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
