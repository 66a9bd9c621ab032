using System.Text.Json;
using System.Text.Json.Nodes;
using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Documents;

/// <summary>
/// Writes JSON byte for byte as Jupyter does: one space of indentation, keys in the order in which they were read,
/// nothing escaped that need not be, numbers as they were read. System.Text.Json's writer escapes more than that, and
/// every needless difference would show up in the reader's version control.
/// </summary>
internal static class JupyterJson
{
    public static string Write(JsonNode node)
    {
        var text = new StringWriter();
        Write(text, node);
        return text.ToString();
    }

    public static void Write(TextWriter text, JsonNode node)
    {
        WriteNode(text, node, depth: 0);
        text.Write('\n');
    }

    private static void WriteNode(TextWriter text, JsonNode? node, int depth)
    {
        switch (node)
        {
            case null:
                text.Write("null");
                break;
            case JsonObject map:
                WriteItems(text, '{', '}', map, depth, (member, inner) =>
                {
                    WriteString(text, member.Key);
                    text.Write(": ");
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
                text.Write(node.ToJsonString());
                break;
        }
    }

    private static void WriteItems<T>(
        TextWriter text, char open, char close, ICollection<T> items, int depth, Action<T, int> write)
    {
        text.Write(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first)
                text.Write(',');
            first = false;
            text.Write('\n' + new string(' ', depth + 1));
            write(item, depth + 1);
        }
        if (!first)
            text.Write('\n' + new string(' ', depth));
        text.Write(close);
    }

    private static void WriteString(TextWriter text, string value)
    {
        text.Write('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"' or '\\':
                    text.Write('\\');
                    text.Write(c);
                    break;
                case < ' ':
                    text.Write(c switch
                    {
                        '\n' => "\\n",
                        '\r' => "\\r",
                        '\t' => "\\t",
                        '\b' => "\\b",
                        '\f' => "\\f",
                        _ => $"\\u{(int)c:x4}",
                    });
                    break;
                default:
                    text.Write(c);
                    break;
            }
        }
        text.Write('"');
    }
}

/// <summary>A cell's outputs in nbformat's shape, keys in Jupyter's order.</summary>
internal static class OutputJson
{
    public static JsonObject Stream(string name, string text) => new()
    {
        ["name"] = name,
        ["output_type"] = "stream",
        ["text"] = MultilineText.Split(text),
    };

    public static JsonObject Display(MimeBundle bundle) => new()
    {
        ["data"] = Data(bundle),
        ["metadata"] = bundle.Metadata.DeepClone(),
        ["output_type"] = "display_data",
    };

    public static JsonObject Result(MimeBundle bundle, int executionCount) => new()
    {
        ["data"] = Data(bundle),
        ["execution_count"] = executionCount,
        ["metadata"] = bundle.Metadata.DeepClone(),
        ["output_type"] = "execute_result",
    };

    public static JsonObject Error(ErrorOutput error) => new()
    {
        ["ename"] = error.Name,
        ["evalue"] = error.Value,
        ["output_type"] = "error",
        ["traceback"] = new JsonArray([.. error.Traceback.Select(line => (JsonNode)line)]),
    };

    public static JsonObject Data(MimeBundle bundle)
    {
        var data = new JsonObject();
        foreach (var (type, value) in bundle.Data.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            data[type] = IsKeptAsLines(type) && value.GetValueKind() == JsonValueKind.String
                ? MultilineText.Split(value.GetValue<string>())
                : value.DeepClone();
        return data;
    }

    private static bool IsKeptAsLines(string type) =>
        type.StartsWith("text/", StringComparison.Ordinal) || type is "application/javascript" or "image/svg+xml";
}
