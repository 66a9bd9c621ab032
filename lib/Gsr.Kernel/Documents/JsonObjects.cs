using System.Text.Json.Nodes;

namespace Gsr.Kernel.Documents;

/// <summary>What notebooks need of JSON objects beyond what System.Text.Json offers.</summary>
internal static class JsonObjects
{
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
        if (json[key] is JsonObject child)
            return child;
        child = [];
        json.SetSorted(key, child);
        return child;
    }

    /// <summary>The text of a member; null when it is missing or no text.</summary>
    public static string? Text(this JsonObject? json, string key) =>
        json?[key] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
