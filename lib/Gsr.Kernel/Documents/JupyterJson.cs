using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gsr.Kernel.Documents;

/// <summary>
/// Writes JSON byte for byte as Jupyter does: one space of indentation, keys in the order in which they were read,
/// nothing escaped that need not be, numbers as they were read. System.Text.Json's writer escapes more than that, and
/// every needless difference would show up in the reader's version control.
/// </summary>
internal static class JupyterJson
{
    /// <summary>The text of a JSON value, with a final newline.</summary>
    public static string Write(JsonNode node)
    {
        var text = new StringBuilder();
        WriteNode(text, node, depth: 0);
        return text.Append('\n').ToString();
    }

    private static void WriteNode(StringBuilder text, JsonNode? node, int depth)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject map:
                WriteItems(text, '{', '}', map, depth, (member, inner) =>
                {
                    WriteString(text, member.Key);
                    text.Append(": ");
                    WriteNode(text, member.Value, inner);
                });
                break;
            case JsonArray list:
                WriteItems(text, '[', ']', list, depth, (item, inner) => WriteNode(text, item, inner));
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                WriteString(text, value.GetValue<string>());
                break;
            default:
                text.Append(node.ToJsonString());
                break;
        }
    }

    private static void WriteItems<T>(
        StringBuilder text, char open, char close, ICollection<T> items, int depth, Action<T, int> write)
    {
        text.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first)
                text.Append(',');
            first = false;
            text.Append('\n').Append(' ', depth + 1);
            write(item, depth + 1);
        }
        if (!first)
            text.Append('\n').Append(' ', depth);
        text.Append(close);
    }

    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                < ' ' => text.Append("\\u").Append(((int)c).ToString("x4")),
                _ => text.Append(c),
            };
        }
        text.Append('"');
    }
}
