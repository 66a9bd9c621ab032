using System.Text.Json;
using System.Text.Json.Nodes;
using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Documents;

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

    /// <summary>The bundle's representations, sorted by type as Jupyter saves them.</summary>
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
